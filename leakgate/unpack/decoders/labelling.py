"""
The mechanism of every decoder that finds names and values apart from each other and puts them together.

All of a segment's become one child of fields, in which each value stands behind its name. Never knows
a syntax itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from leakgate.model.detection import Pattern, Suspect
from leakgate.model.expressions import expression
from leakgate.model.offsets import OffsetMap, Shift
from leakgate.model.segment import Context, Segment
from leakgate.unpack.field_batch import FieldBatch
from leakgate.unpack.formats.edited import edited

_SHORTEST = 3
_LONGEST_LABEL = 72  # bytes; the syntax of labelled values knows names of up to 80
_QUOTED = {
    b"'": expression(rb"''|\\(['\"\\])"),
    b'"': expression(rb'""|\\(["\'\\])'),
}


class Named(NamedTuple):
    """Bytes `start..end` of the segment are called `label`; `quote` is the mark around them, if any."""

    label: bytes
    start: int
    end: int
    quote: bytes = b""


Finder = Callable[[bytes, Sequence[Suspect]], Iterator[Named]]


@dataclass(frozen=True, slots=True)
class Labelling:
    """A decoder made of the patterns that call for it and what it finds; never within its own child."""

    name: str
    patterns: tuple[Pattern, ...]
    find: Finder

    def decode(self, segment: Segment, suspects: Sequence[Suspect]) -> Iterator[Segment]:
        if self.name in segment.decoded:
            return
        data = segment.data

        def context(named: Named, within: int) -> Context:
            return replace(
                segment.contexts.at(named.start + within), label=named.label.decode("utf-8", "replace")
            )

        batch: FieldBatch[Named] = FieldBatch(
            segment, lambda named: _text(data, named)[1], context, (self.name,)
        )
        for named in self.find(data, suspects):
            label = named.label.strip()[:_LONGEST_LABEL]
            if named.end - named.start >= _SHORTEST and label:
                batch.add(label, _text(data, named)[0], named)
        if (child := batch.segment()) is not None:
            yield child


def _text(data: bytes, named: Named) -> tuple[bytes, OffsetMap]:
    """The value without the escapes of its quotes, and the way back."""
    _, start, end, quote = named
    places = _QUOTED.get(quote)
    if places is None or not (data.find(quote * 2, start, end) >= 0 or data.find(b"\\", start, end) >= 0):
        return data[start:end], Shift(start)
    return edited(data, start, end, places, lambda hit: hit[1] or quote)
