"""
Bytes printed one by one: dumps with offsets, `<Buffer 7b 22>`, `0x7b, 0x22`, `[123 34]`.

Never decides what the bytes are worth.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence

from leakgate.model.detection import Pattern, Suspect
from leakgate.model.expressions import expression
from leakgate.model.segment import Segment
from leakgate.unpack.decoders.byte_dumps import LAYOUTS, dumped
from leakgate.unpack.decoders.grouped import Places
from leakgate.unpack.decoders.octets import Octets
from leakgate.unpack.decoders.payload import children, is_text
from leakgate.unpack.decoders.regions import regions

_LONGEST_LINE = 400
_LEAST_BYTES = 8
_MOST_BREAKS = 8  # of UTF-8 before a dump is taken for no text
_CONTROL = expression(rb"[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f]")
_LISTS = expression(
    rb"(?:0x[0-9A-Fa-f]{2}[,; \t\r\n]{1,8}){5,}0x[0-9A-Fa-f]{2}\b"
    rb"|\b(?:[0-9A-Fa-f]{2}[ :]){9,}[0-9A-Fa-f]{2}\b"
    rb"|\b(?:[0-9]{1,3}(?:, ?| )(?:\r?\n *)?){9,}[0-9]{1,3}\b"
)
_HEX = expression(rb"(?:0x)?([0-9A-Fa-f]{2})")
_NUMBER = expression(rb"([0-9]+)")
_DECIMAL_LIST = expression(rb"[0-9, \r\n]+")
_CODE = rb"(?:3[2-9]|[4-9]\d|1[01]\d|12[0-6])"


class ByteLists:
    """Text that somebody printed as the numbers of its bytes."""

    name = "bytes"
    patterns = (
        Pattern("decode/bytes-xxd", rb"(?: [2-7][0-9a-f]{3} {0,3}){3} ", max_width=80),
        Pattern("decode/bytes-pairs", rb"\b(?:[2-7][0-9A-Fa-f][ :-] ?){8}", max_width=80),
        Pattern("decode/bytes-literals", rb"(?:0x[2-7][0-9A-Fa-f], ?){6}", max_width=80),
        Pattern("decode/bytes-decimal", rb"\b(?:" + _CODE + rb"(?:, ?| )){10}", max_width=80),
        Pattern("decode/bytes-octal", rb"\b(?:(?:0[4-7]|1[0-7])[0-7] ){8}", max_width=80),
        Pattern("decode/bytes-octal-words", rb"\b[0-7]{7}(?: 0[2-7][0-7]{4}){3}", max_width=80),
        Pattern(
            "decode/bytes-characters", rb"\b[0-7]{7}(?: {3}[ -~]| {2}\\[abfnrtv0]| [0-7]{3}){7}", max_width=80
        ),
    )

    def decode(self, segment: Segment, suspects: Sequence[Suspect]) -> Iterator[Segment]:
        data, done, seen = segment.data, 0, 0
        for region in regions(data, suspects):
            at = max(region.start, seen)
            before = done
            while at < region.end:
                octets, reach = _dump_at(data, data.rfind(b"\n", 0, at) + 1)
                behind = data.find(b"\n", max(at, reach))
                at = behind + 1 if behind >= 0 else len(data)
                if octets is not None:
                    done = at
                    yield from self._children(segment, octets)
            seen = max(seen, at)
            if done > before:
                continue
            for found in _LISTS.finditer(data, max(region.start, done), region.end + _LONGEST_LINE):
                yield from self._children(segment, _listed(data, found))

    def _children(self, segment: Segment, octets: Octets) -> Iterator[Segment]:
        raw = bytes(octets.values)
        if raw and is_text(raw):
            yield from children(segment, raw, self.name, Places(octets.starts, octets.ends), octets.starts[0])


def _dump_at(data: bytes, start: int) -> tuple[Octets | None, int]:
    """The text that ends the dump on the line at `start`, if there is any; how far that dump reaches."""
    reach = start
    for layout in LAYOUTS:
        octets = dumped(data, start, layout)
        if len(octets.values) < _LEAST_BYTES:
            continue
        reach = max(reach, *octets.ends[-2:])
        first = _text_from(bytes(octets.values))
        if len(octets.values) - first >= _LEAST_BYTES:
            return octets.behind(first), reach
    return None, reach


def _text_from(raw: bytes) -> int:
    """Where the longest end of `raw` that is text begins; its length where there is none."""
    controls = [found.start() for found in _CONTROL.finditer(raw)]
    begins = (0, *(at + 1 for at in controls))
    left = range(len(controls), -1, -1)
    first = next(at for at, more in zip(begins, left, strict=True) if more * 50 <= len(raw) - at)
    for _ in range(_MOST_BREAKS):
        if is_text(raw[first:]):
            return first
        try:
            codecs.utf_8_decode(raw[first:], "strict", False)
        except UnicodeDecodeError as error:
            first += error.end
        else:
            break
    return len(raw)


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
