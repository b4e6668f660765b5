"""
Whether a name stands in a list of credits: the authors that a program prints when it starts.

The evidence is the list: lines of nothing but names, or rows that each begin with one, under a heading that
says what they are. Says nothing of a name that stands beside other data of a person.
"""

from __future__ import annotations

from leakgate.model.expressions import expression
from leakgate.model.spans import Span

_LEAST_NAMES = 3  # of a list
_MOST_LINES = 240  # of a list above a name
_LONGEST_LINE = 240  # bytes
_STRANGE_LINES = 3  # that are neither names nor empty, between a name and the heading of its list
_HEADING = expression(
    rb"(?i)\bauthors?\b|\bcontribut(?:or|ion|ed)"
    rb"|(?:developed|written|programmed|created) (?:and \w{1,12} )?by\b"
    rb"|\b(?:please )?(?:cite|refer)\b|\backnowledge?ments?\b|\bcredits\b|\bmaintainers?\b|code due to\b"
)
_NAME = expression(
    rb"(?<![\w.])(?:[A-Z\xc3][a-z\x80-\xff'-]+ (?:[A-Z][a-z]?\.? ?){0,3}|(?:[A-Z][a-z]?\.[ -]?){1,3})"
    rb"(?:d[aei] |van |von |de |den )?[A-Z\xc3][A-Za-z\x80-\xff'-]+"
)
# What stands between names in a list: signs of a comment, an affiliation in brackets, a few words.
_REST = expression(rb"(?i)\([^()\n]{0,80}\)|\b(?:and|by|with|from|thanks|to|the|is|was|written|work of)\b")
_ROW = expression(rb"[ \t]*[*#|!]{0,2}[ \t]*" + _NAME.pattern + rb"(?:[ \t]*[:,(]| {2,}|[ \t]*[*|]?$)")
# As references name authors, and nothing else does: initials, surname, comma, the next.
_CITED = expression(rb"(?<![\w.])(?:[A-Z]\.[ -]?){1,3}[A-Z\xc3][A-Za-z\x80-\xff' -]{1,30}[,;]")
_LEAST_CITED = 6
_RULER = expression(rb"[\W_]*$")
_LETTERS = expression(rb"[A-Za-z0-9\x80-\xff]")
_IDENTIFIER = expression(rb"@|\d{5}")  # credits hold no addresses and hardly a number; records of people do


class Credits:
    """Answers for one text; each list in it is looked through once, however many names it holds."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._answers: dict[int, bool] = {}

    def holds(self, span: Span) -> bool:
        """Whether the name at `span` stands in a list of names under the heading of credits."""
        start = self._start(span.start)
        if start is None:
            return False
        if start not in self._answers:
            self._look(start)
        return self._answers[start]

    def _start(self, at: int) -> int | None:
        low = max(0, at - _LONGEST_LINE)
        found = self.data.rfind(b"\n", low, at)
        return found + 1 if found >= 0 else (0 if low == 0 else None)

    def _look(self, start: int) -> None:
        """Answer for the line at `start` and those of its list above, by the heading above them."""
        listed: list[int] = []
        names: set[bytes] = set()
        at: int | None = start
        strange = 0
        answer = False
        for _ in range(_MOST_LINES):
            if at is None or strange > _STRANGE_LINES:
                break
            line = self._line(at)
            if _is_listed(line):
                if at in self._answers:
                    answer = self._answers[at]
                    break
                listed.append(at)
                names.update(hit[0] for hit in _NAME.finditer(line))
                strange = 0
            elif not listed:
                break  # the name itself stands in no list
            elif _HEADING.search(line):
                answer = len(names) + self._below(start) >= _LEAST_NAMES
                break
            elif not _RULER.match(line):
                strange += 1
            at = self._start(at - 1) if at else None
        cited = [hit[0] for each in listed for hit in _CITED.finditer(self._line(each))]
        answer = answer or len(set(cited)) >= _LEAST_CITED
        self._answers.update(dict.fromkeys(listed or [start], answer))

    def _below(self, start: int) -> int:
        """The names in the few lines of the list behind the line at `start`."""
        count, at = 0, start
        for _ in range(_LEAST_NAMES):
            at += len(self._line(at)) + 1
            if not _is_listed(self._line(at)):
                break
            count += len(_NAME.findall(self._line(at)))
        return count

    def _line(self, start: int) -> bytes:
        if start >= len(self.data):
            return b""
        end = self.data.find(b"\n", start, start + _LONGEST_LINE)
        return self.data[start : end if end >= 0 else start + _LONGEST_LINE].rstrip(b"\r")


def _is_listed(line: bytes) -> bool:
    """Whether a line is names and hardly a letter more, or a row that begins with a name."""
    if not line.strip() or _IDENTIFIER.search(line):
        return False
    if _ROW.match(line):
        return True
    rest = _REST.sub(b"", _NAME.sub(b"", line))
    return len(_LETTERS.findall(rest)) * 6 <= len(_LETTERS.findall(line))
