"""What the JSON reader makes of a text, field by field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from leakgate.model.gap import Gap
from leakgate.model.segment import Context, Segment
from leakgate.model.spans import Span
from leakgate.unpack.formats.json_document import JsonDocument
from tests.kit.segments import segment


@dataclass(frozen=True, slots=True)
class Field:
    """A field as it was handed over, and the bytes of the document that it leads back to."""

    label: str
    value: bytes
    raw: bytes
    context: Context
    decoded: tuple[str, ...] = ()


def items_of(text: str | bytes) -> list[Segment | Gap]:
    return list(JsonDocument().read(segment(text, "out/some.json")))


def fields_of(text: str | bytes) -> list[Field]:
    """Every field, in order."""
    return [field for item in items_of(text) if isinstance(item, Segment) for field in _fields(item)]


def labelled(text: str | bytes) -> dict[str, bytes]:
    """Labels to values; of a label that occurs twice, the last."""
    return {field.label: field.value for field in fields_of(text)}


def raw_at(text: str | bytes, part: bytes) -> bytes:
    """The bytes of the document that `part` of some field leads back to."""
    for item in items_of(text):
        if isinstance(item, Segment) and part in item.data:
            at = item.data.index(part)
            return _raw(item, Span(at, at + len(part)))
    raise AssertionError("no field has it")


def _fields(item: Segment) -> Iterator[Field]:
    at = 0
    for line in item.data.split(b"\x1e\n")[:-1]:
        head, _, value = line.partition(b": \x1f")
        start = at + len(line) - len(value)
        raw = _raw(item, Span(start, start + len(value)))
        yield Field(head.decode(), value, raw, item.contexts.at(start), item.decoded)
        at += len(line) + 2


def _raw(item: Segment, span: Span) -> bytes:
    place = item.trail.to_raw(span)
    return item.text.raw[place.start : place.end]
