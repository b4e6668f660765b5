"""
The one decision about contacts of software: whoever found a name or an address, here it is told whose it is.

A match in a place where a tool names who made a piece of software, or of an address that is no person's, gets
a rule of its own; what the policy makes of it is the policy's business. Looks at no word near a value.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from leakgate.detect.contacts.addresses import (
    address_of_a_role,
    address_of_nobody,
    in_a_heap_record,
    sign_of_an_account,
)
from leakgate.detect.contacts.credits import Credits
from leakgate.detect.contacts.lines import LINES, LineShape
from leakgate.detect.contacts.manifest import in_manifest, in_sarif_tool
from leakgate.detect.program.comment import why_no_person
from leakgate.model.detection import CONTACT_FAMILY, Category, Confidence, Match, Rule, Severity
from leakgate.model.expressions import expression
from leakgate.model.segment import Segment, SegmentKind
from leakgate.model.spans import Span

_NAMES = {
    "EMAIL_ADDRESS": "Contact of software: e-mail address",
    "PERSON": "Contact of software: name",
    "PHONE_NUMBER": "Contact of software: telephone number",
    "STREET_ADDRESS": "Contact of software: address",
}
RULES: dict[str, Rule] = {
    entity: Rule(
        id=f"software-contact/{entity.lower().replace('_', '-')}",
        name=name,
        entity=entity,
        category=Category.PII,
        severity=Severity.INFO,
        confidence=Confidence.LOW,
        family=CONTACT_FAMILY,
        reference="https://www.rfc-editor.org/rfc/rfc2142",
        remediation="Nothing to do where the contact is public; leave the line out if it is not.",
        specificity=4,
    )
    for entity, name in _NAMES.items()
}
_LONGEST_LINE = 1200  # bytes to both sides
_LINES_AROUND = 14
_WHO = ("who", "who2", "who3", "who4")
_BREAK = expression(rb"[\r\n]")
_ASSIGNED = expression(rb"[\w\]\"')][\"']?[ \t]*(?:=|=>|:)[ \t]*[\"'\[(<]{0,3}$")
_SARIF_TOOL = expression(r"/tool/(?:driver|extensions/\d+)/(?:name|fullName|organization|product)$")
# pip's installation report (PEP 610, version 1), and the name of a header in a HAR or a trace.
_PIP_METADATA = expression(r"/install/\d{1,5}/metadata/(?:(?:author|maintainer)(?:_email)?|description)$")
_HEADER_NAME = expression(r"/headers/\d{1,4}/name$")
# Headers that only browsers set, by their reserved beginning (Fetch, section 2.2.2).
_SEC_HEADER = expression(rb"Sec-(?:Fetch|CH|WebSocket|Purpose)(?:-[A-Z][A-Za-z]{1,20}){0,4}")
# The sources of a program, by the source map format (ECMA-426).
_SOURCE = expression(r"/sourcesContent/\d{1,6}$")
# Decodings after which a line is still a line of what the tool wrote.
_SAME_LINES = frozenset({"ansi", "utf-16", "utf-32", "utf16", "utf32"})


class Contacts:
    """Judges matches of one segment; what it learns of the text is dropped with it."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment
        self._credits: Credits | None = None

    def judged(self, match: Match) -> Match:
        """The match, under the rule of contacts where it is one."""
        rule = RULES.get(match.rule.entity)
        if rule is None or match.synthetic is not None or match.rule.category is not Category.PII:
            return match
        reason = self._reason(match)
        if reason is None:
            return match
        return replace(match, rule=rule, confidence=Confidence.LOW, because=f"contact of software: {reason}")

    def _reason(self, match: Match) -> str | None:
        data, span = self._segment.data, match.span
        if match.rule.entity == "EMAIL_ADDRESS":
            address = data[span.start : span.end].decode("utf-8", "replace")
            by_itself = (
                address_of_nobody(address) or sign_of_an_account(data, span) or self._in_a_record(span)
            )
            if by_itself is not None:
                return by_itself
            if address_of_a_role(address) and not self._is_data(span):
                return "role"
        return self._place(match)

    def _is_name_of_a_tool(self, span: Span) -> bool:
        """SARIF 2.1.0, section 3.18: what made the report, by the place in the document."""
        pointer = self._segment.contexts.at(span.start).pointer
        if pointer is not None:
            return _SARIF_TOOL.search(pointer) is not None
        return self._segment.kind is SegmentKind.LOG and in_sarif_tool(self._segment.data, span)

    def _in_a_record(self, span: Span) -> str | None:
        """The strings of a binary stand alone; what was around them stands in its own bytes."""
        segment = self._segment
        if segment.kind is not SegmentKind.BLOB or segment.decoded:
            return None
        return in_a_heap_record(segment.text.raw, segment.trail.to_raw(span))

    def _by_pointer(self, match: Match) -> str | None:
        """The id of a field of a tool's document: the maker of a package, or the name of a header."""
        if match.rule.entity == "PERSON" and self._is_name_of_a_tool(match.span):
            return "tool-name"
        pointer = self._segment.contexts.at(match.span.start).pointer
        if pointer is None:
            return None
        if _PIP_METADATA.search(pointer):
            return "pip-report"
        if (
            match.rule.entity == "PERSON"
            and match.confidence is not Confidence.HIGH
            and _SOURCE.search(pointer)
        ):
            return "source-map"
        return "header-name" if match.rule.entity == "PERSON" and _HEADER_NAME.search(pointer) else None

    def _is_data(self, span: Span) -> bool:
        """Whether the value is a field's: of a document, or assigned to a name."""
        before = self._segment.data[max(0, span.start - 80) : span.start]
        return self._segment.kind is SegmentKind.FIELDS or _ASSIGNED.search(before) is not None

    def _place(self, match: Match) -> str | None:
        segment, span = self._segment, match.span
        by_itself = self._by_pointer(match) or self._by_program(match)
        if by_itself is not None:
            return by_itself
        if segment.kind is not SegmentKind.LOG or not _SAME_LINES.issuperset(segment.decoded):
            return None
        shape = shape_at(segment.data, span)
        if shape is not None:
            return shape.id
        return "manifest" if in_manifest(segment.data, span) else self._by_credits(match)

    def _by_program(self, match: Match) -> str | None:
        if match.rule.entity != "PERSON" or match.confidence is Confidence.HIGH:
            return None
        if _SEC_HEADER.fullmatch(self._segment.data, match.span.start, match.span.end):
            return "header-name"
        return why_no_person(self._segment.data, match.span)

    def _by_credits(self, match: Match) -> str | None:
        if match.rule.entity != "PERSON" or match.confidence is Confidence.HIGH:
            return None
        if self._credits is None:
            self._credits = Credits(self._segment.data)
        return "credits" if self._credits.holds(match.span) else None


