"""
Offset maps: where a span of derived bytes came from.

A map answers with a span of its parent that *covers* the asked one. Maps are built lazily:
a clean segment never pays for its map.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from typing import Protocol

from leakgate.model.records import dataclass
from leakgate.model.spans import Span


class OffsetMap(Protocol):
    def to_parent(self, span: Span) -> Span:
        """The smallest known span of the parent that covers `span`."""


@dataclass(frozen=True, slots=True)
class Shift:
    """The derived bytes are the parent's bytes from `by` on, unchanged."""

    by: int

    def to_parent(self, span: Span) -> Span:
        return span.shifted(self.by)


@dataclass(frozen=True, slots=True)
class Whole:
    """No finer place is known than the carrier as a whole."""

    parent: Span

    def to_parent(self, span: Span) -> Span:
        return self.parent


@dataclass(frozen=True, slots=True)
class Edit:
    """Parent bytes `start..end` became `length` derived bytes; what stands between edits is unchanged."""

    start: int
    end: int
    length: int


class Edits:
    """A text with some places replaced (escapes decoded, control sequences dropped).

    `edits` are in ascending order of parent offset and do not overlap.
    """

    __slots__ = ("_derived", "_edits")

    def __init__(self, edits: Iterable[Edit]) -> None:
        self._edits = tuple(edits)
        derived: list[int] = []
        shrunk = 0
        for edit in self._edits:
            derived.append(edit.start - shrunk)
            shrunk += edit.end - edit.start - edit.length
        self._derived = derived

    def to_parent(self, span: Span) -> Span:
        if span.width == 0:
            at = self._start(span.start)
            return Span(at, at)
        return Span(self._start(span.start), self._last(span.end - 1))

    def _start(self, offset: int) -> int:
        """Parent offset at which the derived byte `offset` begins."""
        index = bisect_right(self._derived, offset) - 1
        if index < 0:
            return offset
        edit, at = self._edits[index], self._derived[index]
        if offset < at + edit.length:
            return edit.start
        return edit.end + (offset - at - edit.length)

    def _last(self, offset: int) -> int:
        """Parent offset behind the derived byte `offset`."""
        index = bisect_right(self._derived, offset) - 1
        if index < 0:
            return offset + 1
        edit, at = self._edits[index], self._derived[index]
        if offset < at + edit.length:
            return edit.end
        return edit.end + (offset - at - edit.length) + 1


class Pieces:
    """Derived bytes put together from pieces of the parent, each with its own map.

    `starts` are the ascending derived offsets at which the pieces begin; `maps[i]` takes
    offsets relative to `starts[i]`. A span over several pieces covers from the first to the last.
    """

    __slots__ = ("_maps", "_starts")

    def __init__(self, starts: Iterable[int], maps: Iterable[OffsetMap]) -> None:
        self._starts = list(starts)
        self._maps = list(maps)

    def to_parent(self, span: Span) -> Span:
        first, last = self._piece(span.start), self._piece(max(span.start, span.end - 1))
        if first == last:
            return self._maps[first].to_parent(span.shifted(-self._starts[first]))
        head = self._maps[first].to_parent(Span(*[span.start - self._starts[first]] * 2))
        at = span.end - 1 - self._starts[last]
        tail = self._maps[last].to_parent(Span(at, at + 1))
        return Span(min(head.start, tail.start), max(head.end, tail.end))

    def _piece(self, offset: int) -> int:
        return max(0, bisect_right(self._starts, offset) - 1)


class Lazy:
    """A map that is made when first asked."""

    __slots__ = ("_made", "_make")

    def __init__(self, make: Callable[[], OffsetMap]) -> None:
        self._make = make
        self._made: OffsetMap | None = None

    def to_parent(self, span: Span) -> Span:
        if self._made is None:
            self._made = self._make()
        return self._made.to_parent(span)


@dataclass(frozen=True, slots=True)
class Trail:
    """The maps from a segment back to the raw bytes of its text, innermost last."""

    maps: tuple[OffsetMap, ...] = ()

    def through(self, inner: OffsetMap) -> Trail:
        """The trail of a segment derived from this one by `inner`."""
        return Trail((*self.maps, inner))

    def to_raw(self, span: Span) -> Span:
        for step in reversed(self.maps):
            span = step.to_parent(span)
        return span
