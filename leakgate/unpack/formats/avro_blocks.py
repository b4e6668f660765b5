"""
The blocks of Avro container files that are compressed: one segment of their bytes each.

Source: Apache Avro 1.11, "Object Container Files". Records are not told apart; files without compression
are left to the printable strings.
"""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Callable, Iterator

from leakgate.model.gap import Gap, GapReason
from leakgate.model.limits import MIB
from leakgate.model.offsets import Whole
from leakgate.model.segment import Segment, SegmentKind
from leakgate.model.spans import Span
from leakgate.unpack.formats.labelled_values import Unread, gap
from leakgate.unpack.formats.snappy_block import unsnapped

_MARK = b"Obj\1"
_SYNC = 16  # bytes
_MOST_BLOCK = 16 * MIB
_MOST_ALL = 256 * MIB


class AvroBlocks:
    """By the mark of the format."""

    name = "Avro"

    def matches(self, head: bytes, name: str) -> bool:
        return head.startswith(_MARK)

    def read(self, document: Segment) -> Iterator[Segment | Gap]:
        """A segment for each block; a gap for a codec that is not read, and for damage."""
        try:
            codec, at = _header(document.data)
            if codec != "null":
                yield from _blocks(document, codec, at)
        except Unread as end:
            yield gap(document, self.name, end)


def _header(data: bytes) -> tuple[str, int]:
    """The codec, and where the first block begins. Raises Unread."""
    at, codec = len(_MARK), "null"
    while count := _peek(data, at):
        at = count[1]
        if count[0] < 0:
            _, at = _long(data, at)
        for _ in range(min(abs(count[0]), 1000)):
            key, at = _bytes(data, at)
            value, at = _bytes(data, at)
            if key == b"avro.codec":
                codec = value.decode("ascii", "replace")
    _, at = _long(data, at)
    return codec, at + _SYNC


def _peek(data: bytes, at: int) -> tuple[int, int] | None:
    count, at = _long(data, at)
    return (count, at) if count else None


def _blocks(document: Segment, codec: str, at: int) -> Iterator[Segment]:
    data, left = document.data, _MOST_ALL
    unpack = _UNPACK.get(codec)
    if unpack is None:
        raise Unread(
            GapReason.UNSUPPORTED, "is compressed by a codec that is not read; use deflate or zstandard"
        )
    while at < len(data):
        _, start = _long(data, at)
        size, start = _long(data, start)
        if size < 0 or start + size > len(data):
            raise Unread(GapReason.MALFORMED, "is cut; what came before was read")
        try:
            block = unpack(data[start : start + size])
        except (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError) as error:
            raise Unread(GapReason.MALFORMED, "has a damaged block; what came before was read") from error
        left -= len(block)
        if left < 0 or len(block) >= _MOST_BLOCK:
            raise Unread(GapReason.TOO_LARGE, "unpacks to more than is read; split it")
        yield document.derived(block, by=codec, back=Whole(Span(start, start + size)), kind=SegmentKind.BLOB)
        at = start + size + _SYNC


def _bytes(data: bytes, at: int) -> tuple[bytes, int]:
    length, at = _long(data, at)
    if not 0 <= length <= len(data) - at:
        raise Unread(GapReason.MALFORMED, "its header is damaged")
    return data[at : at + length], at + length


def _long(data: bytes, at: int) -> tuple[int, int]:
    """A zigzag number of seven bits a byte. Raises Unread at the end."""
    value = shift = 0
    while at < len(data) and shift < 70:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return (value >> 1) ^ -(value & 1), at
    raise Unread(GapReason.MALFORMED, "is cut; what came before was read")


def _zstandard(packed: bytes) -> bytes:
    import zstandard

    try:
        with zstandard.ZstdDecompressor().stream_reader(packed) as stream:
            return stream.read(_MOST_BLOCK)
    except zstandard.ZstdError as error:
        raise ValueError from error


_UNPACK: dict[str, Callable[[bytes], bytes]] = {
    "deflate": lambda packed: zlib.decompressobj(-15).decompress(packed, _MOST_BLOCK),
    "bzip2": lambda packed: bz2.BZ2Decompressor().decompress(packed, _MOST_BLOCK),
    "xz": lambda packed: lzma.LZMADecompressor(memlimit=512 * MIB).decompress(packed, _MOST_BLOCK),
    "zstandard": _zstandard,
    "snappy": lambda packed: unsnapped(packed[:-4], _MOST_BLOCK),  # a checksum follows
}
