"""Git repositories for tests: real ones, made by the real command, apart from the user's configuration."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Repository:
    """A working tree; `environment` adds to what every command of it sees."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    def variables(self) -> dict[str, str]:
        """Without what the tests' own surroundings tell git, and with this Python first."""
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT"))
        }
        named = {
            f"GIT_{who}_{what}": "x@example.com"
            for who in ("AUTHOR", "COMMITTER")
            for what in ("NAME", "EMAIL")
        }
        fixed = {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}
        path = f"{Path(sys.executable).parent}{os.pathsep}{kept.get('PATH', '')}"
        return {**kept, **named, **fixed, "PATH": path, **self.environment}

    def run(self, *command: str | Path, told: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [str(word) for word in command],
            cwd=self.folder,
            env=self.variables(),
            input=told,
            capture_output=True,
            check=False,
            timeout=120,
        )

    def git(self, *arguments: str | Path) -> str:
        """What git prints; a failure fails the test."""
        done = self.run("git", *arguments)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode().strip()

    def write(self, name: str, content: str | bytes) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    def commit(self, message: str = "change", **files: str | bytes) -> str:
        """Commits everything there is, and the files given with `__` for a dot; gives back the hash."""
        for name, content in files.items():
            self.write(name.replace("__", "."), content)
        self.git("add", "-A")
        self.git("commit", "-q", "--no-verify", "--allow-empty", "-m", message)
        return self.git("rev-parse", "HEAD")


def repository(
    folder: Path, environment: dict[str, str] | None = None, hash_name: str = "sha1"
) -> Repository:
    """A repository on the branch `main` with the bare remote `origin` beside it."""
    made = Repository(folder, environment or {})
    folder.mkdir(parents=True)
    remote = folder.parent / f"{folder.name}.git"
    made.git("init", "-q", "--bare", f"--object-format={hash_name}", "-b", "main", remote)
    made.git("init", "-q", f"--object-format={hash_name}", "-b", "main")
    made.git("remote", "add", "origin", remote)
    return made
