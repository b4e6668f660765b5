"""
Who wrote a place: its line of source, service, span and HTTP request, as far as anything says so.

What a structured reader knows goes before what stands around the place. Looks at a bounded stretch of
output, and for findings only.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from leakgate.findings.placed import Placed
from leakgate.findings.requests_said import may_be_said, request_of
from leakgate.findings.services_said import service_of
from leakgate.model.segment import Context, Emitter, SegmentKind, TestRef

if TYPE_CHECKING:
    from leakgate.findings.source_lines import SourceLine, SourceLines

_AROUND = 16 * 1024  # bytes on both sides
_CASSETTE = 64 * 1024
# How fields of documents are delimited, see `SegmentKind.FIELDS`: ASCII US and RS.
_FIELD_OPEN, _FIELD_CLOSE = b"\x1f", b"\x1e"
_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")


class Emitters:
    """`sources` is None where no source root was given: then no file is named."""

    def __init__(self, sources: SourceLines | None) -> None:
        self._sources = sources

    def of(self, placed: Placed, context: Context) -> Emitter | None:
        """None where nothing is known."""
        known = context.emitter or Emitter()
        line = self._line(placed, known)
        found = Emitter(
            file=line.file if line is not None else None,
            line=line.line if line is not None else None,
            service=known.service or service_of(_raw_line(placed)[0]),
            span=known.span,
            request=known.request or _request(placed),
        )
        return found if found != Emitter() else None

    def test(self, test: TestRef) -> TestRef:
        """The test with its file as it is below the source root, where it is known to be there."""
        if self._sources is None:
            return test
        found = self._sources.of_test(test)
        if found is None:
            return test
        return replace(test, file=found.file, line=found.line or test.line, in_sources=True)

    def _line(self, placed: Placed, known: Emitter) -> SourceLine | None:
        if self._sources is None:
            return None
        if known.file is not None and (said := self._sources.place(known.file, known.line)) is not None:
            return said
        return self._sources.emitter(*_text(placed)) or self._sources.emitter(*_raw_line(placed))


def _request(placed: Placed) -> str | None:
    for around in (_here(placed), _there(placed, _CASSETTE)):
        if may_be_said(*around) and (found := request_of(*_decoded(*around))) is not None:
            return found
    return None


def _text(placed: Placed) -> tuple[str, int]:
    """What stands around a match in its segment, and the place in it."""
    return _decoded(*_here(placed))


def _raw_line(placed: Placed) -> tuple[str, int]:
    """The line of the raw text, where the match was in a field of it or was decoded from it."""
    raw, low, at, high = _there(placed, _AROUND)
    end = raw.find(b"\n", at, high)
    return _decoded(raw, raw.rfind(b"\n", low, at) + 1 or low, at, end if end >= 0 else high)


# Bytes; where a stretch of them begins, where the place in it is, and where it ends.
_Around = tuple[bytes, int, int, int]


def _here(placed: Placed) -> _Around:
    """What stands around a match in its segment, at most to the ends of its field."""
    data, span = placed.segment.data, placed.match.span
    start, end = max(0, span.start - _AROUND), min(len(data), span.end + _AROUND)
    if placed.segment.kind is SegmentKind.FIELDS:
        start = data.rfind(_FIELD_OPEN, start, span.start) + 1 or start
        closed = data.find(_FIELD_CLOSE, span.start, end)
        end = closed if closed >= 0 else end
    return data, start, span.start, end


def _there(placed: Placed, around: int) -> _Around:
    """What stands around a match in the raw text."""
    text = placed.segment.text
    if text.encoding is None or text.encoding in _WIDE:
        return b"", 0, 0, 0
    raw, at = text.raw, placed.raw
    return raw, max(0, at.start - around), at.start, min(len(raw), at.end + around)


def _decoded(data: bytes, start: int, at: int, end: int) -> tuple[str, int]:
    before = data[start:at].decode("utf-8", "replace")
    return before + data[at:end].decode("utf-8", "replace"), len(before)
