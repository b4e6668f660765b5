"""
Which of several matches on the same bytes stands.

In one segment the more specific, surer, wider match wins. Between segments of one member (raw text,
a decoded value in it, a document's fields) the same value is one match at its most exact place, and
a decoded credential replaces the vaguer match on its carrier; different values both stand.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import takewhile

from leakgate.findings.placed import Placed
from leakgate.model.offsets import OffsetMap, Trail, Whole
from leakgate.model.spans import Span


def resolve(sightings: Iterable[Placed]) -> tuple[Placed, ...]:
    """The matches that stand, in the order of their places; the answer does not depend on input order."""
    by_segment: dict[int, list[Placed]] = {}
    for sighting in sightings:
        by_segment.setdefault(id(sighting.segment), []).append(sighting)
    standing = [winner for group in by_segment.values() for winner in _within_segment(group)]
    return tuple(sorted(_across_segments(standing), key=lambda p: (p.absolute, p.match.rule.id)))


def _strength(sighting: Placed) -> tuple[int, int, int, int, str]:
    """Smaller is stronger."""
    match = sighting.match
    return (
        -match.rule.specificity,
        match.confidence.rank,
        -match.span.width,
        match.span.start,
        match.rule.id,
    )


def _within_segment(group: Sequence[Placed]) -> list[Placed]:
    taken = _Intervals()
    return [sighting for sighting in sorted(group, key=_strength) if taken.claim(sighting.match.span)]


class _Intervals:
    """Disjoint spans, in order."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def claim(self, span: Span) -> bool:
        """Adds `span` unless it overlaps one that is there."""
        at = bisect_left(self._starts, span.end)
        if at and self._ends[at - 1] > span.start:
            return False
        self._starts.insert(at, span.start)
        self._ends.insert(at, span.end)
        return True


def _across_segments(standing: Sequence[Placed]) -> list[Placed]:
    """Sweep over places in order; only overlapping ones of different segments are compared."""
    kept: list[Placed] = []
    active: list[Placed] = []
    for sighting in sorted(standing, key=lambda p: (p.absolute, _strength(p))):
        active = [other for other in active if other.absolute.end > sighting.absolute.start]
        rivals = [other for other in active if other.segment is not sighting.segment]
        if any(_replaces(other, sighting) for other in rivals):
            continue
        beaten = {id(other) for other in rivals if _replaces(sighting, other)}
        active = [other for other in active if id(other) not in beaten]
        kept = [other for other in kept if id(other) not in beaten] if beaten else kept
        active.append(sighting)
        kept.append(sighting)
    return kept


def _replaces(one: Placed, other: Placed) -> bool:
    """Whether `one` makes `other` superfluous; never both ways."""
    if one.match.rule.category is not other.match.rule.category:
        return False
    mine, theirs = one.match.secret.reveal(), other.match.secret.reveal()
    if mine != theirs and not _meet(one, other):
        return False
    if mine == theirs or (one.segment.decoded == other.segment.decoded):
        return (_strength(one)[:2], *_exactness(one)) < (_strength(other)[:2], *_exactness(other))
    if one.match.rule.id == other.match.rule.id and one.raw == other.raw:
        return len(one.segment.decoded) > len(other.segment.decoded)  # the value, not how it is written
    if one.match.rule.specificity != other.match.rule.specificity:
        return one.match.rule.specificity > other.match.rule.specificity and _tells_more(one, other)
    return theirs in mine and len(theirs) < len(mine) and one.raw.width <= other.raw.width


def _meet(one: Placed, other: Placed) -> bool:
    """
    Whether both overlap in the text from which both were derived, where that is known.

    All that stands in one compressed value has one place in the raw bytes, and is no less apart for it.
    """
    mine, theirs = one.segment.trail.maps, other.segment.trail.maps
    common = sum(1 for _ in takewhile(lambda pair: pair[0] is pair[1], zip(mine, theirs, strict=False)))
    if not common and (_behind_carrier(mine) or _behind_carrier(theirs)):
        if one.raw != other.raw:
            return _share_text(one, other)
        from_mine, from_theirs = _behind_carrier(mine), _behind_carrier(theirs)
    else:
        from_mine, from_theirs = common, common
    here = Trail(mine[from_mine:]).to_raw(one.match.span)
    return here.overlaps(Trail(theirs[from_theirs:]).to_raw(other.match.span))


def _share_text(one: Placed, other: Placed) -> bool:
    mine, theirs = one.match.secret.reveal(), other.match.secret.reveal()
    return mine in theirs or theirs in mine


def _behind_carrier(maps: Sequence[OffsetMap]) -> int:
    """The number of steps up to the last in which everything has one place; 0 if there is none."""
    return max((number for number, step in enumerate(maps, 1) if isinstance(step, Whole)), default=0)


def _tells_more(one: Placed, other: Placed) -> bool:
    """A decoded value over its carrier, or the whole over a part."""
    return len(one.segment.decoded) > len(other.segment.decoded) or one.raw.covers(other.raw)


def _exactness(sighting: Placed) -> tuple[int, int, int, int, int]:
    """Smaller is more exact: a narrow place, a pointer, few decodings, all of a pointer; then an order."""
    pointer = sighting.segment.contexts.at(sighting.match.span.start).pointer
    decodings, start = len(sighting.segment.decoded), sighting.match.span.start
    return (sighting.raw.width, pointer is None, decodings, -len(pointer or ""), start)
