"""
The files of a checkout, by the paths that logs and stack traces name them with.

Reads names once, when first asked, and a file only to count its lines. Never follows a link, never leaves
its root, never raises for what lies there.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

_MOST_ENTRIES = 200_000
_LARGEST = 8 * 1024 * 1024  # bytes of a file that somebody wrote
_LONGEST_NAME = 1024
_REMEMBERED = 10_000
# What tools put into a checkout; a file in there is nobody's own, or a copy.
_SKIPPED = frozenset(
    """
    .git .hg .svn .tox .nox .venv venv virtualenv node_modules bower_components __pycache__ .mypy_cache
    .pytest_cache .ruff_cache .gradle .idea .vscode .cache .next .nuxt .terraform .eggs site-packages build
    dist target out obj coverage htmlcov vendor Pods DerivedData playwright-report test-results
    """.split()  # noqa: SIM905 - a name for each line is a page of them
)
_OF_A_LIBRARY = (
    "/site-packages/", "/dist-packages/", "/node_modules/", "/pkg/mod/", "/.cargo/", "/gems/", "/vendor/",
    "/.m2/", "/.gradle/", "/usr/lib/", "/usr/local/lib/", "/usr/local/go/", "/opt/hostedtoolcache/",
    "/.pyenv/", "/.nuget/", "/rustc/",
)  # fmt: skip
_CODE = frozenset(
    """
    .py .pyi .java .kt .kts .groovy .scala .clj .go .rb .rs .php .cs .fs .vb .c .cc .cpp .cxx .h .hpp .m .mm
    .swift .js .jsx .mjs .cjs .ts .tsx .mts .cts .vue .svelte .dart .ex .exs .erl .pl .pm .sh .bash .bats
    .lua .r .jl .robot .feature .ps1 .psm1 .sql .tf
    """.split()  # noqa: SIM905
)


class SourceIndex:
    """The files of source code below `root`; at most 200,000 entries are looked at."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._by_name: dict[str, list[tuple[str, ...]]] | None = None
        self._whole = True
        self._known: dict[tuple[str, str], str | None] = {}
        self._lines: dict[str, int] = {}

    def find(self, named: str, below: str = "") -> str | None:
        """The one file meant by a path of whatever machine, relative to the root, with `/`; None in doubt.

        `below` are directories that its own should end in, where there are several of one name.
        """
        key = (named, below)
        if key not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[key] = self._found(named, below)
        return self._known[key]

    def has_line(self, file: str, line: int) -> bool:
        """Whether a file that `find` gave has a line of this number, counted from 1."""
        if file not in self._lines:
            self._lines[file] = _count_lines(self._root / file)
        return 1 <= line <= self._lines[file]

    def text(self, file: str) -> str:
        """The text of a file that `find` gave; empty where it cannot be read or nobody wrote that much."""
        return _read(self._root / file).decode("utf-8", "replace")

    def _found(self, named: str, below: str) -> str | None:
        parts = _parts(named)
        if not parts or _is_of_library(named):
            return None
        ranked = [(_common(parts, path), path) for path in self._names().get(parts[-1], ())]
        fitting = [(common, path) for common, path in ranked if self._fits(common, len(parts), len(path))]
        longest = max((common for common, _ in fitting), default=0)
        best = [path for common, path in fitting if common == longest]
        if len(best) > 1:
            whole = [path for path in best if len(path) == longest and len(parts) > 1]
            beside = [path for path in best if below and _ends_in(path, tuple(below.split("/")))]
            best = whole or beside
        return "/".join(best[0]) if len(best) == 1 else None

    def _fits(self, common: int, named: int, path: int) -> bool:
        """A path inside the root, a root inside the path, or an overlap that is no chance."""
        return common >= 2 or (self._whole and common in (named, path))

    def _names(self) -> dict[str, list[tuple[str, ...]]]:
        if self._by_name is None:
            self._by_name = {}
            seen = 0
            for seen, path in enumerate(_files(self._root), 1):  # noqa: B007 - its last value is the count
                if path:
                    self._by_name.setdefault(path[-1], []).append(path)
            self._whole = seen < _MOST_ENTRIES
        return self._by_name


def _files(root: Path) -> Iterator[tuple[str, ...]]:
    """The parts of every path of code, and an empty tuple for any other entry; breadth first, in order."""
    waiting: list[tuple[str, ...]] = [()]
    seen = 0
    for folder in waiting:
        for entry in _entries(root.joinpath(*folder)):
            seen += 1
            if seen > _MOST_ENTRIES:
                return
            path = (*folder, entry.name)
            if _is(entry, "dir") and entry.name not in _SKIPPED:
                waiting.append(path)
            code = os.path.splitext(entry.name)[1].lower() in _CODE and _is(entry, "file")  # noqa: PTH122
            yield path if code else ()


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return []
    return [] if any(entry.name == "pyvenv.cfg" for entry in found) else found


def _is(entry: os.DirEntry[str], kind: str) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False) if kind == "dir" else entry.is_file(follow_symlinks=False)
    except OSError:
        return False


def _parts(named: str) -> tuple[str, ...]:
    """The parts of a path of any system; behind the last `..`, as what it climbs to is not known."""
    if len(named) > _LONGEST_NAME or "\0" in named:
        return ()
    plain = named.replace("\\", "/").partition("://")[2] or named.replace("\\", "/")
    parts: list[str] = []
    for part in plain.split("/"):
        if part == "..":
            parts.clear()
        elif part not in ("", ".", "~") and not part.endswith(":"):
            parts.append(part)
    return tuple(parts)


def _is_of_library(named: str) -> bool:
    path = named.replace("\\", "/")
    return any(mark in path for mark in _OF_A_LIBRARY) or path.startswith(("<", "node:", "internal/"))


def _common(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """How many parts two paths have in common at their ends."""
    count = 0
    for mine, theirs in zip(reversed(one), reversed(other), strict=False):
        if mine != theirs:
            break
        count += 1
    return count


def _ends_in(path: tuple[str, ...], folders: tuple[str, ...]) -> bool:
    return path[:-1][-len(folders) :] == folders


def _count_lines(path: Path) -> int:
    raw = _read(path)
    return raw.count(b"\n") + (not raw.endswith(b"\n")) if raw else 0


def _read(path: Path) -> bytes:
    """Also refuses what became a link or a pipe since it was listed."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(descriptor, "rb") as file:
            raw = file.read(_LARGEST + 1)
    except (OSError, ValueError):
        return b""
    return raw if len(raw) <= _LARGEST else b""
