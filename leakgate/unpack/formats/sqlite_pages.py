"""
The pages of SQLite files: databases, write-ahead logs and rollback journals, and the b-trees in them.

Source: "Database File Format", sqlite.org/fileformat2.html. Runs no SQL and follows no page twice; what is
damaged is left out, for its strings are scanned as they stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from itertools import accumulate

from leakgate.model.offsets import OffsetMap, Pieces, Shift
from leakgate.model.records import dataclass
from leakgate.model.spans import Span

_TABLE_LEAF, _TABLE_INNER, _INDEX_LEAF, _INDEX_INNER = 0x0D, 0x05, 0x0A, 0x02
_KINDS = (_TABLE_LEAF, _TABLE_INNER, _INDEX_LEAF, _INDEX_INNER)
_FILE_HEADER = 100  # bytes in front of the b-tree header of page 1
_MOST_PAYLOAD = 64 << 20


@dataclass(frozen=True, slots=True)
class Payload:
    """The record of one cell; `pieces` are offsets of the record and of the file where it is scattered."""

    rowid: int | None
    data: bytes
    start: int
    pieces: tuple[tuple[int, int], ...] = ()

    def back(self, at: int) -> OffsetMap | int:
        """From what stands at offset `at` of the record to the file."""
        return _Part(at, self.pieces) if self.pieces else self.start + at


@dataclass(frozen=True, slots=True)
class _Part:
    at: int
    pieces: tuple[tuple[int, int], ...]

    def to_parent(self, span: Span) -> Span:
        whole = Pieces((at for at, _ in self.pieces), (Shift(start) for _, start in self.pieces))
        return whole.to_parent(span.shifted(self.at))


@dataclass(slots=True)
class Pages:
    """`offsets` say where the newest image of each page stands; `older` where others do."""

    data: bytes
    size: int
    usable: int
    offsets: dict[int, int]
    older: tuple[int, ...] = ()
    seen: set[int] = field(default_factory=set)

    def table(self, root: int) -> Iterator[Payload]:
        """The rows below `root`, of a table with or without rowids, or the entries of an index."""
        waiting = [root]
        while waiting:
            start = self.offsets.get(waiting.pop())
            if start is None or start in self.seen:
                continue
            self.seen.add(start)
            kind = self._kind(start)
            if kind in (_TABLE_INNER, _INDEX_INNER):
                waiting += reversed(self._children(start))
            if kind != _TABLE_INNER:
                yield from self.rows(start)

    def strays(self) -> Iterator[int]:
        """Where pages with rows stand that no table led to: freed, of an older state, or behind damage."""
        places = sorted((*self.offsets.values(), *self.older))
        return (start for start in places if start not in self.seen and self._kind(start) == _TABLE_LEAF)

    def rows(self, start: int) -> Iterator[Payload]:
        """The cells of one page, in order; those that cannot be are left out."""
        kind, room = self._kind(start), self.size
        for cell in self._cells(start):
            at = cell + 4 if kind == _INDEX_INNER else cell
            size, at = varint(self.data, at)
            rowid = None
            if kind == _TABLE_LEAF:
                rowid, at = varint(self.data, at)
                rowid -= (rowid >> 63) << 64
            local = self._local(size, kind == _TABLE_LEAF)
            room -= at - cell + min(size, local)
            if room < 0:  # cells that overlap; together they could be far larger than the file
                return
            if 0 < size <= _MOST_PAYLOAD:
                yield self._payload(rowid, size, at, local)

    def _local(self, size: int, is_table: bool) -> int:
        """How much of a record of `size` bytes stands in its cell."""
        usable = self.usable
        most = usable - 35 if is_table else (usable - 12) * 64 // 255 - 23
        if size <= most:
            return size
        least = (usable - 12) * 32 // 255 - 23
        local = least + (size - least) % (usable - 4)
        return local if local <= most else least

    def _payload(self, rowid: int | None, size: int, at: int, local: int) -> Payload:
        if local == size:
            return Payload(rowid, self.data[at : at + size], at)
        parts = [(at, self.data[at : at + local])]
        parts += self._overflow(_number(self.data, at + local, 4), size - local)
        starts = accumulate((len(part) for _, part in parts[:-1]), initial=0)
        pieces = tuple(zip(starts, (place for place, _ in parts), strict=True))
        return Payload(rowid, b"".join(part for _, part in parts), at, pieces)

    def _overflow(self, page: int, missing: int) -> Iterator[tuple[int, bytes]]:
        """The rest of a record, page by page, as far as the chain goes."""
        while missing > 0 and (start := self.offsets.get(page, -1)) >= 0 and start not in self.seen:
            self.seen.add(start)
            part = self.data[start + 4 : start + 4 + min(missing, self.usable - 4)]
            yield start + 4, part
            missing -= len(part)
            page = _number(self.data, start, 4)

    def _kind(self, start: int) -> int:
        at = self._header(start)
        kind = self.data[at] if at < len(self.data) else 0
        return kind if kind in _KINDS else 0

    def _header(self, start: int) -> int:
        return start + _FILE_HEADER if start == self.offsets.get(1) else start

    def _children(self, start: int) -> list[int]:
        right = _number(self.data, self._header(start) + 8, 4)
        return [*(_number(self.data, cell, 4) for cell in self._cells(start)), right]

    def _cells(self, start: int) -> list[int]:
        """Where the cells stand in the file."""
        at = self._header(start)
        count = _number(self.data, at + 3, 2)
        first = at + (12 if self._kind(start) in (_TABLE_INNER, _INDEX_INNER) else 8)
        places = (_number(self.data, first + 2 * nth, 2) for nth in range(min(count, self.size // 4)))
        low = first + 2 * count - start
        return [start + place for place in places if low <= place < self.usable]


def varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, unsigned, and the offset behind it; what is cut off is zero."""
    value = 0
    for nth in range(9):
        byte = data[at] if at < len(data) else 0
        at += 1
        if nth == 8:
            return (value << 8) | byte, at
        value = (value << 7) | (byte & 0x7F)
        if byte < 0x80:
            break
    return value, at


def _number(data: bytes, at: int, width: int) -> int:
    return int.from_bytes(data[at : at + width], "big")
