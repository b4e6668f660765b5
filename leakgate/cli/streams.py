"""
Standard streams as they are found: closed at the start, or gone at the end.

Never hides a failure: what could not be read or shown stays an error.
"""

from __future__ import annotations

import errno
import io
import os
import sys


class _Closed(io.RawIOBase):
    """A standard input that was closed before we started: not empty, but unreadable."""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        raise OSError(errno.EBADF, "standard input is closed")


def adopt() -> None:
    """Python has no object for a stream that was closed; standard output stays absent, and whoever
    has a report for it says so."""
    if sys.stdin is None:
        sys.stdin = io.TextIOWrapper(_Closed())
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - lives as long as we


def forsake_output() -> None:
    """Drops what is left for a standard output that failed, or Python would try again on exit and
    end with a code of its own."""
    try:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
        os.close(null)
    except (AttributeError, OSError, ValueError):
        return  # not a stream with a descriptor: nothing will be tried again
