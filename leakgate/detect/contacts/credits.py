"""
Whether a name stands in a list of credits: the authors that a program prints when it starts.

The evidence is the list: lines of nothing but names, several of them, below the mark of credits. Says nothing
of a name that stands beside other data of a person.
"""

from __future__ import annotations

from leakgate.model.expressions import expression
from leakgate.model.spans import Span

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
# A line of a list: names and what stands between them, a mark of a comment, an affiliation in brackets.
_REST = expression(
    rb"(?i)\([^()\n]{0,80}\)|<[^<>\n]{0,80}>|\b(?:and|by|written|developed|authors?|contributors?|thanks|to|is|was|with)\b"
)
_LETTERS = expression(rb"[A-Za-z0-9\x80-\xff]")


class Credits:
    """Answers for one text; each block of it is looked through once, however many names it holds."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._marked: dict[int, bool] = {}

    def holds(self, span: Span) -> bool:
        """Whether the name at `span` stands among lines of nothing but names, near the mark of credits."""
        data = self.data
        if not self._has_mark(max(0, span.start - _BEFORE), min(len(data), span.end + _AFTER)):
            return False
        before = data[max(0, span.start - _NEAR) : span.start].split(b"\n")[-1 - _LINES :]
        after = data[span.end : span.end + _NEAR].split(b"\n")[: 1 + _LINES]
        line = before[-1] + data[span.start : span.end] + after[0]
        if not _is_list(line):
            return False
        lines = [each for each in (*before[:-1], *after[1:]) if _is_list(each)]
        others = {found[0] for each in (line, *lines) for found in _NAME.finditer(each)}
        return len(others - {data[span.start : span.end]}) >= _OTHERS

    def _has_mark(self, start: int, end: int) -> bool:
        return any(self._block(number) for number in range(start // _BLOCK, (end - 1) // _BLOCK + 1))

    def _block(self, number: int) -> bool:
        if number not in self._marked:
            start = number * _BLOCK
            self._marked[number] = _MARK.search(self.data, start, start + _BLOCK + _LONGEST_MARK) is not None
        return self._marked[number]


def _is_list(line: bytes) -> bool:
    """Whether hardly a letter is left of a line without the names in it."""
    rest = _REST.sub(b"", _NAME.sub(b"", line))
    return len(_LETTERS.findall(rest)) * 8 <= len(_LETTERS.findall(line))
