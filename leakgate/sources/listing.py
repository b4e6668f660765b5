"""
What a walk listed, and how it stood then, so that a second walk can tell what changed since.

Holds no bytes; keyed by the names that reports show.
"""

from __future__ import annotations

import os
import struct

_FORM = struct.Struct("<qQQqq")
_LASTING = 24  # bytes before the times: size, device, inode
_ALL = (1 << 64) - 1

Standing = bytes


def standing_of(status: os.stat_result) -> Standing:
    """Size, device, inode and times (ns), packed: there may be many."""
    return _FORM.pack(
        status.st_size,
        status.st_dev & _ALL,
        status.st_ino & _ALL,
        status.st_mtime_ns,
        status.st_ctime_ns,
    )


def only_times_differ(before: Standing, now: Standing) -> bool:
    return before[:_LASTING] == now[:_LASTING]


class Listing:
    """Files by name, with their standing; names of gaps."""

    __slots__ = ("files", "missed")

    def __init__(self) -> None:
        self.files: dict[str, Standing] = {}
        self.missed: set[str] = set()

    def note(self, path: str, status: os.stat_result) -> None:
        self.files[path] = standing_of(status)
