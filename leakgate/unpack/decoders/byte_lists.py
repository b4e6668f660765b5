"""
Bytes printed one by one: dumps of `xxd`, `hexdump -C` and `od`, `<Buffer 7b 22>`, `0x7b, 0x22`, `[123 34]`.

The columns of consecutive lines are put together; what stands beside them is left out.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence

from leakgate.model.detection import Pattern, Suspect
from leakgate.model.segment import Segment
from leakgate.unpack.decoders.grouped import Places
from leakgate.unpack.decoders.payload import children, is_text
from leakgate.unpack.decoders.regions import regions

_MOST_LINES = 65_536
_LONGEST_LINE = 400
_DUMP = re.compile(
    rb"(?<![^\n |:>])[0-9A-Fa-f]{4,16}(?::|  ?| ?\t)[ \t]{0,2}"
    rb"((?:[0-9A-Fa-f]{2} {0,2}){1,16})(?=[ \t|\r\n]|(?<= )|$)"
)
_LISTS = re.compile(
    rb"(?:0x[0-9A-Fa-f]{2}[,; \t\r\n]{1,8}){5,}0x[0-9A-Fa-f]{2}\b"
    rb"|\b(?:[0-9A-Fa-f]{2}[ :]){9,}[0-9A-Fa-f]{2}\b"
    rb"|\b(?:[0-9]{1,3}(?:, ?| )(?:\r?\n *)?){9,}[0-9]{1,3}\b"
)
_HEX = re.compile(rb"(?:0x)?([0-9A-Fa-f]{2})")
_NUMBER = re.compile(rb"([0-9]+)")
_DECIMAL_LIST = re.compile(rb"[0-9, \r\n]+")
_CODE = rb"(?:3[2-9]|[4-9]\d|1[01]\d|12[0-6])"


class ByteLists:
    """Text that somebody printed as the numbers of its bytes."""

    name = "bytes"
    patterns = (
        Pattern("decode/bytes-xxd", rb"[0-9a-f]{6,8}: (?:[2-7][0-9a-f]{3} ){3}", max_width=80),
        Pattern("decode/bytes-pairs", rb"\b(?:[2-7][0-9A-Fa-f][ :] ?){8}", max_width=80),
        Pattern("decode/bytes-literals", rb"(?:0x[2-7][0-9A-Fa-f], ?){6}", max_width=80),
        Pattern("decode/bytes-decimal", rb"\b(?:" + _CODE + rb"(?:, ?| )){10}", max_width=80),
    )

    def decode(self, segment: Segment, suspects: Sequence[Suspect]) -> Iterator[Segment]:
        data, done = segment.data, 0
        for region in regions(data, suspects):
            at, before = max(region.start, done), done
            while (row := _DUMP.search(data, at, region.end)) is not None:
                dump = _dumped(data, data.rfind(b"\n", 0, row.start()) + 1)
                at = done = max(row.end(), dump.ends[-1] if dump.values else 0)
                yield from self._children(segment, dump)
            if done > before:
                continue
            for found in _LISTS.finditer(data, at, region.end + _LONGEST_LINE):
                yield from self._children(segment, _listed(data, found))

    def _children(self, segment: Segment, octets: Octets) -> Iterator[Segment]:
        raw = bytes(octets.values)
        if raw and is_text(raw):
            yield from children(segment, raw, self.name, Places(octets.starts, octets.ends), octets.starts[0])


class Octets:
    """Bytes and where each of them stands; arrays, for a dump has many."""

    __slots__ = ("ends", "starts", "values")

    def __init__(self) -> None:
        self.values = bytearray()
        self.starts = array("Q")
        self.ends = array("Q")

    def add(self, value: int, place: tuple[int, int]) -> None:
        self.values.append(value)
        self.starts.append(place[0])
        self.ends.append(place[1])


def _dumped(data: bytes, start: int) -> Octets:
    """The bytes of a dump that begins on the line at `start`, line by line while they look alike."""
    octets = Octets()
    for _ in range(_MOST_LINES):
        newline = data.find(b"\n", start, start + _LONGEST_LINE)
        end = newline if newline >= 0 else min(len(data), start + _LONGEST_LINE)
        line = _DUMP.search(data, start, end)
        if line is None:
            break
        for pair in _HEX.finditer(data, line.start(1), line.end(1)):
            octets.add(int(pair[1], 16), pair.span(1))
        if newline < 0:
            break
        start = newline + 1
    return octets


def _listed(data: bytes, found: re.Match[bytes]) -> Octets:
    """The numbers of a list up to the first that is no byte."""
    octets = Octets()
    decimal = _DECIMAL_LIST.fullmatch(found[0]) is not None
    for number in (_NUMBER if decimal else _HEX).finditer(data, found.start(), found.end()):
        value = int(number[1], 10 if decimal else 16)
        if value > 255:
            break
        octets.add(value, number.span(1))
    return octets
