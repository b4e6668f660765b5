"""
Why a labelled value is a piece of a program and no literal that somebody assigned, or None.

Only a quoted literal counts in program text: calls, members, types, expressions, templates and translations
never do. The evidence is the value's own shape, read to its end; what stands around only helps to say where a
minified value ends.
"""

from __future__ import annotations

from leakgate.detect.labelled.names import words
from leakgate.detect.labelled.syntax import Labelled
from leakgate.detect.program.literal import why_between, why_literal, why_name
from leakgate.detect.program.operand import READ, End, Expression, read
from leakgate.detect.program.stretch import REACH, is_program
from leakgate.detect.program.tokens import plain_text
from leakgate.model.expressions import expression

_EXPRESSION = "program text, no literal"
_LITERALS = frozenset(b"null none nil true false undefined nan void nullptr NULL None Nil True False".split())
_COMPARED = expression(rb"(?:={2,3}|!={1,2})\s*\(?$")
# Of Ruby, shells and template engines, closed, with a name in it; the value ended at a quote within.
_INTERPOLATED = expression(rb"[#$]\{\s{0,4}[A-Za-z_@][^{}\n]{0,80}\}|\{\{[^{}\n]{1,80}\}\}")
_SEPARATED = expression(rb"[=:>(,]")
_MOST_DIGITS = 2  # of an index without program text around it; `[2024]` may end a password
_LINE = 400  # bytes of a line before a name
_QUOTES = (b'"', b"'", b"`", b"&quot;", b"&#39;", b"&#34;")


def why_program(data: bytes, found: Labelled) -> str | None:
    """The reason, for people; None where the value may be one."""
    value = data[found.value.start : found.value.end]
    label = words(found.name)
    if found.quoted:
        return why_literal(value, label) or _between(data, found, value)
    if _INTERPOLATED.match(data, found.value.start):
        return "template or variable"
    if _SEPARATED.search(data, found.name_span.end, found.value.start) is None:
        return None  # an option of a command
    return why_name(value, label) or _why_expression(data, found)


def _between(data: bytes, found: Labelled, value: bytes) -> str | None:
    start = max(0, found.name_span.start - _LINE)
    before = data[start : found.name_span.start].rpartition(b"\n")[2]
    opening = data[found.name_span.end : found.value.start]
    quote = next((mark for mark in _QUOTES if opening.endswith(mark)), b"")
    stem = opening[: len(opening) - len(quote)].rstrip(b"\\")
    if quote in stem:
        return None  # the name's literal was closed before
    slashes = opening[len(stem) : len(opening) - len(quote)]
    return why_between(before, slashes + quote, value)


def _why_expression(data: bytes, found: Labelled) -> str | None:
    start = found.value.start
    if _is_json_literal(data, found):
        return _EXPRESSION
    if data[start - 1 : start] == b"(":
        start -= 1  # part of the expression: `(*v1.Secret)(0xc420…)`
    after = plain_text(data[start : start + READ])
    reading = read(after)
    if reading.end is End.BROKEN:
        return None
    if len(reading.names) == 1 and not reading.applied and reading.names[0] in _LITERALS:
        return _EXPRESSION
    # The whole value, but for what ends a statement; a password may begin like an expression.
    whole = not after[reading.width : len(plain_text(data[start : found.value.end]))].strip(b";,)}] ")
    if whole and _says_enough(reading, data[found.name_span.end : start], words(found.name)):
        return _EXPRESSION
    if reading.odd:
        return None
    before = data[max(0, found.name_span.start - REACH) : found.name_span.start]
    # The value itself says nothing of the text that it stands in: passwords have signs, too.
    behind = data[found.value.end : found.value.end + REACH]
    return _EXPRESSION if is_program(before, behind) else None


# Behind a quoted name and a colon: no string of JSON stands without quotes.
_JSON_NAME = expression(rb"\\{0,4}[\"']\s{0,4}:\s{0,4}$")
_JSON_LITERAL = expression(rb"(?:-?\d{1,12}(?:\.\d{1,12})?|true|false|null|None|True|False)[\]},]")


def _is_json_literal(data: bytes, found: Labelled) -> bool:
    named = _JSON_NAME.match(data[found.name_span.end : found.value.start]) is not None
    return named and _JSON_LITERAL.match(data, found.value.start) is not None


def _says_enough(reading: Expression, separator: bytes, label: tuple[str, ...]) -> bool:
    """Whether the expression itself is no value, whatever stands around it."""
    if reading.odd or reading.terse or not reading.worded or reading.end is not End.COMPLETE:
        return False
    if reading.applied:
        return reading.index <= _MOST_DIGITS
    if reading.prefixed and reading.joined:
        return True
    compared = _COMPARED.search(separator) is not None
    named = any(why_name(name, label) for name in reading.names)
    return named and (compared or reading.prefixed or reading.joined)
