"""
BSON, as `mongodump` writes it: the strings of documents, with their names.

Source: bsonspec.org, version 1.1. Documents stand one behind the other.
"""

from __future__ import annotations

from collections.abc import Iterator

from leakgate.model.gap import Gap, GapReason
from leakgate.model.segment import Segment
from leakgate.unpack.formats.labelled_values import Path, Unread, Value, gathered
from leakgate.unpack.formats.packed_trees import CUT

_DEEPEST = 100
_LEAST_TEXT = 4
_LONGEST_NAME = 1024
_TEXTS, _PARTS = (0x02, 0x0D, 0x0E), (0x03, 0x04)
_FIXED = {0x01: 8, 0x06: 0, 0x07: 12, 0x08: 1, 0x09: 8, 0x0A: 0, 0x10: 4, 0x11: 8, 0x12: 8, 0x13: 16}
_FIXED |= {0x7F: 0, 0xFF: 0}
_BINARY, _REGEX, _POINTER, _CODE = 0x05, 0x0B, 0x0C, 0x0F


class BsonValues:
    """By a length that fits, a known type and a name behind it."""

    name = "BSON"

    def matches(self, head: bytes, name: str) -> bool:
        length = int.from_bytes(head[:4], "little")
        if not (name.lower().endswith(".bson") or length == len(head)) or length < 12 or len(head) < 12:
            return False
        ends = length > len(head) or head[length - 1] == 0
        return ends and head[4] in (*_TEXTS, *_PARTS, *_FIXED, _BINARY) and head.find(b"\0", 5, 5 + 128) > 5

    def read(self, document: Segment) -> Iterator[Segment | Gap]:
        """Segments of FIELDS."""
        yield from gathered(document, self.name, _documents(document.data))


def _documents(data: bytes) -> Iterator[Value]:
    at, nth = 0, 0
    while at + 5 <= len(data):
        length = int.from_bytes(data[at : at + 4], "little")
        if length < 5:
            raise CUT
        yield from _elements(data, at + 4, min(at + length, len(data)), (nth,), "")
        at, nth = at + length, nth + 1
    if at != len(data):
        raise CUT


def _elements(data: bytes, at: int, end: int, path: Path, label: str) -> Iterator[Value]:
    """The elements of one document; those of a list have the list's name. Raises Unread."""
    if len(path) > _DEEPEST:
        raise Unread(GapReason.TOO_DEEP, f"nested deeper than {_DEEPEST} levels")
    while at < end and data[at]:
        kind = data[at]
        stop = data.find(b"\0", at + 1, min(end, at + _LONGEST_NAME))
        if stop < 0:
            raise CUT
        name = data[at + 1 : stop].decode("utf-8", "replace")
        own = label if name.isdigit() and label else name
        at = stop + 1
        length = int.from_bytes(data[at : at + 4], "little")
        if kind in _TEXTS:
            if _LEAST_TEXT < length <= end - at:
                yield Value(own, data[at + 4 : at + 3 + length], at + 4, (*path, name))
        elif kind in _PARTS:
            yield from _elements(data, at + 4, min(at + length, end), (*path, name), own)
        at += _width(data, kind, at, length)


def _width(data: bytes, kind: int, at: int, length: int) -> int:
    """How many bytes a value takes. Raises Unread for an unknown type."""
    if kind in _FIXED:
        return _FIXED[kind]
    if kind in _TEXTS:
        return 4 + length
    if kind == _BINARY:
        return 5 + length
    if kind in (*_PARTS, _CODE):
        return max(length, 4)
    if kind == _POINTER:
        return 16 + length
    if (
        kind == _REGEX
        and (middle := data.find(b"\0", at)) >= 0
        and (end := data.find(b"\0", middle + 1)) >= 0
    ):
        return end + 1 - at
    raise CUT
