"""
Labelled values in one buffer, one field per line, so that all of them are scanned in one call.

`label: \\x1fvalue\\x1e\\n`: the two separators (ASCII's own for fields and records) delimit a value exactly,
whatever quotes or line breaks it holds; the syntax of labelled values knows them. A document has a hundred
thousand values and a finding or two, so maps, pointers and tests are made only for what is found.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from typing import Generic, TypeVar

from leakgate.model.offsets import Lazy, OffsetMap, Pieces, Whole
from leakgate.model.segment import NO_CONTEXT, Context, Segment, SegmentKind
from leakgate.model.spans import Span
from leakgate.unpack.control import without_control

FIELD_OPEN = b"\x1f"
FIELD_CLOSE = b"\x1e"
_SEPARATORS = bytes.maketrans(FIELD_OPEN + FIELD_CLOSE, b"  ")
_OPEN = b": " + FIELD_OPEN
_CLOSE = FIELD_CLOSE + b"\n"

T = TypeVar("T")


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
        self._parts: list[bytes] = []
        self._starts: list[int] = []
        self._fields: list[tuple[int, int, T]] = []  # width of the head, width of the value
        self.size = 0

    def __len__(self) -> int:
        return len(self._fields)

    def add(self, label: bytes, value: bytes, origin: T) -> None:
        if FIELD_OPEN in value or FIELD_CLOSE in value:
            value = value.translate(_SEPARATORS)
        head = label + _OPEN
        self._starts.append(self.size)
        self._fields.append((len(head), len(value), origin))
        self._parts += (head, value, _CLOSE)
        self.size += len(head) + len(value) + len(_CLOSE)

    def segment(self) -> Segment | None:
        """All fields as one segment without terminal control sequences; None when there are none."""
        if not self._fields:
            return None
        parent, starts, fields = self._parent, self._starts, self._fields
        gathered = Segment(
            text=parent.text,
            data=b"".join(self._parts),
            kind=SegmentKind.FIELDS,
            trail=parent.trail.through(Lazy(lambda: Pieces(starts, map(self._places, fields)))),
            contexts=_Contexts(starts, fields, self._context),
            decoded=parent.decoded + self._by,
        )
        return without_control(gathered) or gathered

    def _places(self, field: tuple[int, int, T]) -> OffsetMap:
        """Head and end of a field stand for the value as a whole."""
        head, width, origin = field

        def made() -> OffsetMap:
            back = self._back(origin)
            whole = Whole(back.to_parent(Span(0, width)))
            return Pieces((0, head, head + width), (whole, back, whole))

        return Lazy(made)


class _Contexts(Generic[T]):
    def __init__(
        self, starts: list[int], fields: list[tuple[int, int, T]], context: Callable[[T, int], Context]
    ) -> None:
        self._starts = starts
        self._fields = fields
        self._context = context

    def at(self, offset: int) -> Context:
        index = bisect_right(self._starts, offset) - 1
        if index < 0:
            return NO_CONTEXT
        head, _, origin = self._fields[index]
        return self._context(origin, max(0, offset - self._starts[index] - head))
