"""The path of an artifact as people and reports see it; never used to open anything."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import PurePosixPath


def display_path(given: str, relative: str = "") -> str:
    """`given` plus `relative`, `/` between, without `.` components, always encodable as UTF-8.

    Bytes that are not UTF-8 appear as `\\xNN`.
    """
    if relative and _is_plain(relative):
        joined = _beginning(given) + relative
    else:
        joined = str(PurePosixPath(given) / relative if relative else PurePosixPath(given))
    return joined if joined.isascii() else os.fsencode(joined).decode("utf-8", "backslashreplace")


def _is_plain(relative: str) -> bool:
    """Whether nothing in it is left out: what a walk gives, but for some hidden names."""
    if relative.startswith((".", "/")) or relative.endswith("/"):
        return False
    return "//" not in relative and "/." not in relative


@lru_cache(maxsize=16)
def _beginning(given: str) -> str:
    """What stands before the name of everything below `given`; a walk asks for each of its files."""
    return str(PurePosixPath(given) / "x")[:-1]
