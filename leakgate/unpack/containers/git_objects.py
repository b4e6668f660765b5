"""
Objects of Git: loose ones, each a zlib stream, and packs; files, commits and tags become members.

Source: gitformat-pack(5). Objects that are stored as changes are put together where their base is in the
same pack, also behind them. Never runs git; trees hold but names and are left out.
"""

from __future__ import annotations

import hashlib
import zlib
from collections import OrderedDict
from collections.abc import Generator, Iterator
from typing import NamedTuple

from leakgate.model.artifact import Artifact, Named, Reader
from leakgate.model.expressions import expression
from leakgate.model.gap import Gap, GapReason
from leakgate.model.limits import MIB
from leakgate.unpack.budget import Budget, Damage, Trouble, too_large
from leakgate.unpack.containers.base import Member, behind, gap
from leakgate.unpack.flow import Flow, gather
from leakgate.unpack.inflate import TRUNCATED, Deflate, Packed, inflated

_LOOSE = expression(rb"(?P<kind>blob|commit|tag|tree) \d{1,15}\0")
_LONGEST_HEADER = 32
_KINDS = {1: "commit", 2: "tree", 3: "blob", 4: "tag"}
_OFFSET_CHANGE, _NAMED_CHANGE = 6, 7
_CHECKSUMS = (20, 32)  # bytes
_UNTOLD = "bytes stand behind the objects that the pack tells of, and were scanned as they are"
_HELD = 64 * MIB  # of bases that changes may yet refer to
_FEED = 16 * 1024
_DEEPEST = 4095  # changes of changes: the most that git writes


class GitObject:
    """One loose object: `.git/objects/ab/cdef…`."""

    name = "git object"

    def matches(self, head: bytes) -> bool:
        if len(head) < 8 or head[0] != 0x78 or int.from_bytes(head[:2], "big") % 31:
            return False
        try:
            return _LOOSE.match(zlib.decompressobj().decompress(head[:512], _LONGEST_HEADER)) is not None
        except zlib.error:
            return False

    def members(self, reader: Reader, artifact: Artifact, budget: Budget) -> Iterator[Member | Gap | Named]:
        packed = Packed(reader)
        chunks = inflated(packed, lambda: Deflate(15), feed=_FEED, streams=False)
        flow = Flow(budget.metered(chunks, packed.packed_size))
        header = _LOOSE.match(flow.peek(_LONGEST_HEADER))
        if header is None or header["kind"] == b"tree":
            flow.skip(budget.limits.max_member_bytes)
        else:
            flow.skip(header.end())
            yield from _member(flow, artifact.member(header["kind"].decode()), budget)
        if packed.used is not None:
            yield from behind(reader, packed.used, artifact, budget)


def _member(flow: Flow, inner: Artifact, budget: Budget) -> Iterator[Member | Gap | Named]:
    if trouble := budget.admit():
        yield gap(inner, trouble)
        return
    data, cut = gather(flow, budget)
    yield Member(inner, data)
    if cut is not None:
        yield gap(inner, cut)


class GitPack:
    """A pack of versions 2 and 3, read from its beginning to its end; its index is not needed."""

    name = "git pack"

    def matches(self, head: bytes) -> bool:
        return head.startswith((b"PACK\0\0\0\2", b"PACK\0\0\0\3"))

    def members(self, reader: Reader, artifact: Artifact, budget: Budget) -> Iterator[Member | Gap | Named]:
        return _Pack(reader, artifact, budget).members()


class _Stored(NamedTuple):
    """`base` is the offset of what a change is made to; None where it is not known."""

    kind: int
    base: int | None
    data: bytes
    end: int


