"""Zip archives, also behind a prefix, also damaged; the methods that the standard library has."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from itertools import pairwise

from leakgate.model.artifact import Artifact, Named, Reader
from leakgate.model.gap import Gap, GapReason
from leakgate.unpack.budget import Budget, Damage, Trouble
from leakgate.unpack.containers.base import Member, behind, gap
from leakgate.unpack.containers.zip_directory import (
    Directory,
    Entry,
    comments,
    entries,
    find_directory,
    parse_local,
    starts_like_zip,
)
from leakgate.unpack.containers.zip_methods import METHOD_NAMES, unpacked_chunks
from leakgate.unpack.containers.zip_recovery import recovered
from leakgate.unpack.flow import Flow, gather
from leakgate.unpack.inflate import TRUNCATED, Packed

_DAMAGED = Trouble(
    GapReason.MALFORMED,
    "the archive is truncated or damaged; what could be found without its directory was scanned",
)
_ENCRYPTED = Trouble(
    GapReason.ENCRYPTED, "is encrypted; publish it unencrypted, or leave it out of the artifacts"
)


class ZipArchive:
    name = "zip"

    def matches(self, head: bytes) -> bool:
        return starts_like_zip(head)

    def members(self, reader: Reader, artifact: Artifact, budget: Budget) -> Iterator[Member | Gap | Named]:
        try:
            directory = find_directory(reader)
            listed = _listed(reader, directory, budget) if directory else None
        except Damage as damage:
            if damage.trouble.reason is not GapReason.MALFORMED:
                yield gap(artifact, damage.trouble)
                return
            directory = listed = None
        if directory is None or listed is None:
            yield gap(artifact, _DAMAGED)
            for entry, start in recovered(reader):
                if trouble := budget.admit():
                    yield gap(artifact, trouble)
                    return
                yield from _unpacked(reader, entry, start, artifact, budget)
            return
        yield from _beside(reader, directory, listed, artifact, budget)
        yield from _members(reader, listed, artifact, budget)


def _listed(reader: Reader, directory: Directory, budget: Budget) -> tuple[Entry, ...]:
    """As many entries as may be unpacked, and one more. Raises Damage."""
    found: list[Entry] = []
    for entry in entries(reader, directory):
        found.append(entry)
        if len(found) > budget.limits.max_members:
            break
    return tuple(found)


def _beside(
    reader: Reader, directory: Directory, listed: tuple[Entry, ...], artifact: Artifact, budget: Budget
) -> Iterator[Member | Gap | Named]:
    """What stands in front of the archive and in its comment is text of the archive itself."""
    first = min((entry.header for entry in listed), default=directory.start)
    first = min(first, directory.start)
    limit = budget.limits.max_member_bytes
    places = ((0, first), (directory.comment.start, directory.comment.size))
    for start, size in places:
        if size:
            yield Member(artifact, reader.read(start, min(size, limit)))
        if size > limit:
            yield gap(
                artifact,
                Trouble(
                    GapReason.TOO_LARGE, f"over {limit} bytes stand in front of the archive; split them off"
                ),
            )
    if any(entry.comment for entry in listed):
        yield from _commented(comments(reader, directory), artifact, limit)
    if directory.end < reader.size:
        trailing = "bytes stand behind the archive and were scanned as they are; remove them"
        yield gap(artifact, Trouble(GapReason.MALFORMED, f"{reader.size - directory.end} {trailing}"))
        yield from behind(reader, directory.end, artifact, budget)


def _commented(said: Iterator[bytes], artifact: Artifact, limit: int) -> Iterator[Member | Gap | Named]:
    """The comments of all members as one text of the archive, up to the limit of a member."""
    held: list[bytes] = []
    size = 0
    for comment in said:
        if size + len(comment) > limit:
            detail = f"its members have comments of over {limit} bytes; the rest was not scanned"
            yield gap(artifact, Trouble(GapReason.TOO_LARGE, detail))
            break
        held.append(comment)
        size += len(comment) + 1
    yield Member(artifact, b"\n".join(held))


def _members(
    reader: Reader, listed: tuple[Entry, ...], artifact: Artifact, budget: Budget
) -> Iterator[Member | Gap | Named]:
    overlapping = _overlapping(listed)
    if overlapping:
        detail = (
            f"{len(overlapping)} members share packed bytes with others, as in zip bombs; they were left out"
        )
        yield gap(artifact, Trouble(GapReason.BOMB, detail))
    for index, entry in enumerate(listed):
        if entry.is_directory or index in overlapping:
            yield Named(artifact.member(entry.name.rstrip("/")))
            continue
        if trouble := budget.admit():
            yield gap(artifact, trouble)
            return
        yield from _member(reader, entry, artifact, budget)


def _overlapping(listed: tuple[Entry, ...]) -> frozenset[int]:
    """Indexes of entries whose packed bytes reach into the next entry's, or repeat another's."""
    order = sorted(range(len(listed)), key=lambda index: listed[index].header)
    found: set[int] = set()
    for index, following in pairwise(order):
        entry = listed[index]
        if entry.header + 30 + entry.packed > listed[following].header:
            found.add(index)
    return frozenset(found)


def _member(
    reader: Reader, entry: Entry, artifact: Artifact, budget: Budget
) -> Iterator[Member | Gap | Named]:
    try:
        local = parse_local(reader, entry.header)
    except Damage as damage:
        yield gap(artifact.member(entry.name), damage.trouble)
        return
    if local is None:
        detail = "its header is not where the directory says; make the archive anew"
        yield gap(artifact.member(entry.name), Trouble(GapReason.MALFORMED, detail))
        return
    yield from _unpacked(reader, entry, local[1], artifact, budget)


def _unpacked(
    reader: Reader, entry: Entry, start: int, artifact: Artifact, budget: Budget
) -> Iterator[Member | Gap | Named]:
    inner = artifact.member(entry.name)
    if entry.encrypted or entry.method == 99:
        yield gap(inner, _ENCRYPTED)
        return
    packed = Packed(reader, start, start + entry.packed)
    chunks = unpacked_chunks(entry, packed)
    if chunks is None:
        known = METHOD_NAMES.get(entry.method, f"method {entry.method}")
        detail = f"is packed with {known}, which is not read; pack it with deflate"
        yield gap(inner, Trouble(GapReason.UNSUPPORTED, detail))
        return
    data, cut = gather(Flow(budget.metered(chunks, packed.packed_size)), budget)
    yield Member(inner, data)
    if cut is None and zlib.crc32(data) != entry.crc:
        cut = Trouble(GapReason.MALFORMED, TRUNCATED)
    if cut is not None:
        yield gap(inner, cut)
