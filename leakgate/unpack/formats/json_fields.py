"""
The values of one batch as one segment, each with its label, its pointer, its test and its place.

The layout is that of `base.Fields`; here pointers, tests and maps are made only for what is found,
because a document has a hundred thousand values and a finding or two.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence

from leakgate.model.offsets import Lazy, OffsetMap, Pieces, Whole
from leakgate.model.segment import NO_CONTEXT, Context, Segment, SegmentKind, TestRef
from leakgate.model.spans import Span
from leakgate.unpack.control import without_control
from leakgate.unpack.formats.base import FIELD_CLOSE, FIELD_OPEN
from leakgate.unpack.formats.json_nodes import Key, Node, pointer

# Where each part of a value begins in it, and the container and key that it stands under.
Parts = Sequence[tuple[int, Node, Key]]
TestOf = Callable[[Node], TestRef | None]
_SEPARATORS = bytes.maketrans(FIELD_OPEN + FIELD_CLOSE, b"  ")
_OPEN = b": " + FIELD_OPEN
_CLOSE = FIELD_CLOSE + b"\n"


class JsonFields:
    """Gathers fields; `test_of` says which test wrote what stands below a container."""

    def __init__(self, document: Segment, test_of: TestOf, by: tuple[str, ...] = ()) -> None:
        self._document = document
        self._test_of = test_of
        self._by = by
        self._parts: list[bytes] = []
        self._size = 0
        self._starts: list[int] = []
        self._fields: list[_Field] = []

    def add(self, label: str, value: bytes, back: OffsetMap, parts: Parts) -> None:
        """One field. `back` leads from offsets of `value` to the document, `parts` are what it is made of."""
        if FIELD_OPEN in value or FIELD_CLOSE in value:
            value = value.translate(_SEPARATORS)
        head = label.encode("utf-8", "replace") + _OPEN
        self._starts.append(self._size)
        self._fields.append((len(head), len(value), back, parts, label))
        self._parts += (head, value, _CLOSE)
        self._size += len(head) + len(value) + len(_CLOSE)

    def segment(self) -> Segment | None:
        """All fields as one segment without terminal control sequences; None when there are none."""
        if not self._fields:
            return None
        document, starts, fields = self._document, self._starts, self._fields
        gathered = Segment(
            text=document.text,
            data=b"".join(self._parts),
            kind=SegmentKind.FIELDS,
            trail=document.trail.through(Lazy(lambda: Pieces(starts, map(_places, fields)))),
            contexts=_Contexts(starts, fields, self._test_of),
            decoded=document.decoded + self._by,
        )
        return without_control(gathered) or gathered


# Width of the head, width of the value, the way back, where the value belongs, its label.
_Field = tuple[int, int, OffsetMap, Parts, str]


def _places(field: _Field) -> OffsetMap:
    """Head and end of a field stand for the value as a whole."""
    head, width, back = field[:3]

    def made() -> OffsetMap:
        whole = Whole(back.to_parent(Span(0, width)))
        return Pieces((0, head, head + width), (whole, back, whole))

    return Lazy(made)


class _Contexts:
    def __init__(self, starts: list[int], fields: list[_Field], test_of: TestOf) -> None:
        self._starts = starts
        self._fields = fields
        self._test_of = test_of

    def at(self, offset: int) -> Context:
        index = bisect_right(self._starts, offset) - 1
        if index < 0:
            return NO_CONTEXT
        head, _, _, parts, label = self._fields[index]
        within = offset - self._starts[index] - head
        part = bisect_right(parts, within, key=lambda part: part[0]) - 1
        _, node, key = parts[max(0, part)]
        return Context(pointer(node, key), label, self._test_of(node))
