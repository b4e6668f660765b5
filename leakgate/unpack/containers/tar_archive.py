"""Tar archives, read as a stream; links and devices repeat or hold nothing and are passed by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from leakgate.model.artifact import Artifact, Named, Reader
from leakgate.model.gap import Gap, GapReason
from leakgate.model.limits import MIB
from leakgate.unpack.budget import Budget, Trouble, too_large
from leakgate.unpack.containers.base import Member, gap
from leakgate.unpack.containers.tar_header import BLOCK, TarHeader, is_tar, parse_header, parse_pax
from leakgate.unpack.flow import Flow
from leakgate.unpack.inflate import TRUNCATED, Packed
from leakgate.unpack.labels import label

LONGEST_EXTENSION = MIB
_CUT_SHORT = Trouble(GapReason.MALFORMED, TRUNCATED)
_NO_HEADER = Trouble(
    GapReason.MALFORMED, "the archive has a damaged header; members near it may be missing; make it anew"
)


class TarArchive:
    name = "tar"

    def matches(self, head: bytes) -> bool:
        return is_tar(head)

    def members(self, reader: Reader, artifact: Artifact, budget: Budget) -> Iterator[Member | Gap | Named]:
        packed = Packed(reader, block=MIB)
        return tar_members(Flow(budget.metered(packed, packed.packed_size)), artifact, budget)


@dataclass(slots=True)
class _Extended:
    """What extension headers say about the next member."""

    name: bytes | None = None
    size: int | None = None
    link: bytes | None = None
    user: bytes | None = None
    group: bytes | None = None


def tar_members(flow: Flow, artifact: Artifact, budget: Budget) -> Iterator[Member | Gap | Named]:
    """The members of the tar that `flow` begins with, and of those behind it."""
    extended = _Extended()
    ended = damaged = False
    while block := flow.read(BLOCK):
        if not any(block):
            ended = True
            continue
        header = parse_header(block)
        if header is None:
            # Damage is reported once; the walk goes on to the next good header.
            if not damaged:
                yield gap(artifact, _NO_HEADER)
            damaged = True
            continue
        ended = False
        if _extend(extended, header, flow):
            continue
        _skip_sparse_map(header, flow)
        yield from _named(extended, header, artifact)
        if header.holds_data:
            if trouble := budget.admit():
                yield gap(artifact, trouble)
                return
            yield from _member(extended, header, flow, artifact, budget)
        extended = _Extended()
    if flow.trouble is not None:
        yield gap(artifact, flow.trouble)
    elif not ended and not damaged:
        yield gap(artifact, _CUT_SHORT)


def _named(extended: _Extended, header: TarHeader, artifact: Artifact) -> Iterator[Named]:
    """The name of what holds no data, what a link leads to, and who owns a member."""
    inner = artifact.member(label(extended.name or header.name).rstrip("/"))
    if not header.holds_data:
        yield Named(inner)
    for said in (extended.link or header.link, extended.user or header.user, extended.group or header.group):
        if said:
            yield Named(inner, label(said))


def _member(
    extended: _Extended, header: TarHeader, flow: Flow, artifact: Artifact, budget: Budget
) -> Iterator[Member | Gap | Named]:
    size = header.size if extended.size is None else extended.size
    limit = budget.limits.max_member_bytes
    inner = artifact.member(label(extended.name or header.name))
    data = flow.read(min(size, limit))
    yield Member(inner, data)
    if len(data) < min(size, limit):
        yield gap(inner, flow.trouble or _CUT_SHORT)
    elif size > limit:
        yield gap(inner, too_large(limit))
        flow.skip(size - limit)
    flow.skip(-size % BLOCK)


def _extend(extended: _Extended, header: TarHeader, flow: Flow) -> bool:
    """Takes in an extension header; tells whether it was one."""
    match chr(header.kind):
        case "L":
            extended.name = _payload(header, flow).rstrip(b"\0")
        case "x" | "X":
            records = parse_pax(_payload(header, flow))
            extended.link = records.get(b"linkpath") or extended.link
            extended.user = records.get(b"uname") or extended.user
            extended.group = records.get(b"gname") or extended.group
            extended.name = records.get(b"GNU.sparse.name") or records.get(b"path") or extended.name
            size = records.get(b"size", b"")
            extended.size = int(size) if size.isdigit() and len(size) < 19 else extended.size
        case "K":
            extended.link = _payload(header, flow).rstrip(b"\0")
        case "g" | "V":
            flow.skip(header.size + -header.size % BLOCK)
        case _:
            return False
    return True


def _payload(header: TarHeader, flow: Flow) -> bytes:
    kept = flow.read(min(header.size, LONGEST_EXTENSION))
    flow.skip(header.size - len(kept) + -header.size % BLOCK)
    return kept


def _skip_sparse_map(header: TarHeader, flow: Flow) -> None:
    """Old GNU sparse files have blocks of hole positions before their stored data."""
    more = header.sparse_extended
    while more:
        block = flow.read(BLOCK)
        more = len(block) == BLOCK and block[504] != 0
