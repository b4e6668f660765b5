"""Real git repositories for tests, made with the real command and nobody's configuration."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

_NOBODY = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "ada",
    "GIT_AUTHOR_EMAIL": "ada@example.com",
    "GIT_COMMITTER_NAME": "ada",
    "GIT_COMMITTER_EMAIL": "ada@example.com",
    "GIT_ALLOW_PROTOCOL": "file",
}


@dataclass(frozen=True)
class Checkout:
    """A working tree."""

    folder: Path

    def git(self, *arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.folder,
            env={"PATH": os.environ["PATH"], **_NOBODY},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    def write(self, path: str, text: str) -> None:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def commit(self, **files: str) -> str:
        """Commits what is there; `files` are written first, `__` in a name stands for `/`."""
        for name, text in files.items():
            self.write(name.replace("__", "/"), text)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "change")
        return self.git("rev-parse", "HEAD")

    def clone(self, folder: Path, *options: str) -> Checkout:
        url = self.folder.resolve().as_uri()
        self.git("clone", "--quiet", *options, url, str(folder))
        return Checkout(folder)


def repository(folder: Path) -> Checkout:
    """An empty one, on the branch `main`."""
    folder.mkdir(parents=True, exist_ok=True)
    made = Checkout(folder)
    made.git("init", "--quiet", "--initial-branch", "main")
    return made
