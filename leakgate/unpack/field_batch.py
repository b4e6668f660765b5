"""
Labelled values in one buffer, one field per line, so that all of them are scanned in one call.

`label: \\x1fvalue\\x1e\\n`: the two separators (ASCII's own for fields and records) delimit a value exactly,
whatever quotes or line breaks it holds; the syntax of labelled values knows them. A document has a hundred
thousand values and a finding or two, so maps, pointers and tests are made only for what is found.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate
from operator import add
from typing import Generic, TypeVar

from leakgate.model.offsets import OffsetMap, Pieces, Whole
from leakgate.model.segment import Context, Segment, SegmentKind
from leakgate.model.spans import Span
from leakgate.unpack.control import without_control

FIELD_OPEN = b"\x1f"
FIELD_CLOSE = b"\x1e"
_SEPARATORS = bytes.maketrans(FIELD_OPEN + FIELD_CLOSE, b"  ")
_OPEN = b": " + FIELD_OPEN
_CLOSE = FIELD_CLOSE + b"\n"

T = TypeVar("T")


def head(label: bytes) -> bytes:
    """What stands between a value and the one before it, for `FieldBatch.extend`."""
    return _CLOSE + label + _OPEN


def label_of(head: bytes) -> bytes:
    """The label of what `head` gave."""
    return head[len(_CLOSE) : -len(_OPEN)]


def without_separators(value: bytes) -> bytes:
    """The value with blanks in the place of what delimits values."""
    if FIELD_OPEN in value or FIELD_CLOSE in value:
        return value.translate(_SEPARATORS)
    return value


class FieldBatch(Generic[T]):
    """
    Gathers fields of `parent`, each with an origin: whatever its reader needs to find the value again.

    `back` makes the map from offsets of a value to the parent's data, `context` says what is known of
    an offset of a value; `by` names what was decoded on the way.
    """

    def __init__(
        self,
        parent: Segment,
        back: Callable[[T], OffsetMap],
        context: Callable[[T, int], Context],
        by: tuple[str, ...] = (),
    ) -> None:
        self._parent = parent
        self._back = back
        self._context = context
        self._by = by
        self._parts: list[bytes] = []  # of each field its head, then its value
        self._origins: list[T] = []
        self.size = 0

    def __len__(self) -> int:
        return len(self._origins)

    def add(self, label: bytes, value: bytes, origin: T) -> None:
        value = without_separators(value)
        beginning = _CLOSE + label + _OPEN
        self._parts += (beginning, value)
        self._origins.append(origin)
        self.size += len(beginning) + len(value)

    def extend(self, parts: Sequence[bytes], origins: Sequence[T]) -> None:
        """Many fields at once: of each its `head`, then its value, which has no separators. `size` stays."""
        self._parts += parts
        self._origins += origins

    def segment(self) -> Segment | None:
        """All fields as one segment without terminal control sequences; None when there are none.

        The batch is empty then.
        """
        if not self._origins:
            return None
        parts, origins = self._parts, self._origins
        self._parts, self._origins = [], []
        fields = _Fields(array("L", map(len, parts)), origins, self._back, self._context)
        parts[0] = parts[0][len(_CLOSE) :]
        parts.append(_CLOSE)
        gathered = Segment(
            text=self._parent.text,
            data=b"".join(parts),
            kind=SegmentKind.FIELDS,
            trail=self._parent.trail.through(fields),
            contexts=fields,
            decoded=self._parent.decoded + self._by,
        )
        return without_control(gathered) or gathered


class _Fields(Generic[T]):
    """Where the fields of a segment begin, and what is known of each; worked out when first asked."""

    __slots__ = ("_back", "_context", "_origins", "_places", "_starts", "_widths")

    def __init__(
        self,
        widths: Sequence[int],
        origins: Sequence[T],
        back: Callable[[T], OffsetMap],
        context: Callable[[T, int], Context],
    ) -> None:
        self._widths = widths  # of the head and the value of each field
        self._origins = origins
        self._back = back
        self._context = context
        self._starts: list[int] = []
        self._places: dict[int, OffsetMap] = {}

    def at(self, offset: int) -> Context:
        """What is known of an offset."""
        number = self._number(offset)
        within = offset - self._starts[number] - self._head(number)
        return self._context(self._origins[number], max(0, within))

    def to_parent(self, span: Span) -> Span:
        """Head and end of a field stand for the value as a whole."""
        first, last = self._number(span.start), self._number(max(span.start, span.end - 1))
        numbers = (first,) if first == last else (first, last)
        starts = [self._starts[number] for number in numbers]
        return Pieces(starts, [self._place(number) for number in numbers]).to_parent(span)

    def _number(self, offset: int) -> int:
        """Of the field that has the offset."""
        if not self._starts:
            # Each head counts the end of the field before it; the first one has none, all others move up.
            both = map(add, self._widths[::2], self._widths[1::2])
            self._starts = list(accumulate(both, initial=0))[:-1]
        return max(0, bisect_right(self._starts, offset) - 1)

    def _head(self, number: int) -> int:
        return self._widths[2 * number] - len(_CLOSE)

    def _place(self, number: int) -> OffsetMap:
        if number not in self._places:
            head, width = self._head(number), self._widths[2 * number + 1]
            back = self._back(self._origins[number])
            whole = Whole(back.to_parent(Span(0, width)))
            self._places[number] = Pieces((0, head, head + width), (whole, back, whole))
        return self._places[number]
