"""
Paths longer than the system takes at once: looked up step by step, from folder to folder.

A tree can be deeper than any path is long; whoever packs the run reaches all of it, and so does the scan.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

_SHORT = 1000  # characters, of four bytes at the most: well within PATH_MAX
_STEP = 4000  # bytes; PATH_MAX is 4,096 with the end of the string
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC | getattr(os, "O_PATH", 0)


def opened(path: str, flags: int) -> int:
    """A descriptor. Raises OSError."""
    if len(path) < _SHORT:
        return os.open(path, flags)
    with _reached(path) as (name, folder):
        return os.open(name, flags, dir_fd=folder)


def status(path: str, *, follow: bool = False) -> os.stat_result:
    """Of a link itself, unless `follow`. Raises OSError."""
    if len(path) < _SHORT:
        return os.stat(path, follow_symlinks=follow)  # noqa: PTH116 - no Path
    with _reached(path) as (name, folder):
        return os.stat(name, dir_fd=folder, follow_symlinks=follow)


def names_in(directory: str) -> list[str]:
    """The names of all entries, in no order. Raises OSError."""
    if len(directory) < _SHORT:
        return os.listdir(directory)  # noqa: PTH208 - names alone
    descriptor = opened(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        return os.listdir(descriptor)  # noqa: PTH208
    finally:
        os.close(descriptor)


@contextmanager
def _reached(path: str) -> Iterator[tuple[str, int | None]]:
    """The rest of the path, short enough, and the folder that it is looked up from."""
    folder: int | None = None
    try:
        *steps, last = _cut(path)
        for step in steps:
            below = os.open(step, _FOLDER, dir_fd=folder)
            if folder is not None:
                os.close(folder)
            folder = below
        yield last, folder
    finally:
        if folder is not None:
            os.close(folder)


def _cut(path: str) -> list[str]:
    """Pieces that each fit; together they are the path."""
    rest, pieces = os.fsencode(path), []
    while len(rest) > _STEP:
        at = rest.rfind(b"/", 1, _STEP)
        if at < 0:
            break  # one name that is longer than any can be: the system says so
        pieces.append(os.fsdecode(rest[: at + 1]))
        rest = rest[at:].lstrip(b"/")
    return [*pieces, os.fsdecode(rest)]
