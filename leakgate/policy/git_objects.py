"""
Objects of git by their names, each checked against its name: what does not hash to it was never committed.

A pack, an index of one, or an alternate store that somebody wrote beside the checkout can therefore withhold
an object, but never replace one. Knows nothing of refs or paths.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Protocol

from leakgate.model.errors import UsageError
from leakgate.model.records import dataclass

MOST_TREE_BYTES = 64 << 20  # of one folder
_HEXADECIMAL = {20: 40, 32: 64}


class Ask(Protocol):
    """Runs a command of git; `told` goes to its standard input. Raises UsageError where it fails."""

    def __call__(self, *arguments: str, told: bytes = b"") -> bytes: ...


@dataclass(frozen=True, slots=True)
class Entry:
    """A path of a tree: git's mode in six octal digits, and the name of the object."""

    mode: str
    object: str


def sizes(ask: Ask, names: Sequence[str]) -> dict[str, int]:
    """Bytes of each object that is here, by name."""
    told = ask("cat-file", "--batch-check", told=_lines(names)) if names else b""
    found = {}
    for line in told.decode("ascii", "replace").splitlines():
        name, _, rest = line.partition(" ")
        kind, _, size = rest.partition(" ")
        if kind not in ("missing", "ambiguous") and size.isdecimal():
            found[name] = int(size)
    return found


def contents(ask: Ask, names: Sequence[str]) -> dict[str, bytes]:
    """The bytes of each object that is here and is what its name says. Ask for `sizes` before."""
    told = ask("cat-file", "--batch", told=_lines(names)) if names else b""
    return dict(_answers(told))


def content(ask: Ask, name: str) -> bytes:
    """The bytes of one object. Raises UsageError where it is not here, or is another than its name says."""
    found = contents(ask, [name]).get(name)
    if found is None:
        raise UsageError(
            "git could not read the base", hint="run `git fsck`; the clone may be damaged or partial"
        )
    return found


def name_of(kind: str, raw: bytes, like: str) -> str:
    """The name that git gives to such an object, in a repository with names `like` this one."""
    made = hashlib.sha256() if len(like) == _HEXADECIMAL[32] else hashlib.sha1(usedforsecurity=False)
    made.update(f"{kind} {len(raw)}\0".encode("ascii"))
    made.update(raw)
    return made.hexdigest()


def tree_of(commit: bytes) -> str:
    """The name of a commit's root folder. Raises UsageError for what is no commit."""
    first = commit.partition(b"\n")[0].decode("ascii", "replace").split(" ")
    if len(first) != 2 or first[0] != "tree":
        raise UsageError("git could not read the base", hint="run `git fsck`; the clone may be damaged")
    return first[1]


def listed(tree: bytes, like: str) -> Iterator[tuple[bytes, Entry]]:
    """Names and entries of a folder, in git's order. Stops where the bytes are no tree."""
    width, at = len(like) // 2, 0
    while at < len(tree):
        space, end = tree.find(b" ", at), tree.find(b"\0", at)
        if not at < space < end or end + 1 + width > len(tree):
            return
        mode = tree[at:space].decode("ascii", "replace").rjust(6, "0")
        yield tree[space + 1 : end], Entry(mode, tree[end + 1 : end + 1 + width].hex())
        at = end + 1 + width


def _lines(names: Sequence[str]) -> bytes:
    return "".join(f"{name}\n" for name in names).encode("ascii")


def _answers(told: bytes) -> Iterator[tuple[str, bytes]]:
    at = 0
    while (end := told.find(b"\n", at)) >= 0:
        words = told[at:end].decode("ascii", "replace").split(" ")
        at = end + 1
        if len(words) != 3 or not words[2].isdecimal():
            continue  # missing
        raw = told[at : at + int(words[2])]
        at += len(raw) + 1
        if name_of(words[1], raw, words[0]) == words[0]:
            yield words[0], raw
