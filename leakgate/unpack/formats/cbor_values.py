"""
CBOR: the strings of values, with the keys of their maps.

Source: RFC 8949. As in MessagePack, lengths that look like letters and keys apart from their values hide
values from the scan of printable strings. Strings in chunks are read chunk by chunk.
"""

from __future__ import annotations

from collections.abc import Iterator

from leakgate.model.gap import Gap
from leakgate.model.segment import Segment
from leakgate.unpack.formats.labelled_values import gathered
from leakgate.unpack.formats.packed_trees import CUT, Item, Kind, walked

_MARK = b"\xd9\xd9\xf7"  # the tag that says "this is CBOR"
_SUFFIXES = (".cbor", ".cborseq")
_KINDS = (Kind.OTHER, Kind.OTHER, Kind.BYTES, Kind.TEXT, Kind.LIST, Kind.MAP, Kind.MARK, Kind.OTHER)
_INDEFINITE = 31
_BREAK = 0xFF


class CborValues:
    """By its own mark, or by name where it begins as a map, a list or a tag."""

    name = "CBOR"

    def matches(self, head: bytes, name: str) -> bool:
        named = name.lower().endswith(_SUFFIXES)
        return head.startswith(_MARK) or (named and 0x80 <= head[:1][0] < 0xE0 if head else False)

    def read(self, document: Segment) -> Iterator[Segment | Gap]:
        """Segments of FIELDS."""
        yield from gathered(document, self.name, walked(document.data, item_at, 0))


def item_at(data: bytes, at: int) -> Item:
    """Raises Unread for lengths that are reserved."""
    code = data[at]
    at += 1
    if code == _BREAK:
        return Item(Kind.END, at)
    kind, short = _KINDS[code >> 5], code & 31
    if short == _INDEFINITE and 2 <= code >> 5 <= 5:
        return Item(Kind.LIST if kind in (Kind.TEXT, Kind.BYTES) else kind, at, count=None)
    if short > 27:
        raise CUT
    width = 1 << short - 24 if short >= 24 else 0
    value = int.from_bytes(data[at : at + width], "big") if width else short
    at += width
    if kind in (Kind.TEXT, Kind.BYTES):
        return Item(kind, at + value, at, at + value)
    if kind in (Kind.LIST, Kind.MAP):
        return Item(kind, at, count=value)
    return Item(kind, at)
