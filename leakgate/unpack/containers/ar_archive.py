"""Ar archives: Debian packages and static libraries. Source: the System V ABI, "Archive File"; ar(5)."""

from __future__ import annotations

from collections.abc import Iterator

from leakgate.model.artifact import Artifact, Named, Reader
from leakgate.model.gap import Gap, GapReason
from leakgate.model.limits import MIB
from leakgate.unpack.budget import Budget, Trouble, too_large
from leakgate.unpack.containers.base import Member, gap
from leakgate.unpack.flow import Flow
from leakgate.unpack.inflate import TRUNCATED, Packed
from leakgate.unpack.labels import label

_MAGIC = b"!<arch>\n"
_HEADER = 60
_DAMAGED = Trouble(GapReason.MALFORMED, TRUNCATED)


class ArArchive:
    name = "ar"

    def matches(self, head: bytes) -> bool:
        return head.startswith(_MAGIC)

    def members(self, reader: Reader, artifact: Artifact, budget: Budget) -> Iterator[Member | Gap | Named]:
        packed = Packed(reader, start=len(_MAGIC), block=MIB)
        flow = Flow(budget.metered(packed, packed.packed_size))
        limit = budget.limits.max_member_bytes
        while header := flow.read(_HEADER):
            size = header[48:58].strip()
            if not header.endswith(b"`\n") or not size.isdigit():
                yield gap(artifact, flow.trouble or _DAMAGED)
                return
            if trouble := budget.admit():
                yield gap(artifact, trouble)
                return
            inner = artifact.member(label(header[:16].rstrip(b" ").removesuffix(b"/")))
            yield from _member(inner, flow, int(size), limit)
        if flow.trouble is not None:
            yield gap(artifact, flow.trouble)


def _member(inner: Artifact, flow: Flow, size: int, limit: int) -> Iterator[Member | Gap | Named]:
    data = flow.read(min(size, limit))
    yield Member(inner, data)
    if len(data) < min(size, limit):
        yield gap(inner, flow.trouble or _DAMAGED)
    elif size > limit:
        yield gap(inner, too_large(limit))
        flow.skip(size - limit)
    flow.skip(size % 2)
