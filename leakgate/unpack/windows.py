"""
A reader's bytes in overlapping windows of bounded size; knows files that shrink, grow and fail.

Never interprets the bytes: where to cut is the caller's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from leakgate.model.artifact import Reader
from leakgate.model.gap import GapReason
from leakgate.model.limits import Limits
from leakgate.model.records import dataclass
from leakgate.unpack.budget import Trouble

_UNREADABLE = Trouble(GapReason.UNREADABLE, "could not be read to its end (I/O error); check the disk")
_SHRUNK = Trouble(
    GapReason.CHANGED,
    "changed while it was read: it ended early; scan once the test run has stopped writing",
)


SMALLEST = 256  # bytes of a window, whatever the limits say


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a window ends and where the next one begins, relative to the bytes that were judged."""

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

    `cut(tail, overlap)` sees the last bytes of a window that another one follows, from a multiple
    of four on: the window is cut before it is read, as copies of whole windows cost more than all else.
    """
    size = max(SMALLEST, limits.slice_bytes - limits.slice_bytes % 4)
    overlap = max(SMALLEST // 8, min(limits.slice_overlap, size // 8) // 4 * 4)
    at = start
    while True:
        room = limits.max_artifact_bytes - at
        try:
            window, is_last = (
                _last(reader, at, room) if room <= size else _next(reader, at, size, overlap, cut)
            )
        except OSError:
            yield _UNREADABLE
            return
        if window.raw:
            yield window
        if is_last:
            break
        at += window.following
    end = window.offset + len(window.raw)
    if end < min(reader.size, limits.max_artifact_bytes):
        yield _SHRUNK
    elif end >= limits.max_artifact_bytes and (end < reader.size or _grew(reader, end)):
        yield _over(limits)


def _next(
    reader: Reader, at: int, length: int, overlap: int, cut: Callable[[bytes, int], Cut]
) -> tuple[Window, bool]:
    """The window at `at`, of at most `length` bytes, and whether it is the last."""
    judged = 3 * overlap
    tail_at = at + length - judged
    tail = reader.read(tail_at, judged + 1)
    if len(tail) <= judged:
        return _last(reader, at, length)
    place = cut(tail[:judged], overlap)
    raw = reader.read(at, tail_at - at + place.end)
    following = tail_at - at + place.following
    return Window(at, raw, following), len(raw) < tail_at - at + place.end


def _last(reader: Reader, at: int, length: int) -> tuple[Window, bool]:
    raw = reader.read(at, max(0, length))
    return Window(at, raw, len(raw)), True


def _grew(reader: Reader, end: int) -> bool:
    try:
        return bool(reader.read(end, 1))
    except OSError:
        return False


def _over(limits: Limits) -> Trouble:
    return Trouble(
        GapReason.TOO_LARGE,
        f"is larger than {limits.max_artifact_bytes} bytes; only its beginning was scanned; "
        "rotate it, or raise limits.max_artifact_bytes",
    )
