"""
Which test wrote a place of a log, from the marks of the runner around it.

Looks at what stands before a finding, bounded, and only for findings: a clean log pays nothing. Never
names a test that may be the wrong one; where runs overlap or marks are out of reach, the answer is None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from leakgate.findings.attribution_marks import Mark, marks
from leakgate.findings.attribution_places import case_named, placed
from leakgate.findings.attribution_runners import LINE_PREFIX, Reach
from leakgate.model.segment import TestRef
from leakgate.model.spans import Span

_REACH = 256 * 1024  # bytes before a place in which its mark must stand
_BLOCK = 8 * 1024
_LONGEST_LINE = 4096
_INDENTED = re.compile(
    rb"(?:" + LINE_PREFIX.lstrip(b"^") + rb"(?:(?:[ \t]{2}|\t|#)[^\n]*+|[ \t\r]*+)(?:\n|\Z))*+"
)
_BLANK = re.compile(LINE_PREFIX + rb"[ \t\r]*\n", re.MULTILINE)


def attribute(raw: bytes, offset: int) -> TestRef | None:
    """The test that wrote the byte at `offset` of `raw`, a console log or a report as it stands."""
    return Attribution(raw).test(offset)


class Attribution:
    """Answers for one text; marks are looked for in blocks, once each."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._blocks: dict[int, tuple[Mark, ...]] = {}
        self._is_report = raw.find(b"<testcase", 0, 16 * _BLOCK) >= 0

    def test(self, offset: int) -> TestRef | None:
        """The test that wrote the byte at `offset`."""
        line = Span(self._raw.rfind(b"\n", max(0, offset - _REACH), offset) + 1, self._line_end(offset))
        if self._is_report:
            element = next((mark for mark in self._before(line.end) if mark.reach in _ELEMENTS), None)
            if element is not None and (element.reach is Reach.ELEMENT or offset < element.end):
                return case_named(self._raw[element.start : element.end])
        mark = next(self._before(line.end), None)
        if mark is None:
            return None
        found = self._only_running(mark, line) if mark.reach is Reach.CLASS else self._reaching(mark, line)
        return placed(found, self._raw, mark.end, line) if found is not None else None

    def _reaching(self, mark: Mark, line: Span) -> TestRef | None:
        """The test of a mark, if its output reaches to `line`."""
        if mark.start >= line.start or mark.test is None:
            return mark.test
        first = self._line_end(mark.end) + 1
        match mark.reach:
            case Reach.NEXT_MARK:
                return mark.test
            case Reach.INDENTED:
                return mark.test if self._is_indented(first, line.end) else None
            case Reach.SUBTEST:
                logged = self._is_indented(line.start, line.end)
                return mark.test if logged else TestRef(mark.test.id.partition("/")[0])
            case Reach.PARAGRAPH:
                return mark.test if _BLANK.search(self._raw, first, line.start) is None else None
            case _:
                return None

    def _only_running(self, newest: Mark, line: Span) -> TestRef | None:
        """The class that is running, if no other may be writing at the same time; nested ones are one."""
        ended: set[str] = set()
        for mark in self._before(line.start):
            name = mark.test.id if mark.test is not None else ""
            if mark.reach is Reach.CLASS_END:
                ended.add(name)
            elif mark.reach is Reach.CLASS and name not in ended and not _is_nested(newest, name):
                return None
        return newest.test

    def _is_indented(self, start: int, end: int) -> bool:
        hit = _INDENTED.match(self._raw, start, end)
        return hit is not None and hit.end() >= end

    def _line_end(self, offset: int) -> int:
        limit = min(len(self._raw), offset + _LONGEST_LINE)
        found = self._raw.find(b"\n", offset, limit)
        return found if found >= 0 else limit

    def _before(self, end: int) -> Iterator[Mark]:
        """The marks that begin before `end`, the nearest first."""
        last = max(0, end - 1) // _BLOCK
        for number in range(last, max(-1, last - _REACH // _BLOCK), -1):
            yield from (mark for mark in reversed(self._block(number)) if mark.start < end)

    def _block(self, number: int) -> tuple[Mark, ...]:
        if number not in self._blocks:
            start = number * _BLOCK
            self._blocks[number] = tuple(marks(self._raw, start, start + _BLOCK))
        return self._blocks[number]


def _is_nested(mark: Mark, name: str) -> bool:
    return mark.test is not None and mark.test.id.startswith(name)


_ELEMENTS = (Reach.ELEMENT, Reach.ELEMENT_END)
