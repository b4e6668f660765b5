"""
Versions of files in a list of commits: which commit made each, and which version was there before.

Reads what `git diff-tree` prints between NUL bytes, where a path cannot be taken for anything else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from leakgate.model.records import dataclass
from leakgate.sources.git import Git


@dataclass(frozen=True, slots=True)
class Version:
    """Where a blob stands: the commit that brought it in, and the blobs that stood there before."""

    path: str
    commit: str
    before: tuple[str, ...]


def versions(git: Git, commits: Sequence[str]) -> dict[str, Version]:
    """By the hash of the blob. Of a merge, every parent counts as what was before."""
    if not commits:
        return {}
    arguments = ("--stdin", "--root", "-r", "-m", "-M", "-z", "--raw", "--no-abbrev", "--no-ext-diff")
    told = git.ask("diff-tree", *arguments, told="".join(f"{one}\n" for one in commits).encode())
    found: dict[str, Version] = {}
    for commit, before, after, path in _records(told):
        earlier = found.get(after, Version(path, commit, ()))
        olds = earlier.before if before is None or before in earlier.before else (*earlier.before, before)
        found[after] = Version(earlier.path, earlier.commit, olds)
    return found


def _records(told: bytes) -> Iterator[tuple[str, str | None, str, str]]:
    """Commit, blob before, blob after, path after."""
    fields = iter(told.split(b"\0"))
    commit = ""
    for field in fields:
        if not field.startswith(b":"):
            commit = field.decode("ascii", "replace")
            continue
        _, _, before, after, status = field.decode("ascii").split(" ")
        path = next(fields)
        if status[0] in "RC":
            path = next(fields)
        if after.strip("0"):
            known = before if before.strip("0") else None
            yield commit, known, after, path.decode("utf-8", "surrogateescape")
