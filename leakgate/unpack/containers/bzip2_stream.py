"""Bzip2 streams, also several in one file."""

from __future__ import annotations

from collections.abc import Iterator

from leakgate.model.artifact import Artifact, Named, Reader
from leakgate.model.gap import Gap
from leakgate.unpack.budget import Budget
from leakgate.unpack.containers.base import Member
from leakgate.unpack.containers.compressed import stream_members
from leakgate.unpack.flow import Flow
from leakgate.unpack.inflate import Packed, bzip2_chunks
from leakgate.unpack.labels import unpacked_name

_BLOCK_MAGIC = bytes.fromhex("314159265359")
_END_MAGIC = bytes.fromhex("177245385090")


class Bzip2Stream:
    name = "bzip2"

    def matches(self, head: bytes) -> bool:
        is_level = head[3:4] in (b"1", b"2", b"3", b"4", b"5", b"6", b"7", b"8", b"9")
        return head.startswith(b"BZh") and is_level and head[4:10] in (_BLOCK_MAGIC, _END_MAGIC)

    def members(self, reader: Reader, artifact: Artifact, budget: Budget) -> Iterator[Member | Gap | Named]:
        packed = Packed(reader)
        flow = Flow(budget.metered(bzip2_chunks(packed), packed.packed_size))
        return stream_members(flow, unpacked_name(artifact.name), artifact, budget)
