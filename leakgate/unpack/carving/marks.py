"""
Where compressed streams and archives may begin within other bytes: by their magic and the header behind it.

Looks at a few bytes of each place; whether a stream begins there indeed, unpacking it tells.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import NamedTuple

from leakgate.model.expressions import expression
from leakgate.model.records import dataclass

LONGEST = 64  # bytes of a header that are looked at
_GZIP_SYSTEMS = frozenset((*range(14), 255))
_ZIP_METHODS = frozenset((0, 8, 9, 12, 14, 93, 95, 98, 99))
_ZIP_VERSION = 63
_PACK_KINDS = frozenset((1, 2, 3, 4, 6, 7))
_LONGEST_NAME = 4096
_BROTLI = b"ncoding: br"
_BLANK_LINE = expression(rb"\r?\n\r?\n")
_LONGEST_HEADER = 16 * 1024
# Each has a byte that compressed bytes soon have and that UTF-8 hardly or never has.
_NEVER_IN_TEXT = (b"\x1f", b"\xfd", b"\xff", b"\xc0")


class Hit(NamedTuple):
    """A place where something may begin; `at` is an offset of the artifact."""

    at: int
    kind: str


@dataclass(frozen=True, slots=True)
class Mark:
    """`fits` says of the first bytes whether the header makes sense."""

    kind: str
    magic: bytes
    fits: Callable[[bytes], bool]


def _gzip(head: bytes) -> bool:
    return len(head) >= 18 and head[3] < 0x20 and head[8] in (0, 2, 4) and head[9] in _GZIP_SYSTEMS


def _zlib(head: bytes) -> bool:
    """RFC 1950: no dictionary, a check sum of the header; then a first block whose kind exists."""
    return len(head) >= 8 and head[2] & 6 != 6 and not head[1] & 0x20


def _zstd(head: bytes) -> bool:
    """RFC 8878: a reserved bit is zero, and the first block is of a kind that exists and not over 128 KiB."""
    if len(head) < 10 or head[4] & 8:
        return False
    single = head[4] >> 5 & 1
    fields = (0 if single else 1) + (0, 1, 2, 4)[head[4] & 3] + (1 if single else 0, 2, 4, 8)[head[4] >> 6]
    block = int.from_bytes(head[5 + fields : 8 + fields], "little")
    return block >> 1 & 3 != 3 and block >> 3 <= 1 << 17


def _xz(head: bytes) -> bool:
    """The flags of the stream have a check sum behind them."""
    return len(head) >= 12 and zlib.crc32(head[6:8]) == int.from_bytes(head[8:12], "little")


def _lzma(head: bytes) -> bool:
    dictionary = int.from_bytes(head[1:5], "little")
    return len(head) >= 18 and dictionary >= 1 << 12 and dictionary & (dictionary - 1) == 0


def _zip(head: bytes) -> bool:
    """A local file header whose version, method and name exist."""
    name = int.from_bytes(head[26:28], "little")
    return (
        len(head) >= 31
        and head[4] <= _ZIP_VERSION
        and int.from_bytes(head[8:10], "little") in _ZIP_METHODS
        and 0 < name <= _LONGEST_NAME
        and not any(byte < 0x20 for byte in head[30 : 30 + name])
    )


def _sevenzip(head: bytes) -> bool:
    return len(head) >= 32 and zlib.crc32(head[12:32]) == int.from_bytes(head[8:12], "little")


def _pack(head: bytes) -> bool:
    count = int.from_bytes(head[8:12], "big")
    return len(head) >= 20 and 0 < count < 1 << 27 and head[12] >> 4 & 7 in _PACK_KINDS


def _lz4(head: bytes) -> bool:
    """Version 1, reserved bits zero, a block size that exists."""
    return len(head) >= 11 and head[4] & 0xC2 == 0x40 and head[5] & 0x8F == 0 and head[5] >> 4 >= 4


def _rar(head: bytes) -> bool:
    return head[6:8] in (b"\1\0",) or head[6:7] == b"\0"


def _cab(head: bytes) -> bool:
    """Reserved fields are zero and the version is 1.3."""
    return len(head) >= 32 and not any(head[12:16]) and head[24:26] == b"\3\1"


def _always(head: bytes) -> bool:
    return len(head) >= 18


MARKS: tuple[Mark, ...] = (
    Mark("gzip", b"\x1f\x8b\x08", _gzip),
    Mark("zstd", b"\x28\xb5\x2f\xfd", _zstd),
    Mark("xz", b"\xfd7zXZ\0", _xz),
    *(Mark("bzip2", b"BZh%d1AY&SY" % level, _always) for level in range(1, 10)),
    Mark("lzma", b"\x5d\0\0", lambda head: _lzma(head) and head[5:14] == b"\xff" * 8 + b"\0"),
    Mark("zip", b"PK\3\4", _zip),
    Mark("7z", b"7z\xbc\xaf\x27\x1c\0", _sevenzip),
    Mark("git pack", b"PACK\0\0\0\2", _pack),
    Mark("git pack", b"PACK\0\0\0\3", _pack),
    *(Mark("zlib", magic, _zlib) for magic in (b"x\x01", b"x\x9c", b"x\xda", b"x\x5e")),
    Mark("LZ4", b"\x04\x22\x4d\x18", _lz4),
    Mark("framed snappy", b"\xff\x06\0\0sNaPpY", _always),
    Mark("lzop", b"\x89LZO\0\r\n\x1a\n", _always),
    Mark("RAR", b"Rar!\x1a\x07", _rar),
    Mark("CAB", b"MSCF\0\0\0\0", _cab),
    Mark("LevelDB or RocksDB table", b"\x57\xfb\x80\x8b\x24\x75\x47\xdb", lambda head: len(head) >= 8),
    Mark("LevelDB or RocksDB table", b"\xf7\xcf\xf4\x85\xb6\x41\xe2\x88", lambda head: len(head) >= 8),
)
# What is opened where it stands; all else is but told.
OPENED = frozenset(("gzip", "zstd", "xz", "bzip2", "lzma", "zip", "7z", "git pack", "zlib"))


def hits(raw: bytes, offset: int, end: int) -> Iterator[Hit]:
    """Those that begin before `end` of `raw`, which stands at `offset` of its artifact; in no order."""
    yield from _bodies(raw, offset, end)
    for mark in MARKS:
        at = raw.find(mark.magic)
        while 0 <= at < end:
            if mark.fits(raw[at : at + LONGEST]):
                yield Hit(offset + at, mark.kind)
            at = raw.find(mark.magic, at + 1)


def _bodies(raw: bytes, offset: int, end: int) -> Iterator[Hit]:
    """Bodies of HTTP messages whose header names Brotli, which has no magic."""
    at = raw.find(_BROTLI, 0, end)
    while at >= 0:
        if found := _BLANK_LINE.search(raw, at, at + _LONGEST_HEADER):
            yield Hit(offset + found.end(), "brotli")
        at = raw.find(_BROTLI, at + 1, end)


def may_have_hits(text: bytes) -> bool:
    """Whether a slice of text may hold compressed bytes; for nearly all slices a look at 6 us a MiB."""
    return not text.isascii() and any(text.find(byte) >= 0 for byte in _NEVER_IN_TEXT)
