"""
A reader's bytes in overlapping windows of bounded size; knows files that shrink, grow and fail.

Never interprets the bytes: where to cut is the caller's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from leakgate.model.artifact import Reader
from leakgate.model.gap import GapReason
from leakgate.model.limits import Limits
from leakgate.unpack.budget import Trouble

_UNREADABLE = Trouble(GapReason.UNREADABLE, "could not be read to its end (I/O error); check the disk")
_SHRUNK = Trouble(
    GapReason.UNREADABLE,
    "changed while it was read: it ended early; scan once the test run has stopped writing",
)


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a window ends and where the next one begins, relative to its start."""

    end: int
    following: int


@dataclass(frozen=True, slots=True)
class Window:
    """Bytes of a reader from `offset` on. The next window begins `following` bytes further, if any."""

    offset: int
    raw: bytes
    following: int


def windows(
    reader: Reader, limits: Limits, start: int, cut: Callable[[bytes, int], Cut]
) -> Iterator[Window | Trouble]:
    """Windows from `start` to the end of the reader; at most one trouble, last.

    `cut(raw, overlap)` says how to end a window that is not the last.
    """
    overlap = min(limits.slice_overlap, limits.slice_bytes // 4)
    at = start
    while True:
        try:
            raw = reader.read(at, min(limits.slice_bytes, limits.max_artifact_bytes - at))
            more = bool(raw) and bool(reader.read(at + len(raw), 1))
        except OSError:
            yield _UNREADABLE
            return
        end = at + len(raw)
        is_over = more and end >= limits.max_artifact_bytes
        if more and not is_over:
            place = cut(raw, overlap)
            following = place.following if place.following > 0 else place.end
            yield Window(at, raw[: place.end], following)
            at += following
            continue
        if raw:
            yield Window(at, raw, len(raw))
        if is_over:
            yield _over(limits)
        elif end < reader.size:
            yield _SHRUNK
        return


def _over(limits: Limits) -> Trouble:
    return Trouble(
        GapReason.TOO_LARGE,
        f"is larger than {limits.max_artifact_bytes} bytes; only its beginning was scanned; "
        "rotate it, or raise limits.max_artifact_bytes",
    )
