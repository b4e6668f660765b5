"""
Files that hold no text by their nature, told by their structure: pictures, videos, sound, fonts, native code.

A magic alone proves nothing: what is walked through counts, up to where the structure ends. Never looks at
a pixel or a sample, and never at a file's name. Sources: PNG (Third Edition) 5.3; ITU-T T.81 annex B; GIF89a;
RFC 9649; ISO/IEC 14496-12; RFC 9559; RFC 3533; OpenType 1.9; WOFF 1 and 2; System V ABI.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from leakgate.model.artifact import Reader
from leakgate.model.records import dataclass
from leakgate.unpack.carving.programs import end_of_program
from leakgate.unpack.carving.walks import (
    end_of_boxes,
    end_of_ebml,
    end_of_font,
    end_of_gif,
    end_of_git_table,
    end_of_jpeg,
    end_of_ogg,
    end_of_png,
)


class Nature(StrEnum):
    PICTURE = "picture"
    VIDEO = "video"
    SOUND = "sound"
    FONT = "font"
    CODE = "native code"
    INDEX = "index"


@dataclass(frozen=True, slots=True)
class Known:
    """`end` is the offset behind the structure; what follows there is other bytes."""

    nature: Nature
    end: int

    @property
    def has_pixels(self) -> bool:
        return self.nature in (Nature.PICTURE, Nature.VIDEO)

    @property
    def is_code(self) -> bool:
        """It may carry packed resources, which are looked for."""
        return self.nature is Nature.CODE


def known_nature(reader: Reader, head: bytes) -> Known | None:
    """None for anything else, and where the structure breaks before anything was walked. Raises OSError."""
    for nature, begins, walk in _WALKS:
        if begins(head) and (end := walk(reader)):
            return Known(nature, min(end, reader.size))
    if end := end_of_program(reader, head):
        return Known(Nature.CODE, min(end, reader.size))
    return None


def _starts(*magics: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(magics)


def _riff(*forms: bytes) -> Callable[[bytes], bool]:
    return lambda head: head[:4] == b"RIFF" and head[8:12] in forms


def _brand(*brands: bytes, other: bool = False) -> Callable[[bytes], bool]:
    return lambda head: head[4:8] == b"ftyp" and (head[8:12] in brands) is not other


def _little(start: int, more: int = 0) -> Callable[[Reader], int]:
    """The size that stands in four bytes at `start`, and `more`."""
    return lambda reader: _within(reader, int.from_bytes(reader.read(start, 4), "little") + more)


def _big(start: int) -> Callable[[Reader], int]:
    return lambda reader: _within(reader, int.from_bytes(reader.read(start, 4), "big"))


def _within(reader: Reader, end: int) -> int:
    return end if 16 <= end <= reader.size + 1 else 0  # a RIFF of odd size may lack its last byte


def _bitmap(head: bytes) -> bool:
    return head[:2] == b"BM" and not any(head[6:10]) and head[14:18] in _BITMAP_HEADERS


def _icon(head: bytes) -> bool:
    return head[:4] in (b"\0\0\1\0", b"\0\0\2\0") and 0 < int.from_bytes(head[4:6], "little") <= 64


def _end_of_icon(reader: Reader) -> int:
    """Behind the last of the pictures in the directory."""
    count = int.from_bytes(reader.read(4, 2), "little")
    ends = []
    for nth in range(count):
        entry = reader.read(6 + 16 * nth, 16)
        ends.append(int.from_bytes(entry[8:12], "little") + int.from_bytes(entry[12:16], "little"))
    return _within(reader, max(ends))


_BITMAP_HEADERS = tuple(size.to_bytes(4, "little") for size in (12, 40, 52, 56, 64, 108, 124))
_STILL = (b"avif", b"avis", b"heic", b"heix", b"mif1", b"msf1")
_Walk = tuple[Nature, Callable[[bytes], bool], Callable[[Reader], int]]
_WALKS: tuple[_Walk, ...] = (
    (Nature.PICTURE, _starts(b"\x89PNG\r\n\x1a\n"), end_of_png),
    (Nature.PICTURE, _starts(b"\xff\xd8\xff"), end_of_jpeg),
    (Nature.PICTURE, _starts(b"GIF87a", b"GIF89a"), end_of_gif),
    (Nature.PICTURE, _riff(b"WEBP"), _little(4, 8)),
    (Nature.PICTURE, _bitmap, _little(2)),
    (Nature.PICTURE, _icon, _end_of_icon),
    (Nature.PICTURE, _brand(*_STILL), end_of_boxes),
    (Nature.VIDEO, _brand(*_STILL, other=True), end_of_boxes),
    (Nature.VIDEO, _starts(b"\x1a\x45\xdf\xa3"), end_of_ebml),
    (Nature.VIDEO, _riff(b"AVI "), _little(4, 8)),
    (Nature.SOUND, _riff(b"WAVE"), _little(4, 8)),
    (Nature.SOUND, _starts(b"OggS"), end_of_ogg),
    (Nature.FONT, _starts(b"wOFF", b"wOF2"), _big(8)),
    (Nature.FONT, _starts(b"\0\1\0\0", b"OTTO", b"true"), end_of_font),
    (
        Nature.INDEX,
        _starts(b"\xfftOc\0\0\0\2", b"RIDX\0\0\0\1", b"MIDX\1", b"BITM\0\1", b"CGPH\1", b"DIRC\0\0\0"),
        end_of_git_table,
    ),
)
