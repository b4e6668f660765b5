"""
MessagePack: the strings of values, with the keys of their maps.

Source: msgpack/spec.md. A length of 48 to 122 bytes is a letter or digit in front of the string, and a key
stands apart from its value; both hide values from the scan of printable strings.
"""

from __future__ import annotations

from collections.abc import Iterator

from leakgate.model.gap import Gap
from leakgate.model.segment import Segment
from leakgate.unpack.formats.labelled_values import Unread, gathered
from leakgate.unpack.formats.packed_trees import CUT, Item, Kind, walked

_SUFFIXES = (".msgpack", ".mpack", ".mpk", ".msgp")
# First byte, width of the length, fixed bytes besides (the type of an extension).
_SIZED = {
    0xC4: (Kind.BYTES, 1, 0), 0xC5: (Kind.BYTES, 2, 0), 0xC6: (Kind.BYTES, 4, 0),
    0xC7: (Kind.OTHER, 1, 1), 0xC8: (Kind.OTHER, 2, 1), 0xC9: (Kind.OTHER, 4, 1),
    0xD9: (Kind.TEXT, 1, 0), 0xDA: (Kind.TEXT, 2, 0), 0xDB: (Kind.TEXT, 4, 0),
}  # fmt: skip
_COUNTED = {0xDC: (Kind.LIST, 2), 0xDD: (Kind.LIST, 4), 0xDE: (Kind.MAP, 2), 0xDF: (Kind.MAP, 4)}
_FIXED = {
    0xC0: 0, 0xC2: 0, 0xC3: 0, 0xCA: 4, 0xCB: 8, 0xCC: 1, 0xCD: 2, 0xCE: 4, 0xCF: 8,
    0xD0: 1, 0xD1: 2, 0xD2: 4, 0xD3: 8, 0xD4: 2, 0xD5: 3, 0xD6: 5, 0xD7: 9, 0xD8: 17,
}  # fmt: skip
_LOOKED_AT = 64  # items


class MsgpackValues:
    """By name, and by whether it begins as a map or a list of well-formed items."""

    name = "MessagePack"

    def matches(self, head: bytes, name: str) -> bool:
        return name.lower().endswith(_SUFFIXES) and _begins_well(head)

    def read(self, document: Segment) -> Iterator[Segment | Gap]:
        """Segments of FIELDS."""
        yield from gathered(document, self.name, walked(document.data, item_at, 0))


def _begins_well(head: bytes) -> bool:
    at = 0
    for _ in range(_LOOKED_AT):
        if at >= len(head):
            break
        try:
            at = item_at(head, at).following
        except Unread:
            return False
    return bool(head)


def item_at(data: bytes, at: int) -> Item:
    """Raises Unread for the one byte that begins nothing."""
    code = data[at]
    at += 1
    if code < 0x80 or code >= 0xE0:
        return Item(Kind.OTHER, at)
    if code < 0xA0:
        return Item(Kind.MAP if code < 0x90 else Kind.LIST, at, count=code & 15)
    if code < 0xC0:
        end = at + (code & 31)
        return Item(Kind.TEXT, end, at, end)
    if code in _COUNTED:
        kind, width = _COUNTED[code]
        return Item(kind, at + width, count=int.from_bytes(data[at : at + width], "big"))
    if code in _SIZED:
        kind, width, besides = _SIZED[code]
        start = at + width + besides
        end = start + int.from_bytes(data[at : at + width], "big")
        return Item(kind, end, start, end)
    if code not in _FIXED:
        raise CUT
    return Item(Kind.OTHER, at + _FIXED[code], at, at + _FIXED[code])
