"""What a reader of binary documents makes of some bytes, field by field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from leakgate.model.artifact import Artifact
from leakgate.model.gap import Gap
from leakgate.model.segment import RawText, Segment, SegmentKind
from leakgate.model.spans import Span
from leakgate.unpack.formats.base import Format


@dataclass(frozen=True, slots=True)
class Field:
    """A field as it was handed over, and the bytes of the document that it leads back to."""

    label: str
    value: bytes
    raw: bytes
    pointer: str | None


def binary(data: bytes) -> Segment:
    """A document as readers are handed it: bytes without lines."""
    return Segment(RawText(Artifact("out/some.bin"), data, None), data, SegmentKind.LOG)


def items_of(known: Format, data: bytes) -> list[Segment | Gap]:
    return list(known.read(binary(data)))


def fields_of(known: Format, data: bytes) -> list[Field]:
    """Every field of its segments of FIELDS, in order."""
    return [
        field
        for item in items_of(known, data)
        if isinstance(item, Segment) and item.kind is SegmentKind.FIELDS
        for field in _fields(item)
    ]


def gaps_of(known: Format, data: bytes) -> list[Gap]:
    return [item for item in items_of(known, data) if isinstance(item, Gap)]


def texts_of(known: Format, data: bytes) -> list[Segment]:
    """The segments that are no fields: what was unpacked."""
    return [i for i in items_of(known, data) if isinstance(i, Segment) and i.kind is not SegmentKind.FIELDS]


def raw_of(item: Segment, part: bytes) -> bytes:
    """The bytes of the document that `part` of a segment leads back to."""
    at = item.data.index(part)
    return _raw(item, Span(at, at + len(part)))


def _fields(item: Segment) -> Iterator[Field]:
    at = 0
    for line in item.data.split(b"\x1e\n")[:-1]:
        head, _, value = line.partition(b": \x1f")
        start = at + len(line) - len(value)
        raw = _raw(item, Span(start, start + len(value)))
        yield Field(head.decode(), value, raw, item.contexts.at(start).pointer)
        at += len(line) + 2


def _raw(item: Segment, span: Span) -> bytes:
    place = item.trail.to_raw(span)
    return item.text.raw[place.start : place.end]
