"""
Binary property lists of Apple's systems: the strings of a tree, with the keys of their dictionaries.

Source: CFBinaryPList.c of CoreFoundation. Objects refer to each other by number; a container that is
referred to again, also by itself, is read once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from leakgate.model.gap import Gap
from leakgate.model.offsets import Shift
from leakgate.model.segment import Segment
from leakgate.unpack.decoders.payload import children
from leakgate.unpack.formats.labelled_values import Path, Through, Value, gathered
from leakgate.unpack.formats.packed_trees import CUT
from leakgate.unpack.transcode import Transcoded

_MARK = b"bplist00"
_TRAILER = 32  # bytes
_LEAST_TEXT = 3
_LONGEST_LABEL = 80
_DATA, _ASCII, _UTF16, _ARRAY, _SET, _DICTIONARY = 0x4, 0x5, 0x6, 0xA, 0xC, 0xD
_COUNTED_APART = 15
_WIDE = "utf-16-be"


class BinaryPlist:
    """By its mark."""

    name = "binary property list"

    def matches(self, head: bytes, name: str) -> bool:
        return head.startswith(_MARK)

    def read(self, document: Segment) -> Iterator[Segment | Gap]:
        """Segments of FIELDS, and one for each piece of data that holds text or a document."""
        yield from gathered(document, self.name, _values(document))


class _Object(NamedTuple):
    """Its kind, how many characters, bytes or references it has, and where they begin."""

    kind: int
    size: int
    start: int


class _Place(NamedTuple):
    """An object by number, with what it is called and the way to it."""

    number: int
    label: str
    path: Path


class _Table(NamedTuple):
    """Where objects stand: what the trailer says."""

    data: bytes
    offset_width: int
    reference_width: int
    objects: int
    top: int
    offsets: int

    def object(self, number: int) -> _Object:
        """Raises Unread for what lies outside."""
        if number >= self.objects:
            raise CUT
        at = self._number(self.offsets + number * self.offset_width, self.offset_width)
        kind, count = divmod(self._number(at, 1), 16)
        at += 1
        if count == _COUNTED_APART and kind >= _DATA:
            width = 1 << (self._number(at, 1) & 3)
            count = self._number(at + 1, width)
            at += 1 + width
        return _Object(kind, count, at)

    def references(self, start: int, count: int) -> list[int]:
        width = self.reference_width
        if count * width > len(self.data) - start:
            raise CUT
        return [self._number(start + nth * width, width) for nth in range(count)]

    def text(self, found: _Object) -> bytes | None:
        """As it stands; None for what is no text."""
        if found.kind not in (_ASCII, _UTF16):
            return None
        end = found.start + found.size * (1 if found.kind == _ASCII else 2)
        if end > len(self.data):
            raise CUT
        return self.data[found.start : end]

    def name(self, number: int) -> str:
        found = self.object(number)
        raw = self.text(found) or b""
        return raw.decode(_WIDE if found.kind == _UTF16 else "latin-1", "replace")[:_LONGEST_LABEL]

    def _number(self, at: int, width: int) -> int:
        if at + width > len(self.data):
            raise CUT
        return int.from_bytes(self.data[at : at + width], "big")


def _table(data: bytes) -> _Table:
    if len(data) < len(_MARK) + _TRAILER:
        raise CUT
    trailer = data[-_TRAILER:]
    offset_width, reference_width = trailer[6], trailer[7]
    objects, top, offsets = (int.from_bytes(trailer[at : at + 8], "big") for at in (8, 16, 24))
    if not 1 <= offset_width <= 8 or not 1 <= reference_width <= 8:
        raise CUT
    return _Table(data, offset_width, reference_width, objects, top, offsets)


def _values(document: Segment) -> Iterator[Value | Segment]:
    table = _table(document.data)
    waiting = [_Place(table.top, "", ())]
    read: set[int] = set()
    while waiting:
        place = waiting.pop()
        found = table.object(place.number)
        if found.kind in (_ARRAY, _SET, _DICTIONARY):
            if place.number not in read:
                read.add(place.number)
                waiting += reversed(_within(table, found, place))
        elif (raw := table.text(found)) is not None:
            if len(raw) >= _LEAST_TEXT:
                yield _value(found, raw, place)
        elif found.kind == _DATA:
            raw = document.data[found.start : found.start + found.size]
            yield from children(document, raw, "blob", Shift(found.start), 0)


def _within(table: _Table, found: _Object, place: _Place) -> list[_Place]:
    """What a container holds; an element of an array is called what the array is called."""
    references = table.references(found.start, found.size * (2 if found.kind == _DICTIONARY else 1))
    if found.kind != _DICTIONARY:
        return [_Place(n, place.label, (*place.path, nth)) for nth, n in enumerate(references)]
    names = [table.name(number) for number in references[: found.size]]
    return [
        _Place(number, name, (*place.path, name))
        for name, number in zip(names, references[found.size :], strict=True)
    ]


def _value(found: _Object, raw: bytes, place: _Place) -> Value:
    label = place.label or "text"
    if found.kind == _ASCII:
        return Value(label, raw, found.start, place.path)
    text = raw.decode(_WIDE, "replace").encode("utf-8", "replace")
    return Value(label, text, Through(Shift(found.start), Transcoded(text, _WIDE)), place.path)
