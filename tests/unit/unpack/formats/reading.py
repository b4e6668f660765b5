"""What a format reads from a document, field by field, and the place each value came from."""

from __future__ import annotations

import re
from dataclasses import dataclass

from leakgate.model.gap import Gap
from leakgate.model.segment import Segment, TestRef
from leakgate.model.spans import Span
from leakgate.unpack.formats.base import Format
from tests.kit.segments import segment

_FIELD = re.compile(rb"([^\x1e]*?): \x1f([^\x1e]*)\x1e\n")


@dataclass(frozen=True, slots=True)
class Read:
    """A field; `raw` is what stands at its place in the document."""

    label: str
    value: str
    raw: str
    pointer: str | None
    test: TestRef | None


def fields(known: Format, text: str | bytes) -> list[Read]:
    """Everything `known` reads from `text`, in order."""
    document = segment(text)
    return [
        read
        for item in known.read(document)
        if isinstance(item, Segment)
        for read in _of(item, document.data)
    ]


def gaps(known: Format, text: str | bytes) -> list[Gap]:
    return [item for item in known.read(segment(text)) if isinstance(item, Gap)]


def pairs(known: Format, text: str | bytes) -> list[tuple[str, str]]:
    """Labels and values."""
    return [(read.label, read.value) for read in fields(known, text)]


def place(known: Format, text: str, value: str, wanted: str) -> str:
    """What stands in `text` where `wanted` is, in the field that holds `value`."""
    document = segment(text)
    for item in known.read(document):
        if isinstance(item, Segment) and value.encode() in item.data:
            at = item.data.index(wanted.encode(), item.data.index(value.encode()))
            raw = item.trail.to_raw(Span(at, at + len(wanted.encode())))
            return document.data[raw.start : raw.end].decode()
    raise AssertionError("no field holds the value")


def _of(item: Segment, document: bytes) -> list[Read]:
    found = []
    for hit in _FIELD.finditer(item.data):
        raw = item.trail.to_raw(Span(*hit.span(2)))
        context = item.contexts.at(hit.start(2))
        texts = (part.decode("utf-8", "replace") for part in (hit[1], hit[2], document[raw.start : raw.end]))
        found.append(Read(*texts, context.pointer, context.test))
    return found
