"""Compressed blocks of Avro files are unpacked."""

from __future__ import annotations

import bz2
import lzma
import random
import zlib

import pytest
import zstandard

from leakgate.model.gap import GapReason
from leakgate.unpack.formats.avro_blocks import AvroBlocks
from tests.unit.unpack.formats.binary_fields_of import gaps_of, items_of, texts_of

AVRO = AvroBlocks()
TEXT = b"some text in a record " * 9
# The length, 22 bytes as they stand, then three copies of what is 22 bytes before; four bytes of checksum.
SNAPPED = (
    bytes([198, 1, 21 << 2])
    + TEXT[:22]
    + bytes([63 << 2 | 2, 22, 0, 63 << 2 | 2, 22, 0, 47 << 2 | 2, 22, 0, 0, 0, 0, 0])
)


def _long(value: int) -> bytes:
    value, out = value << 1, b""
    while value > 127:
        out += bytes([value & 127 | 128])
        value >>= 7
    return out + bytes([value])


def _avro(codec: bytes, *blocks: bytes) -> bytes:
    pairs = ((b"avro.schema", b'"string"'), (b"avro.codec", codec))
    head = _long(2) + b"".join(_long(len(part)) + part for pair in pairs for part in pair) + _long(0)
    body = b"".join(_long(1) + _long(len(block)) + block + bytes(16) for block in blocks)
    return b"Obj\1" + head + bytes(16) + body


def _deflated(data: bytes) -> bytes:
    return zlib.compress(data)[2:-4]


@pytest.mark.parametrize(
    ("codec", "block"),
    [
        (b"deflate", _deflated(TEXT)),
        (b"bzip2", bz2.compress(TEXT)),
        (b"xz", lzma.compress(TEXT)),
        (b"zstandard", zstandard.compress(TEXT)),
        (b"snappy", SNAPPED),
    ],
)
def test_blocks_are_unpacked(codec: bytes, block: bytes) -> None:
    """Whatever codec the header names; each is a segment of its own."""
    first, second = texts_of(AVRO, _avro(codec, block, block))

    assert (TEXT, TEXT, (codec.decode(),)) == (first.data, second.data, second.decoded)


def test_plain_blocks_are_left_to_the_strings() -> None:
    """They are scanned as they stand."""
    assert items_of(AVRO, _avro(b"null", TEXT)) == []


def test_codec_that_is_not_read_is_a_gap() -> None:
    """Nothing else has looked at what is in it."""
    assert [GapReason.UNSUPPORTED] == [gap.reason for gap in gaps_of(AVRO, _avro(b"unheard-of", TEXT))]


def test_damage_is_a_gap_behind_what_was_read() -> None:
    """Also changed bytes cost blocks, never an exception."""
    data = _avro(b"deflate", _deflated(TEXT), _deflated(TEXT))

    assert ([TEXT], [GapReason.MALFORMED]) == (
        [segment.data for segment in texts_of(AVRO, data[:-20])],
        [gap.reason for gap in gaps_of(AVRO, data[:-20])],
    )
    for seed in range(300):
        broken = bytearray(data)
        broken[random.Random(seed).randrange(4, len(data))] ^= 0xFF

        items_of(AVRO, bytes(broken))
