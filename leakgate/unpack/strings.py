"""
The printable strings of a binary, gathered into one buffer a slice, with the way back.

Never judges what they say; short runs are noise and left out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import assert_never

from leakgate.model.artifact import Artifact, Reader
from leakgate.model.gap import Gap
from leakgate.model.limits import Limits
from leakgate.model.offsets import Lazy, OffsetMap, Pieces, Shift, Trail
from leakgate.model.segment import Origin, RawText, Segment, SegmentKind
from leakgate.model.spans import Span
from leakgate.unpack.budget import Trouble
from leakgate.unpack.containers.base import gap
from leakgate.unpack.windows import Cut, Window, windows

_MANY = rb"[\xc3-\xf4][\x80-\xbf]{1,3}"
# Six printable bytes, also with letters beyond ASCII behind them; or a short start before such letters.
_NARROW = re.compile(
    rb"[\t -~]{6,}(?:" + _MANY + rb"[\t -~]*+)*+"
    rb"|[A-Za-z]{1,5}+" + _MANY + rb"[\t -~]{3,}+(?:" + _MANY + rb"[\t -~]*+)*+"
)
# Latin-1 characters with a NUL between: UTF-16 of either byte order.
_WIDE = re.compile(rb"[\t -~\xc0-\xff](?:\x00[\t -~\xc0-\xff]){5,}+")


def printable_runs(reader: Reader, artifact: Artifact, limits: Limits) -> Iterator[Segment | Gap]:
    """One segment for each slice that has strings, in the order of the file; then wide strings."""
    for window in windows(reader, limits, 0, _hard_cut):
        match window:
            case Window():
                text = RawText(artifact, window.raw, None, Origin(offset=window.offset))
                yield from _narrow_runs(text)
                yield from wide_runs(text)
            case Trouble():
                yield gap(artifact, window)
            case _:
                assert_never(window)


def _hard_cut(raw: bytes, overlap: int) -> Cut:
    return Cut(len(raw), len(raw) - overlap)


def _narrow_runs(text: RawText) -> Iterator[Segment]:
    data = b"\n".join(_NARROW.findall(text.raw))
    if data:
        back = Lazy(lambda: _narrow_map(text.raw))
        yield Segment(text, data, SegmentKind.BLOB, Trail((back,)))


def wide_runs(text: RawText) -> Iterator[Segment]:
    """The UTF-16 strings that stand among other bytes, as one segment, if any."""
    if b"\0" not in text.raw:
        return
    narrow = b"\n".join(_WIDE.findall(text.raw)).replace(b"\0", b"")
    if narrow:
        data = narrow if narrow.isascii() else narrow.decode("latin-1").encode("utf-8")
        back = Lazy(lambda: _wide_map(text.raw))
        yield Segment(text, data, SegmentKind.BLOB, Trail((back,)))


def _narrow_map(raw: bytes) -> OffsetMap:
    found = [match.span() for match in _NARROW.finditer(raw)]
    lengths = (end - start + 1 for start, end in found[:-1])
    return Pieces(accumulate(lengths, initial=0), (Shift(start) for start, _ in found))


def _wide_map(raw: bytes) -> OffsetMap:
    found = [(match.start(), match.group().replace(b"\0", b"")) for match in _WIDE.finditer(raw)]
    maps = [_WideRun(start, latin) for start, latin in found]
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
