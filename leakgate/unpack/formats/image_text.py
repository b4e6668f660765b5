"""
The words in pictures' metadata: text of PNG, also compressed, and comments and Exif tags of JPEG.

Sources: PNG (Third Edition) 11.3.3; ITU-T T.81 annex B; Exif 2.32, 4.6. Never looks at a pixel.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Literal

from leakgate.model.gap import Gap
from leakgate.model.limits import MIB
from leakgate.model.offsets import OffsetMap, Whole
from leakgate.model.segment import Segment
from leakgate.model.spans import Span
from leakgate.unpack.formats.labelled_values import Value, gathered

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_MOST_INFLATED = 4 * MIB
_LEAST = 4  # bytes of a value
_TEXT_KINDS = (b"tEXt", b"zTXt", b"iTXt")
# Exif tags of type ASCII, BYTE (UTF-16 of Windows) or UNDEFINED that people fill in, or their cameras.
_TAGS = {
    0x010E: "ImageDescription", 0x013B: "Artist", 0x8298: "Copyright", 0x013C: "HostComputer",
    0x9C9B: "XPTitle", 0x9C9C: "XPComment", 0x9C9D: "XPAuthor", 0x9C9E: "XPKeywords",
    0x9286: "UserComment", 0xA430: "CameraOwnerName", 0xA431: "BodySerialNumber",
}  # fmt: skip
_FURTHER = 0x8769  # the tag that leads to the Exif directory
_MOST_TAGS = 512


class ImageText:
    """PNG and JPEG by their signatures."""

    name = "image metadata"

    def matches(self, head: bytes, name: str) -> bool:
        return head.startswith((_PNG, _JPEG))

    def read(self, document: Segment) -> Iterator[Segment | Gap]:
        """Segments of FIELDS, labelled by keyword or tag."""
        data = document.data
        values = _png(data) if data.startswith(_PNG) else _jpeg(data)
        yield from gathered(document, self.name, (value for value in values if len(value.data) >= _LEAST))


def _png(data: bytes) -> Iterator[Value]:
    at = len(_PNG)
    while at + 8 <= len(data):
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if kind in _TEXT_KINDS and (value := _png_text(data, kind, at + 8, at + 8 + length)):
            yield value
        elif kind == b"eXIf":
            yield from _exif(data, at + 8, at + 8 + length)
        at += 12 + length


def _png_text(data: bytes, kind: bytes, start: int, end: int) -> Value | None:
    """Keyword, NUL, then the text; iTXt has two flags and two more strings in between."""
    end = min(end, len(data))
    key = data.find(b"\0", start, end)
    if key < 0:
        return None
    label, at, packed = data[start:key].decode("latin-1"), key + 1, kind == b"zTXt"
    if kind == b"zTXt":
        at += 1  # the method, of which there is one
    elif kind == b"iTXt":
        packed = data[at : at + 1] == b"\1"
        language = data.find(b"\0", at + 2, end)
        at = data.find(b"\0", language + 1, end) + 1
        if language < 0 or not at:
            return None
    path = (kind.decode(), label)
    return _value(label, data[at:end], at, path, packed=packed, is_utf8=kind == b"iTXt")


def _value(label: str, raw: bytes, at: int, path: tuple[str, str], *, packed: bool, is_utf8: bool) -> Value:
    back: OffsetMap | int = at
    if packed:
        codec = zlib.decompressobj()
        size = len(raw)
        raw, back = _inflated(codec, raw), Whole(Span(at, at + size))
    if not is_utf8 and not raw.isascii():
        back = Whole(Span(at, at + len(raw))) if isinstance(back, int) else back
        raw = raw.decode("latin-1").encode()
    return Value(label, raw, back, path)


def _inflated(codec: zlib._Decompress, raw: bytes) -> bytes:
    """Nothing for what is no zlib stream; the beginning of a cut or huge one."""
    try:
        return codec.decompress(raw, _MOST_INFLATED)
    except zlib.error:
        return b""


def _jpeg(data: bytes) -> Iterator[Value]:
    """The segments up to the picture itself."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        start, end = at + 4, min(at + 2 + length, len(data))
        if marker == 0xDA or length < 2:
            return
        if marker == 0xFE:
            yield Value("comment", data[start:end], start, ("comment",))
        elif marker == 0xE1 and data.startswith(b"Exif\0\0", start):
            yield from _exif(data, start + 6, end)
        at += 2 + length


def _exif(data: bytes, base: int, end: int) -> Iterator[Value]:
    """The tags of a TIFF header's first directory and of the one for Exif."""
    order: Literal["little", "big"] = "little" if data[base : base + 2] == b"II" else "big"

    def number(at: int, width: int) -> int:
        return int.from_bytes(data[at : at + width], order)

    waiting, left = [base + number(base + 4, 4)], _MOST_TAGS
    while waiting:
        directory = waiting.pop()
        for entry in range(directory + 2, directory + 2 + 12 * number(directory, 2), 12):
            left -= 1
            if left < 0 or entry + 12 > end:
                return
            tag, kind, count = number(entry, 2), number(entry + 2, 2), number(entry + 4, 4)
            place = base + number(entry + 8, 4) if count > 4 else entry + 8
            if tag == _FURTHER:
                waiting.append(base + number(entry + 8, 4))
            elif tag in _TAGS and kind in (1, 2, 7) and place + count <= end:
                yield _tagged(_TAGS[tag], data[place : place + count], place)


def _tagged(label: str, raw: bytes, place: int) -> Value:
    path = ("exif", label)
    if label.startswith("XP"):
        text = raw.decode("utf-16-le", "replace").rstrip("\0")
        return Value(label, text.encode("utf-8", "replace"), Whole(Span(place, place + len(raw))), path)
    if label == "UserComment":  # eight bytes name its character code
        raw, place = raw[8:], place + 8
    return Value(label, raw.rstrip(b"\0 "), place, path)
