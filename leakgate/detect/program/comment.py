"""
Whether a name stands in program text where nobody's data is: in a comment, or among the words of a message.

The evidence is the program around the comment or the literal, never a word in it. A literal that is the name
alone, or holds a full name, may be data and is never excused here; what a minifier left of an object of one
word per field is.
"""

from __future__ import annotations

from leakgate.detect.program.stretch import REACH, is_program
from leakgate.model.expressions import expression
from leakgate.model.spans import Span

_LONGEST = 4096  # bytes of a comment to both sides of a name
_LONGEST_MESSAGE = 1200  # bytes of a literal to both sides of a name
_LINE_COMMENT = expression(rb"[ \t]*//")
_BEFORE_A_LITERAL = b"("  # of a call; behind a colon or a comma stand the fields of a record, too
_BEHIND_A_LITERAL = b"),;:+]}.\n"
_LEAST_WORDS = 8  # bytes of a message besides the name
# Names of fields without quotes, and no blank: as minifiers write an object, neither JSON nor a shown one.
_FIELD = expression(rb"[{,][A-Za-z_$][\w$]{0,30}:(?=[\"\[{(\d/!])")
_IN_A_FIELD = expression(rb"[{,][A-Za-z_$][\w$]{0,30}:\"$")
_LEAST_FIELDS = 6


def why_no_person(data: bytes, span: Span) -> str | None:
    """The id of the kind of place, where the name at `span` is no person of a run; None elsewhere."""
    comment = _comment(data, span)
    if comment is not None:
        return "program-comment" if _is_between_code(data, comment) else None
    if b" " in data[span.start : span.end]:
        return None
    if _is_minified_field(data, span):
        return "program-literal"
    literal = _literal(data, span)
    if literal is not None and literal.width >= span.width + _LEAST_WORDS and _is_between_code(data, literal):
        return "program-literal"
    return None


def _is_between_code(data: bytes, place: Span) -> bool:
    return is_program(data[max(0, place.start - REACH) : place.start], data[place.end : place.end + REACH])


def _comment(data: bytes, span: Span) -> Span | None:
    low = max(0, span.start - _LONGEST)
    start = data.rfind(b"/*", low, span.start)
    if start >= 0 and data.find(b"*/", start + 2, span.start) < 0:
        end = data.find(b"*/", span.end, span.end + _LONGEST)
        return Span(start, end + 2) if end >= 0 else None
    return _line_comments(data, span, low)


def _line_comments(data: bytes, span: Span, low: int) -> Span | None:
    """The lines of a comment around `span`, of which each begins with two slashes."""
    start = data.rfind(b"\n", low, span.start) + 1
    if start <= low or not _LINE_COMMENT.match(data, start):
        return None
    while (above := data.rfind(b"\n", low, start - 1) + 1) > low and _LINE_COMMENT.match(data, above):
        start = above
    end, most = span.end, span.end + _LONGEST
    while (below := data.find(b"\n", end, most)) >= 0:
        end = below + 1
        if not _LINE_COMMENT.match(data, end):
            break
    return Span(start, end)


def _literal(data: bytes, span: Span) -> Span | None:
    """The literal around `span` with its quotes, or None where it is not one that an expression holds."""
    low, high = max(0, span.start - _LONGEST_MESSAGE), span.end + _LONGEST_MESSAGE
    for quote in (b'"', b"'", b"`"):
        start = data.rfind(quote, low, span.start)
        end = data.find(quote, span.end, high)
        if start <= low or end < 0:
            continue
        opened = data[start - 1] in _BEFORE_A_LITERAL
        if opened and data[end + 1 : end + 2] != b"" and data[end + 1] in _BEHIND_A_LITERAL:
            return Span(start, end + 1)
    return None


def _is_minified_field(data: bytes, span: Span) -> bool:
    before = data[max(0, span.start - REACH) : span.start]
    after = data[span.end : span.end + REACH]
    if not _IN_A_FIELD.search(before[-34:]) or after[:2] not in (b'",', b'"}'):
        return False
    return b" " not in before[-34:] and len(_FIELD.findall(before + after)) >= _LEAST_FIELDS
