"""
Git's objects, by asking `git`: lists, types, contents.

Runs it without a shell and without a pager, and never changes a repository. What is asked for are hashes of
objects and fixed words; no argument comes from scanned input.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from leakgate.model.errors import SourceError
from leakgate.model.records import dataclass

_SECONDS = 300
_ALWAYS = ("git", "--no-pager", "--literal-pathspecs", "-c", "core.fsmonitor=false")


@dataclass(frozen=True, slots=True)
class GitObject:
    """`kind` is blob, commit, tag, tree or missing; `size` is in bytes."""

    id: str
    kind: str
    size: int


@dataclass(frozen=True, slots=True)
class Git:
    """The repository around `folder`; `environment` is what git is told of ours."""

    folder: Path
    environment: Mapping[str, str]

    def ask(self, *arguments: str, told: bytes = b"") -> bytes:
        """What git prints when it is `told` something. Raises SourceError where it fails."""
        try:
            done = subprocess.run(  # noqa: S603 - no shell
                (*_ALWAYS, *arguments),
                cwd=self.folder,
                env=dict(self.environment),
                input=told,
                capture_output=True,
                check=False,
                timeout=_SECONDS,
            )
        except (OSError, subprocess.TimeoutExpired) as exc:
            raise SourceError(
                f"git cannot be asked ({type(exc).__name__})",
                hint="is it installed, and is this a repository?",
            ) from exc
        if done.returncode != 0:
            raise SourceError(
                f"`git {arguments[0]}` failed with exit code {done.returncode}",
                hint="run it by hand in this folder; `git fsck` says whether objects are missing",
            )
        return done.stdout

    def path(self, name: str) -> Path:
        """Where git keeps something of this repository, such as its hooks."""
        told = os.fsdecode(self.ask("rev-parse", "--git-path", name)).rstrip("\n")
        return Path(os.path.normpath(self.folder / told))

    def objects(self, names: Iterable[str]) -> tuple[GitObject, ...]:
        """Kind and size of each; a name that leads to nothing is missing."""
        lines = "".join(f"{name}\n" for name in names).encode()
        form = "--batch-check=%(objectname) %(objecttype) %(objectsize)"
        answers = (
            self.ask("cat-file", form, told=lines).decode("ascii", "replace").splitlines() if lines else []
        )
        return tuple(map(_object, answers))

    def contents(self, names: Iterable[str]) -> Iterator[bytes | None]:
        """The bytes of each object, one at a time and in order; None where it is missing."""
        with subprocess.Popen(  # noqa: S603 - no shell
            (*_ALWAYS, "cat-file", "--batch"),
            cwd=self.folder,
            env=dict(self.environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            for name in names:
                process.stdin.write(f"{name}\n".encode())
                process.stdin.flush()
                head = process.stdout.readline().split()
                if len(head) != 3:
                    yield None
                    continue
                yield process.stdout.read(int(head[2]))
                process.stdout.read(1)


def _object(answer: str) -> GitObject:
    words = answer.split(" ")
    if len(words) == 3 and words[2].isdigit():
        return GitObject(words[0], words[1], int(words[2]))
    return GitObject(words[0], "missing", 0)
