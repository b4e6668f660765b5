"""
The printable strings of a binary, gathered into one buffer a slice, with the way back.

Never judges what they say; short runs are noise and left out. In numpy because `re` walks binaries
at 20 to 100 MB/s, this at 200 to 400.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, assert_never

from leakgate.model.artifact import Artifact, Reader
from leakgate.model.gap import Gap
from leakgate.model.limits import Limits
from leakgate.model.offsets import Lazy, Pieces, Shift, Trail
from leakgate.model.segment import Origin, RawText, Segment, SegmentKind
from leakgate.model.spans import Span
from leakgate.unpack.budget import Trouble
from leakgate.unpack.containers.base import gap
from leakgate.unpack.windows import Cut, Window, windows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SHORTEST = 6  # bytes of a narrow run, characters of a wide one
_PRINTABLE = bytes(byte == 9 or 0x20 <= byte < 0x7F for byte in range(256))
# UTF-16 is looked for in Latin-1: letters beyond it end a run.
_LATIN = bytes(byte == 9 or 0x20 <= byte < 0x7F or byte >= 0xC0 for byte in range(256))

Runs = list[tuple[int, int]]


def printable_runs(reader: Reader, artifact: Artifact, limits: Limits) -> Iterator[Segment | Gap]:
    """For each slice of a binary its strings in order, then its UTF-16 strings, where it has any."""
    for window in windows(reader, limits, 0, _anywhere):
        match window:
            case Window() if _is_hole(window.raw):
                continue
            case Window():
                text = RawText(artifact, window.raw, None, Origin(offset=window.offset))
                yield from narrow_runs(text)
                yield from wide_runs(text)
            case Trouble():
                yield gap(artifact, window)
            case _:
                assert_never(window)


def _anywhere(tail: bytes, overlap: int) -> Cut:
    return Cut(len(tail), len(tail) - overlap)


def _is_hole(raw: bytes) -> bool:
    """Zeros alone, as sparse files have by the gigabyte; 4 GiB took 80 s when strings were looked for."""
    return raw.startswith(b"\0") and raw == bytes(len(raw))


def narrow_runs(text: RawText) -> Iterator[Segment]:
    """The ASCII and UTF-8 strings that stand among other bytes: one segment, if any."""
    runs = _narrow_runs(text.raw)
    data = _joined(text.raw, runs)
    if data:
        yield Segment(text, data, SegmentKind.BLOB, Trail((Lazy(lambda: _narrow_map(runs)),)))


def _joined(raw: bytes, runs: Runs) -> bytes:
    """A line for each run; two that are counted and touch are a name and its value (Redis, LevelDB)."""
    counted = {
        nth
        for nth, ((start, end), (after, stop)) in enumerate(pairwise(runs))
        if after == end + 1 and raw[end] == stop - after and start and raw[start - 1] == end - start
    }
    if not counted:
        return b"\n".join([raw[start:end] for start, end in runs])
    lines = [raw[start:end] + (b"=" if nth in counted else b"\n") for nth, (start, end) in enumerate(runs)]
    return b"".join(lines)[:-1]


def wide_runs(text: RawText, sides: tuple[int, ...] = (0, 1)) -> Iterator[Segment]:
    """The UTF-16 strings, of either byte order, that stand among other bytes: one segment, if any.

    `sides` are the offsets, even or odd, of characters with a zero byte behind them that are looked at.
    """
    if b"\0" not in text.raw:
        return
    runs = _wide_runs(text.raw, sides)
    latin = b"\n".join([text.raw[start:end:2] for start, end in runs])
    if latin:
        data = latin if latin.isascii() else latin.decode("latin-1").encode("utf-8")
        yield Segment(text, data, SegmentKind.BLOB, Trail((Lazy(lambda: _wide_map(text.raw, runs)),)))


def _narrow_runs(raw: bytes) -> Runs:
    """Half-open runs of printable ASCII and of UTF-8 characters of two or three bytes."""
    import numpy as np

    codes = np.frombuffer(raw, np.uint8)
    good = np.frombuffer(raw.translate(_PRINTABLE), np.bool_).copy()
    follows = (codes & 0xC0) == 0x80
    # 0xC2 leads to controls and symbols, which random bytes have as often as letters.
    pairs = (codes[:-1] >= 0xC3) & (codes[:-1] < 0xE0) & follows[1:]
    triples = (codes[:-2] >= 0xE1) & (codes[:-2] < 0xF0) & follows[1:-1] & follows[2:]
    for starts, width in ((pairs, 2), (triples, 3)):
        for at in range(width):
            good[at : at + len(starts)] |= starts
    starts, ends = _stretches(good)
    long = ends - starts >= SHORTEST
    return list(zip(starts[long].tolist(), ends[long].tolist(), strict=True))


def _wide_runs(raw: bytes, sides: tuple[int, ...]) -> Runs:
    """Half-open runs of Latin-1 characters with a zero byte between each and the next."""
    import numpy as np

    latin = np.frombuffer(raw.translate(_LATIN), np.bool_)
    before_zero = latin[:-1] & (np.frombuffer(raw, np.uint8)[1:] == 0)
    runs: Runs = []
    for side in sides:
        starts, ends = _stretches(before_zero[side::2])
        long = ends - starts >= SHORTEST - 1
        for start, end in zip(starts[long].tolist(), ends[long].tolist(), strict=True):
            # In big-endian text the last character has no zero behind it but is one of the run.
            last = side + 2 * end
            has_last = last < len(raw) and bool(latin[last])
            if end - start + has_last >= SHORTEST:
                runs.append((side + 2 * start, last + 1 if has_last else last - 1))
    return sorted(runs)


def _stretches(good: NDArray[np.bool_]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Where stretches of True begin and end."""
    import numpy as np

    padded = np.zeros(len(good) + 2, np.bool_)
    padded[1:-1] = good
    edges = np.flatnonzero(padded[1:] != padded[:-1])
    return edges[::2], edges[1::2]


def _narrow_map(runs: Runs) -> Pieces:
    lengths = (end - start + 1 for start, end in runs[:-1])
    return Pieces(accumulate(lengths, initial=0), (Shift(start) for start, _ in runs))


def _wide_map(raw: bytes, runs: Runs) -> Pieces:
    maps = [_WideRun(start, raw[start:end:2]) for start, end in runs]
    return Pieces(accumulate((each.length + 1 for each in maps[:-1]), initial=0), maps)


class _WideRun:
    """A run of Latin-1 characters, two bytes each in the parent, one or two in UTF-8."""

    __slots__ = ("_start", "_starts", "length")

    def __init__(self, start: int, latin: bytes) -> None:
        self._start = start
        wide = [at for at, byte in enumerate(latin) if byte >= 0x80]
        # The derived offsets at which the characters beyond ASCII have their second byte.
        self._starts = [at + nth + 1 for nth, at in enumerate(wide)]
        self.length = len(latin) + len(wide)

    def to_parent(self, span: Span) -> Span:
        first = self._character(span.start)
        last = self._character(span.end - 1) if span.width else first
        end = self._start + 2 * last + (1 if span.width else 0)
        return Span(self._start + 2 * first, end)

    def _character(self, offset: int) -> int:
        return offset - bisect_right(self._starts, offset)
