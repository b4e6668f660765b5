"""Gzip streams (RFC 1952), also several in one file."""

from __future__ import annotations

from collections.abc import Iterator

from leakgate.model.artifact import Artifact, Named, Reader
from leakgate.model.gap import Gap
from leakgate.unpack.budget import Budget
from leakgate.unpack.containers.base import Member
from leakgate.unpack.containers.compressed import stream_members
from leakgate.unpack.flow import Flow
from leakgate.unpack.inflate import Packed, gzip_chunks
from leakgate.unpack.labels import label, unpacked_name

_EXTRA, _NAME, _COMMENT = 0x04, 0x08, 0x10


class GzipStream:
    name = "gzip"

    def matches(self, head: bytes) -> bool:
        return head.startswith(b"\x1f\x8b\x08")

    def members(self, reader: Reader, artifact: Artifact, budget: Budget) -> Iterator[Member | Gap | Named]:
        packed = Packed(reader)
        flow = Flow(budget.metered(gzip_chunks(packed), packed.packed_size))
        stored, said = _stored(_head(reader))
        name = (label(stored) if stored else None) or unpacked_name(artifact.name)
        yield from stream_members(flow, name, artifact, budget)
        if said:
            yield Member(artifact, said)


def _head(reader: Reader) -> bytes:
    """The header and its longest extra field; nothing where reading fails, which the flow will meet too."""
    try:
        return reader.read(0, 70_000)
    except OSError:
        return b""


def _stored(head: bytes) -> tuple[bytes, bytes]:
    """The base of the original file name, which RFC 1952 puts in Latin-1, and what else the header says.

    That is its extra field and its comment; only the first of several streams is asked.
    """
    if len(head) < 10:
        return b"", b""
    at, flags = 10, head[3]
    extra = name = comment = b""
    if flags & _EXTRA:
        size = int.from_bytes(head[10:12], "little")
        extra, at = head[12 : 12 + size], 12 + size
    if flags & _NAME:
        name, _, _ = head[at:].partition(b"\0")
        at += len(name) + 1
    if flags & _COMMENT:
        comment, _, _ = head[at:].partition(b"\0")
    # Without the zero at its end, a name is none.
    whole = name if at <= len(head) else b""
    return whole.replace(b"\\", b"/").rsplit(b"/", 1)[-1], b"\n".join(filter(None, (extra, comment)))
