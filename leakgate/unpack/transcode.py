"""The way back from UTF-8 to the wide encoding it was made from; exact, and cheap for many lookups."""

from __future__ import annotations

from bisect import bisect_right

from leakgate.model.spans import Span

_STEP = 16 * 1024


class Transcoded:
    """Offsets of UTF-8 bytes as offsets of the same characters in `codec`.

    A surrogate that stood alone became one `?`, which takes one unit in UTF-16 as well.
    """

    __slots__ = ("_codec", "_data", "_parents", "_starts")

    def __init__(self, data: bytes, codec: str) -> None:
        self._data = data
        self._codec = codec
        self._starts = [0]
        self._parents = [0]
        while (start := self._starts[-1]) < len(data):
            end = self._whole(min(start + _STEP, len(data)))
            self._starts.append(end)
            self._parents.append(self._parents[-1] + self._width(start, end))

    def to_parent(self, span: Span) -> Span:
        start, end = self._whole(span.start), span.end
        while end < len(self._data) and self._data[end] & 0xC0 == 0x80:
            end += 1
        if span.width == 0:
            end = start
        return Span(self._parent(start), self._parent(end))

    def _parent(self, offset: int) -> int:
        index = bisect_right(self._starts, offset) - 1
        return self._parents[index] + self._width(self._starts[index], offset)

    def _width(self, start: int, end: int) -> int:
        return len(self._data[start:end].decode("utf-8").encode(self._codec))

    def _whole(self, offset: int) -> int:
        """`offset`, or the start of the character that it stands in."""
        while 0 < offset < len(self._data) and self._data[offset] & 0xC0 == 0x80:
            offset -= 1
        return offset