def shape_at(data: bytes, span: Span) -> LineShape | None:
    """The shape of the line or field in which `span` is the place of a contact."""
    start, end = _line(data, span)
    line = data[start:end]
    for shape in LINES:
        for hit in _hits(shape, line):
            if _covers(hit, Span(span.start - start, span.end - start)) and _is_framed(
                shape, data, start, end
            ):
                return shape
    return None


def _hits(shape: LineShape, line: bytes) -> Iterator[object]:
    if shape.anywhere:
        yield from shape.expression.finditer(line)
    elif (whole := shape.expression.fullmatch(line)) is not None:
        yield whole


def _covers(hit: object, span: Span) -> bool:
    groups = hit.re.groupindex  # type: ignore[attr-defined]
    return any(
        hit.start(name) <= span.start and span.end <= hit.end(name)  # type: ignore[attr-defined]
        for name in _WHO
        if name in groups
    )


def _is_framed(shape: LineShape, data: bytes, start: int, end: int) -> bool:
    """Whether the lines around are those that the tool writes there."""
    if shape.above is not None:
        above = _before(data, start, 2)
        return any(shape.above.search(line) for line in above)
    if shape.block is None:
        return True
    lines = (*_paragraph(_before(data, start, _LINES_AROUND)), *_paragraph(_behind(data, end, _LINES_AROUND)))
    return len({found[0] for line in lines if (found := shape.block.search(line))}) >= 2


def _line(data: bytes, span: Span) -> tuple[int, int]:
    low, high = max(0, span.start - _LONGEST_LINE), min(len(data), span.end + _LONGEST_LINE)
    start = max(data.rfind(b"\n", low, span.start), data.rfind(b"\r", low, span.start)) + 1 or low
    behind = _BREAK.search(data, span.end, high)
    return start, behind.start() if behind else high


def _before(data: bytes, start: int, number: int) -> list[bytes]:
    """The lines before an offset that begins one, the nearest first."""
    low = max(0, start - number * 200)
    return data[low:start].replace(b"\r", b"").split(b"\n")[:-1][::-1][:number]


def _behind(data: bytes, end: int, number: int) -> list[bytes]:
    return data[end : end + number * 200].replace(b"\r", b"").split(b"\n")[1 : number + 1]


def _paragraph(lines: list[bytes]) -> Iterator[bytes]:
    """Up to the first empty line."""
    for line in lines:
        if not line.strip():
            return
        yield line
