"""
Whether a name stands in a list of credits: the authors that a program prints when it starts.

Their names were published by themselves. A line of a banner is judged by `plausibility.attribution`; this is
about lists without a mark on every line. Says nothing of a name that stands beside other data of a person.
"""

from __future__ import annotations

from leakgate.model.expressions import expression
from leakgate.model.spans import Span

_REASON = "public attribution in a list of credits"
_BEFORE, _AFTER = 8192, 3072  # bytes in which something must say that these are credits
_BLOCK = 1024
_LONGEST_MARK = 40  # bytes of a mark that may lie in the next block
_LINES = 3  # before and after, that must hold other names
_NEAR = 600  # bytes
_OTHERS = 3
_MARK = expression(
    rb"(?i)\bauthors?\b|\bcontribut(?:or|ion|ed)|(?:developed|written|programmed) (?:and \w{1,12} )?by\b"
    rb"|please (?:cite|refer)|copyright|all rights reserved|acknowledge?ments?\b|published results"
    rb"|\buniversity of\b"
)
_NAME = expression(
    rb"(?<![\w.])(?:[A-Z\xc3][a-z\x80-\xff'-]+ (?:[A-Z]\.? ){0,2}|(?:[A-Z]\.[ -]?){1,3})"
    rb"(?:d[aei] |van |von )?[A-Z\xc3][a-z\x80-\xff'-]+"
)
# Changelogs and documentation: `#2604 by …`, `@author …`.
_LINE_MARK = expression(rb"#\d{1,7}\.? by |@author |^commit [0-9a-f]{7,40}|^(?:Author|Commit(?:ter)?)s?: ")


class Credits:
    """Answers for one text; each block of it is looked through once, however many names it holds."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._marked: dict[int, bool] = {}

    def reason(self, span: Span) -> str | None:
        """Why the person at `span` is named in public, by the list it stands in; None if in none."""
        data = self.data
        start = data.rfind(b"\n", max(0, span.start - _NEAR), span.start) + 1
        if _LINE_MARK.search(data, max(start, span.start - _NEAR), span.start):
            return _REASON
        if not self._has_mark(max(0, span.start - _BEFORE), min(len(data), span.end + _AFTER)):
            return None
        before = b"\n".join(data[max(0, span.start - _NEAR) : span.start].split(b"\n")[-1 - _LINES :])
        after = b"\n".join(data[span.end : span.end + _NEAR].split(b"\n")[: 1 + _LINES])
        others = {found[0] for part in (before, after) for found in _NAME.finditer(part)}
        return _REASON if len(others - {data[span.start : span.end]}) >= _OTHERS else None

    def _has_mark(self, start: int, end: int) -> bool:
        return any(self._block(number) for number in range(start // _BLOCK, (end - 1) // _BLOCK + 1))

    def _block(self, number: int) -> bool:
        if number not in self._marked:
            start = number * _BLOCK
            self._marked[number] = _MARK.search(self.data, start, start + _BLOCK + _LONGEST_MARK) is not None
        return self._marked[number]