class _Pack:
    def __init__(self, reader: Reader, artifact: Artifact, budget: Budget) -> None:
        self._reader = reader
        self._artifact = artifact
        self._budget = budget
        self._held: OrderedDict[int, tuple[str, bytes]] = OrderedDict()
        self._size = 0
        self._last: tuple[int, _Stored] | None = None
        self._named: dict[bytes, int] = {}  # offsets of objects

    def members(self) -> Iterator[Member | Gap | Named]:
        count = int.from_bytes(self._reader.read(8, 4), "big")
        at, waiting = 12, list[int]()
        try:
            for _ in range(count):
                start = at
                at = self._read(start).end
                if (whole := self._whole(start)) is None:
                    waiting.append(start)
                    continue
                yield from self._member(start, *whole)
            yield from self._beyond(at)
            waiting = yield from self._later(waiting)
        except Damage as damage:
            yield gap(self._artifact, damage.trouble)
        if waiting:
            detail = (
                f"{len(waiting)} objects are changes of objects that are not at hand; scan the checkout too"
            )
            yield gap(self._artifact, Trouble(GapReason.UNSUPPORTED, detail))

    def _member(self, start: int, kind: str, data: bytes) -> Iterator[Member | Gap | Named]:
        if kind == "tree":
            return
        if trouble := self._budget.admit():
            raise Damage(trouble.reason, trouble.detail)
        yield Member(self._artifact.member(f"{kind}@{start}"), data)

    def _later(self, waiting: list[int]) -> Generator[Member | Gap | Named, None, list[int]]:
        """Those whose base stands behind them, as fetching puts it; gives what is left."""
        while waiting:
            left = []
            for start in waiting:
                if (whole := self._whole(start)) is None:
                    left.append(start)
                else:
                    yield from self._member(start, *whole)
            if len(left) == len(waiting):
                break
            waiting = left
        return waiting

    def _beyond(self, end: int) -> Iterator[Member | Gap | Named]:
        """Behind the last object a checksum ends the pack, by SHA-1 or SHA-256; more may hide objects."""
        if self._reader.size - end > max(_CHECKSUMS):
            yield gap(self._artifact, Trouble(GapReason.MALFORMED, _UNTOLD))
        if self._reader.size - end not in _CHECKSUMS:
            yield from behind(self._reader, end, self._artifact, self._budget)

    def _read(self, start: int) -> _Stored:
        """The object at `start` as it is stored. Raises Damage."""
        if self._last is not None and self._last[0] == start:
            return self._last[1]
        head = self._reader.read(start, 64)
        kind, at = _type(head)
        base: int | None = None
        if kind == _OFFSET_CHANGE:
            distance, at = _distance(head, at)
            base = start - distance
        elif kind == _NAMED_CHANGE:
            base = self._named.get(head[at : at + 20])
            at += 20
        data, end = self._inflated(start + at)
        # One that waits for its base must be looked at anew.
        stored = _Stored(kind, base, data, end)
        self._last = (start, stored)
        return stored

    def _whole(self, start: int) -> tuple[str, bytes] | None:
        """Kind and bytes of the object at `start`; None where its base is unknown. Raises Damage.

        A base that is held no more is read again.
        """
        changes: list[tuple[int, bytes]] = []
        at = start
        while (held := self._held.get(at)) is None:
            stored = self._read(at)
            if stored.kind in _KINDS:
                held = _KINDS[stored.kind], stored.data
                self._hold(at, *held)
                break
            if stored.base is None or stored.base < 12 or len(changes) >= _DEEPEST:
                self._last = None
                return None
            changes.append((at, stored.data))
            at = stored.base
        kind, data = held
        for place, change in reversed(changes):
            data = changed(data, change, self._budget.limits.max_member_bytes)
            self._budget.unpacked += len(data)
            self._hold(place, kind, data)
        return kind, data

    def _inflated(self, at: int) -> tuple[bytes, int]:
        """Raises Damage; behind it the next object cannot be found."""
        codec, most = zlib.decompressobj(), self._budget.limits.max_member_bytes
        packed = Packed(self._reader, at, block=_FEED)

        def chunks() -> Iterator[bytes]:
            for block in packed:
                rest = block
                while rest and not codec.eof:
                    yield codec.decompress(rest, MIB)
                    rest = codec.unconsumed_tail
                if codec.eof:
                    return

        parts: list[bytes] = []
        size = 0
        try:
            for part in self._budget.metered(chunks(), packed.packed_size):
                parts.append(part)
                size += len(part)
                if size > most:
                    trouble = too_large(most)
                    raise Damage(trouble.reason, trouble.detail)
        except zlib.error as error:
            raise Damage(GapReason.MALFORMED, TRUNCATED) from error
        if not codec.eof:
            raise Damage(GapReason.MALFORMED, TRUNCATED)
        return b"".join(parts), at + packed.taken - len(codec.unused_data)

    def _hold(self, start: int, kind: str, data: bytes) -> None:
        name = hashlib.sha1(b"%s %d\0" % (kind.encode(), len(data)), usedforsecurity=False)
        name.update(data)
        self._named[name.digest()] = start
        self._held[start] = kind, data
        self._size += len(data)
        while self._size > _HELD and len(self._held) > 1:
            self._size -= len(self._held.popitem(last=False)[1][1])


def changed(base: bytes, change: bytes, most: int) -> bytes:
    """`base` as `change` says: parts of it are copied, others are new. Raises Damage."""
    _, at = _size(change, 0)
    wanted, at = _size(change, at)
    parts: list[bytes] = []
    size = 0
    while at < len(change) and size <= min(wanted, most):
        code = change[at]
        at += 1
        if code < 0x80:
            parts.append(change[at : at + code])
            at += code
        else:
            fields = [0] * 7
            for nth in range(7):
                if code >> nth & 1 and at < len(change):
                    fields[nth] = change[at]
                    at += 1
            offset, length = int.from_bytes(fields[:4], "little"), int.from_bytes(fields[4:], "little")
            parts.append(base[offset : offset + (length or 0x10000)])
        size += len(parts[-1])
    if size != wanted:
        raise Damage(GapReason.MALFORMED, TRUNCATED)
    return b"".join(parts)


def _type(head: bytes) -> tuple[int, int]:
    """The kind of an object and the length of its header. Raises Damage at the end of the file."""
    at = next((nth for nth, byte in enumerate(head) if byte < 0x80), None)
    if at is None:
        raise Damage(GapReason.MALFORMED, TRUNCATED)
    return head[0] >> 4 & 7, at + 1


def _distance(head: bytes, at: int) -> tuple[int, int]:
    """How far before an object its base begins."""
    value = -1
    while at < len(head):
        byte = head[at]
        at += 1
        value = (value + 1) << 7 | (byte & 0x7F)
        if byte < 0x80:
            break
    return value, at


def _size(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while at < len(data) and shift < 64:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            break
    return value, at
