"""Gzip streams (RFC 1952), also several in one file."""

from __future__ import annotations

from collections.abc import Iterator

from leakgate.model.artifact import Artifact, Reader
from leakgate.model.gap import Gap
from leakgate.unpack.budget import Budget
from leakgate.unpack.containers.base import Member
from leakgate.unpack.containers.compressed import stream_members
from leakgate.unpack.flow import Flow
from leakgate.unpack.inflate import Packed, gzip_chunks
from leakgate.unpack.labels import label, unpacked_name

_EXTRA, _NAME = 0x04, 0x08


class GzipStream:
    name = "gzip"

    def matches(self, head: bytes) -> bool:
        return head.startswith(b"\x1f\x8b\x08")

    def members(self, reader: Reader, artifact: Artifact, budget: Budget) -> Iterator[Member | Gap]:
        packed = Packed(reader)
        flow = Flow(budget.metered(gzip_chunks(packed), packed.packed_size))
        name = _stored_name(_head(reader)) or unpacked_name(artifact.name)
        return stream_members(flow, name, artifact, budget)


def _head(reader: Reader) -> bytes:
    """The header and its longest extra field; nothing where reading fails, which the flow will meet too."""
    try:
        return reader.read(0, 70_000)
    except OSError:
        return b""


def _stored_name(head: bytes) -> str | None:
    """The original file name, which RFC 1952 puts in Latin-1 behind the fixed header."""
    if len(head) < 10 or not head[3] & _NAME:
        return None
    at = 10
    if head[3] & _EXTRA:
        at += 2 + int.from_bytes(head[10:12], "little")
    end = head.find(b"\0", at)
    base = head[at:end].replace(b"\\", b"/").rsplit(b"/", 1)[-1] if end > at else b""
    return label(base) if base else None
