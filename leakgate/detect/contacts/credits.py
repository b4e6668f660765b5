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
_STRANGE_LINES = 4  # that are neither names nor empty, between a name and the heading of its list
_HEADING = expression(
    rb"(?i)\bauthors?\b|\bcontribut(?:or|ion|ed)"
    rb"|(?:developed|written|programmed|created|program|code|module) (?:and \w{1,12} )?by\b"
    rb"|\b(?:please )?(?:cite|refer)\b|\backnowledge?(?:ments?|d)?\b"
    rb"|\bcredits\b|\bmaintainers?\b|code due to\b"
)
_WORD = rb"[A-Z\xc3][a-z\x80-\xff'-]+"
_SURNAME = rb"[A-Z\xc3][A-Za-z\x80-\xff'-]+"
_PARTICLE = rb"(?:[dD][aei] |[vV]an |von |den |[vV]an de[nr] )?"
_NAME = expression(
    rb"(?<![\w.])(?:"
    + _WORD
    + rb" (?:[A-Z][a-z]?\.? ?|"
    + _WORD
    + rb" ){0,4}|(?:[A-Z][a-z]?\.[ -]?){1,3}|[A-Z]{1,3} (?=[A-Z][a-z]))"
    + _PARTICLE
    + _SURNAME
    + rb"(?: (?:de|den|van) "
    + _SURNAME
    + rb")?"
)
# What stands between names in a list: signs of a comment, an affiliation in brackets, a few words.
_REST = expression(
    rb"(?i)\([^()\n]{0,80}\)|\b(?:and|by|with|from|thanks|to|the|is|was|written|work of|et al|jr|iii?)\b"
)
# A row: names, then what they did behind a colon, a comma, a bracket, a dash or a gap; or nothing more.
_NAMES = _NAME.pattern + rb"(?:(?:, ?| and |, and )" + _NAME.pattern + rb"){0,8}(?:,? et al\.?)?"
_ROW = expression(rb"[ \t]*[*#|!]{0,2}[ \t]*" + _NAMES + rb",?(?:[ \t]*[:,(]| {2,}| - |[ \t]*[*|]?[ \t]*$)")
# As references name authors, and nothing else does: initials, surname, comma, the next.
_CITED = expression(rb"(?<![\w.])(?:[A-Z]\.[ -]?){1,3}[A-Z\xc3][A-Za-z\x80-\xff' -]{1,30}[,;]")
_LEAST_CITED = 6
# The year in brackets, or a volume, pages and a year, behind the title of a journal in capitals and dots.
_REFERENCE = expression(
    rb"(?:[A-Z]\.[ -]?){1,3}"
    + _SURNAME
    + rb",? (?:et al\.,? )?(?:[A-Z][A-Za-z]{0,9}\. ){1,6}[A-Za-z ]{0,20}\d[\d ,:()-]{0,24}"
    rb"\((?:1[89]|20)\d\d\)\.?[ \t]*$"
)
# A line between, an institution in brackets as the heading of a part.
_RULER = expression(rb"[\W_]*$|[ \t]*\[[A-Z][\w .&-]{1,60}\][ \t]*$")
_BYLINE = expression(rb"(?:[ \t]*by )(?=[A-Z])")
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
        """Answer for the lines of the list around `start`, by the heading above them, or as references."""
        line = self._line(start)
        if _REFERENCE.search(line):
            self._answers[start] = True
            return
        above, names, heading = self._above(start)
        below = self._below(start) if above else []
        listed = [*above, *below]
        names.update(hit[0] for each in below[:_LEAST_NAMES] for hit in _NAME.finditer(self._line(each)))
        answer = heading and len(names) >= _LEAST_NAMES
        if not answer:
            cited = {hit[0] for each in listed for hit in _CITED.finditer(self._line(each))}
            answer = len(cited) >= _LEAST_CITED
        self._answers.update(dict.fromkeys(listed or [start], answer))

    def _above(self, start: int) -> tuple[list[int], set[bytes], bool]:
        """The lines of the list from `start` upwards, the names in them, and whether a heading ends it."""
        listed: list[int] = []
        names: set[bytes] = set()
        at: int | None = start
        strange, byline = 0, False
        for _ in range(_MOST_LINES):
            if at is None or strange > _STRANGE_LINES:
                break
            line = self._line(at)
            if _is_listed(line):
                listed.append(at)
                byline = byline or (strange == 0 and _BYLINE.match(line) is not None)
                names.update(hit[0] for hit in _NAME.finditer(line))
                strange = 0
            elif not listed:
                break  # the name itself stands in no list
            elif _HEADING.search(line):
                return listed, names, True
            elif not _RULER.match(line):
                strange += 1
            at = self._start(at - 1) if at else None
        return listed, names, byline

    def _below(self, start: int) -> list[int]:
        """The lines of the list that follow each other behind the one at `start`."""
        listed, at = [], start
        for _ in range(_MOST_LINES):
            at += len(self._whole(at)) + 1
            if not _is_listed(self._line(at)):
                break
            listed.append(at)
        return listed

    def _line(self, start: int) -> bytes:
        return self._whole(start).rstrip(b"\r")

    def _whole(self, start: int) -> bytes:
        if start >= len(self.data):
            return b""
        end = self.data.find(b"\n", start, start + _LONGEST_LINE)
        return self.data[start : end if end >= 0 else start + _LONGEST_LINE]


def _is_listed(line: bytes) -> bool:
    """Whether a line is names and hardly a letter more, or a row that begins with a name."""
    if not line.strip() or _IDENTIFIER.search(line):
        return False
    if _ROW.match(line):
        return True
    rest = _REST.sub(b"", _NAME.sub(b"", line))
    return len(_LETTERS.findall(rest)) * 6 <= len(_LETTERS.findall(line))
