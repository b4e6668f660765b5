"""Xz streams, and the lzma format before them."""

from __future__ import annotations

from collections.abc import Iterator

from leakgate.model.artifact import Artifact, Named, Reader
from leakgate.model.gap import Gap
from leakgate.unpack.budget import Budget
from leakgate.unpack.containers.base import Member, behind
from leakgate.unpack.containers.compressed import stream_members
from leakgate.unpack.flow import Flow
from leakgate.unpack.inflate import Packed, lzma_alone_chunks, xz_chunks
from leakgate.unpack.labels import unpacked_name


class XzStream:
    name = "xz"

    def matches(self, head: bytes) -> bool:
        return head.startswith(b"\xfd7zXZ\0")

    def members(self, reader: Reader, artifact: Artifact, budget: Budget) -> Iterator[Member | Gap | Named]:
        packed = Packed(reader)
        flow = Flow(budget.metered(xz_chunks(packed), packed.packed_size))
        return stream_members(flow, unpacked_name(artifact.name), artifact, budget)


class LzmaStream:
    """It has no magic: properties, dictionary and size must be what encoders write (as libarchive tests)."""

    name = "lzma"

    def matches(self, head: bytes) -> bool:
        if len(head) < 14 or head[0] != 0x5D or head[13] != 0:
            return False
        dictionary = int.from_bytes(head[1:5], "little")
        size = int.from_bytes(head[5:13], "little")
        is_power = dictionary >= 1 << 12 and dictionary & (dictionary - 1) == 0
        return is_power and (size == (1 << 64) - 1 or size < 1 << 40)

    def members(self, reader: Reader, artifact: Artifact, budget: Budget) -> Iterator[Member | Gap | Named]:
        packed = Packed(reader)
        flow = Flow(budget.metered(lzma_alone_chunks(packed), packed.packed_size))
        yield from stream_members(flow, unpacked_name(artifact.name), artifact, budget)
        if packed.used is not None:
            yield from behind(reader, packed.used, artifact, budget)
