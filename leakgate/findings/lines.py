"""Lines and columns of raw offsets, counted only for findings."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from leakgate.model.expressions import expression
from leakgate.model.segment import RawText

_LINE = expression(rb"[^\n]*\n")
_WIDTHS = {"utf-16-le": 2, "utf-16-be": 2, "utf-32-le": 4, "utf-32-be": 4}


class Lines:
    """Answers for one raw text; line starts are found once and remembered."""

    def __init__(self, text: RawText) -> None:
        self._text = text
        encoding = text.encoding or "utf-8"
        self._encoding = encoding
        self._newline = "\n".encode(encoding) if encoding in _WIDTHS else b"\n"
        self._starts: list[int] | None = None
        self._is_plain: bool | None = None

    def place(self, offset: int) -> tuple[int, int]:
        """1-based line and column (in characters) of a raw offset."""
        starts = self._line_starts()
        index = bisect_right(starts, offset) - 1
        start = starts[index]
        column = self._characters(start, offset) + 1
        origin = self._text.origin
        if index == 0:
            return origin.line, origin.column + column - 1
        return origin.line + index, column

    def _characters(self, start: int, end: int) -> int:
        """From `start` to `end`; where each is a byte, they are not looked at: a line may have megabytes."""
        if self._is_plain is None:
            self._is_plain = self._encoding not in _WIDTHS and self._text.raw.isascii()
        if self._is_plain:
            return max(0, min(end, len(self._text.raw)) - start)
        return len(self._text.raw[start:end].decode(self._encoding, "replace"))

    def _line_starts(self) -> list[int]:
        if self._starts is None:
            self._starts = [0, *_after(self._text.raw, self._newline)]
        return self._starts


def _after(raw: bytes, newline: bytes) -> list[int]:
    """Offsets behind every newline, aligned to the width of a character."""
    if len(newline) == 1:
        # Up to the last line break: from every byte behind it there would be a look at all of them.
        return list(accumulate(map(len, _LINE.findall(raw, 0, raw.rfind(newline) + 1))))
    found: list[int] = []
    width = len(newline)
    at = raw.find(newline)
    while at >= 0:
        if at % width == 0:
            found.append(at + width)
            at = raw.find(newline, at + width)
        else:
            at = raw.find(newline, at + 1)
    return found
