"""Offset maps of encodings in which so many characters stand for so many bytes; exact to the group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from leakgate.model.offsets import OffsetMap, Pieces, Shift
from leakgate.model.spans import Span


@dataclass(frozen=True, slots=True)
class Groups:
    """`octets` derived bytes stand in `characters` of the encoded text, which `inner` takes to the parent.

    `total` is the length of the encoded text: the last group may be short.
    """

    octets: int
    characters: int
    total: int
    inner: OffsetMap

    def to_parent(self, span: Span) -> Span:
        start = span.start // self.octets * self.characters
        end = -(-span.end // self.octets) * self.characters
        start = min(start, self.total)
        return self.inner.to_parent(Span(start, max(start, min(end, self.total))))


@dataclass(frozen=True, slots=True)
class Places:
    """Derived byte `i` stands at `starts[i]..ends[i]` of the parent; there is at least one."""

    starts: Sequence[int]
    ends: Sequence[int]

    def to_parent(self, span: Span) -> Span:
        last = len(self.starts) - 1
        start = self.starts[min(span.start, last)]
        return Span(start, self.ends[min(span.end - 1, last)] if span.width else start)


def joined(pieces: Sequence[Span]) -> Pieces:
    """The map of an encoded text that stands in several places of its parent."""
    starts, at = [], 0
    for piece in pieces:
        starts.append(at)
        at += piece.width
    return Pieces(starts, [Shift(piece.start) for piece in pieces])
