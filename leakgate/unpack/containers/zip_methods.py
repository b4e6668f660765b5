"""The compression methods of zip members (APPNOTE 4.4.5)."""

from __future__ import annotations

import lzma
from collections.abc import Iterator

from leakgate.model.gap import GapReason
from leakgate.unpack.budget import Damage
from leakgate.unpack.containers.zip_directory import Entry
from leakgate.unpack.flow import Flow
from leakgate.unpack.inflate import (
    LZMA_MEMORY,
    TRUNCATED,
    Packed,
    bzip2_chunks,
    deflate_chunks,
    inflated,
    xz_chunks,
)

METHOD_NAMES = {
    1: "shrink", 2: "reduce", 3: "reduce", 4: "reduce", 5: "reduce", 6: "implode", 9: "deflate64",
    10: "PKWARE implode", 18: "IBM TERSE", 20: "an old zstd method", 93: "zstd", 94: "MP3", 96: "JPEG",
    97: "WavPack", 98: "PPMd",
}  # fmt: skip


def unpacked_chunks(entry: Entry, packed: Packed) -> Iterator[bytes] | None:
    """The unpacked chunks of a member, or None where its method is not read."""
    match entry.method:
        case 0:
            return _stored(entry, packed)
        case 8:
            return deflate_chunks(packed)
        case 12:
            return bzip2_chunks(packed, streams=False)
        case 14:
            return _lzma(entry, packed)
        case 95:
            return xz_chunks(packed)
        case _:
            return None


def _stored(entry: Entry, packed: Packed) -> Iterator[bytes]:
    yield from packed
    if packed.taken < entry.packed:
        raise Damage(GapReason.MALFORMED, TRUNCATED)


def _lzma(entry: Entry, packed: Packed) -> Iterator[bytes]:
    """A version, the size of the properties, the properties, then a raw stream (APPNOTE 5.8.8)."""
    flow = Flow(iter(packed))
    size = int.from_bytes(flow.read(4)[2:], "little")
    properties = flow.read(size)
    if size != 5 or len(properties) < 5 or properties[0] >= 225:
        raise Damage(GapReason.MALFORMED, TRUNCATED)
    # As `.lzma`, whose header is the properties and the size: all bits set where an end mark follows.
    ends_by_mark = bool(entry.flags & 2)
    length = b"\xff" * 8 if ends_by_mark else entry.unpacked.to_bytes(8, "little")

    def blocks() -> Iterator[bytes]:
        yield properties + length
        while block := flow.read(64 * 1024):
            yield block

    yield from inflated(
        blocks(),
        lambda: lzma.LZMADecompressor(lzma.FORMAT_ALONE, memlimit=LZMA_MEMORY),
        feed=256,
        streams=False,
    )
