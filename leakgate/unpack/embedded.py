"""
Documents within segments: what a value decoded to, and what a field of another document holds.

They are read like files, but told by content alone, and what is known of the place around them stays
known. Never decodes anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from leakgate.model.expressions import expression
from leakgate.model.gap import Gap
from leakgate.model.offsets import Shift, Trail
from leakgate.model.records import dataclass
from leakgate.model.segment import Context, ContextIndex, Segment, SegmentKind
from leakgate.model.spans import Span
from leakgate.unpack.documents import read_as
from leakgate.unpack.formats.base import Format
from leakgate.unpack.formats.binary_registry import BINARY_FORMATS
from leakgate.unpack.formats.json_syntax import may_be_json
from leakgate.unpack.formats.registry import format_for
from leakgate.unpack.identify import HEAD

_LEAST = 24  # bytes; in less there is no name and no value
# Decodings whose result is one text from its beginning; others put lines together.
_WHOLE = frozenset(
    (
        "base64",
        "base32",
        "hex",
        "bytes",
        "gzip",
        "zlib",
        "deflate",
        "bzip2",
        "xz",
        "brotli",
        "utf-16-le",
        "utf-16-be",
        "ascii85",
        "uuencode",
        "chunked",
    )
)
_FIELD = expression(rb"\x1f\s{0,40}+[{\[<]")
_DOCUMENT_STARTS = (b"{", b"[", b"<")


def embedded_documents(segment: Segment) -> Iterator[Segment | Gap]:
    """The fields of every document that `segment` is or holds as a field; gaps of damaged ones."""
    if segment.kind is SegmentKind.FIELDS:
        for document in _fields(segment):
            yield from _read(document, format_for(document.data[:HEAD], _name_of(document.data)))
    elif segment.decoded and segment.decoded[-1] in _WHOLE and len(segment.data) >= _LEAST:
        yield from _read(segment, _format_of(segment))


def _format_of(segment: Segment) -> Format | None:
    head = segment.data[:HEAD]
    if segment.kind is SegmentKind.BLOB:
        return next((known for known in BINARY_FORMATS if known.matches(head, "")), None)
    if not head.lstrip().startswith(_DOCUMENT_STARTS):
        return None
    return format_for(head, _name_of(segment.data))


def _name_of(data: bytes) -> str:
    """What a file of that content would be called; markup without a declaration is told by its end."""
    return "value.xml" if data[:64].lstrip()[:1] == b"<" and data[-64:].rstrip()[-1:] == b">" else ""


def may_be_document(data: bytes, start: int, end: int) -> bool:
    """Most values that begin with a bracket are none: told before anything is made of them.

    Each format that is not JSON needs a blank or `<` at its beginning, a `<` in its first 4 KiB, or a zero.
    """
    return (
        data[start] not in b"{["
        or may_be_json(data, start, min(end, start + HEAD))
        or data.find(b"<", start, end) >= 0
        or data.find(b"\0", start, end) >= 0
    )


def _fields(segment: Segment) -> Iterator[Segment]:
    data = segment.data
    for hit in _FIELD.finditer(data):
        start = hit.start() + 1
        end = data.find(b"\x1e", hit.end())
        if end - start >= _LEAST and may_be_document(data, start, end):
            value = segment.derived(data[start:end], "", Shift(start), SegmentKind.LOG)
            yield replace(value, decoded=segment.decoded)


def _read(document: Segment, known: Format | None) -> Iterator[Segment | Gap]:
    if known is None:
        return
    for item in read_as(known, document):
        if isinstance(item, Segment):
            steps = Trail(item.trail.maps[len(document.trail.maps) :])
            yield replace(item, contexts=_Nested(document.contexts, steps, item.contexts))
        else:
            yield item


@dataclass(frozen=True, slots=True)
class _Nested:
    """Contexts of a document within another: pointers one behind the other, the test that either knows."""

    outer: ContextIndex
    steps: Trail
    inner: ContextIndex

    def at(self, offset: int) -> Context:
        inner = self.inner.at(offset)
        outer = self.outer.at(self.steps.to_raw(Span(offset, offset)).start)
        if outer.pointer is None:
            pointer = inner.pointer
        else:
            pointer = f"{outer.pointer}#{inner.pointer}" if inner.pointer else outer.pointer
        return Context(pointer, inner.label, inner.test or outer.test)
