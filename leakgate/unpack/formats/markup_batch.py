"""
A batch of markup's fields as one segment, laid out as `base.Fields` does.

Keeps places only; maps, pointers and tests are made for what is found in it.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from leakgate.model.offsets import Lazy, OffsetMap, Pieces, Shift, Whole
from leakgate.model.segment import NO_CONTEXT, Context, Segment, SegmentKind
from leakgate.model.spans import Span
from leakgate.unpack.control import without_control
from leakgate.unpack.formats.base import FIELD_CLOSE, FIELD_OPEN
from leakgate.unpack.formats.entities import unescaped
from leakgate.unpack.formats.markup_elements import Element, path, scope
from leakgate.unpack.formats.test_scopes import Dialect

_OPEN = b": " + FIELD_OPEN
_CLOSE = FIELD_CLOSE + b"\n"
_SEPARATORS = bytes.maketrans(FIELD_OPEN + FIELD_CLOSE, b"  ")
_MOST_FIELDS = 20_000
_MOST_BYTES = 8 << 20

# A stretch of text: start and end in the document, and whether references mean nothing in it.
Run = tuple[int, int, bool]
# Width of the head and of the value, its runs, its element, and its step behind the element's path.
_Field = tuple[int, int, tuple[Run, ...], Element, bytes]


def plain(data: bytes, run: Run) -> bytes:
    """The text of a run, its references replaced."""
    start, end, literal = run
    return data[start:end] if literal else unescaped(data, start, end)[0]


class Batch:
    """Fields in the order of the document."""

    def __init__(self, document: Segment, dialect: Dialect) -> None:
        self._document = document
        self._dialect = dialect
        self._parts: list[bytes] = []
        self._size = 0
        self._starts: list[int] = []
        self._fields: list[_Field] = []

    @property
    def is_full(self) -> bool:
        return len(self._fields) >= _MOST_FIELDS or self._size >= _MOST_BYTES

    def add(
        self, label: bytes, value: bytes, runs: tuple[Run, ...], element: Element, step: bytes = b""
    ) -> None:
        """One field: `value` is the text of `runs`; `step` leads on from its element, such as `/@name`."""
        if FIELD_OPEN in value or FIELD_CLOSE in value:
            value = value.translate(_SEPARATORS)
        head = label + _OPEN
        self._starts.append(self._size)
        self._fields.append((len(head), len(value), runs, element, step))
        self._parts += (head, value, _CLOSE)
        self._size += len(head) + len(value) + len(_CLOSE)

    def segment(self) -> Segment | None:
        """All fields, without terminal control sequences; None when there are none."""
        if not self._fields:
            return None
        document, starts, fields = self._document, self._starts, self._fields
        gathered = Segment(
            text=document.text,
            data=b"".join(self._parts),
            kind=SegmentKind.FIELDS,
            trail=document.trail.through(
                Lazy(lambda: Pieces(starts, (_places(document.data, field) for field in fields)))
            ),
            contexts=_Contexts(starts, fields, document.data, self._dialect),
            decoded=document.decoded,
        )
        return without_control(gathered) or gathered


def _places(data: bytes, field: _Field) -> OffsetMap:
    """Head and end of a field stand for the value as a whole."""
    head, width, runs = field[:3]

    def made() -> OffsetMap:
        back = _joined(data, runs)
        whole = Whole(back.to_parent(Span(0, width)))
        return Pieces((0, head, head + width), (whole, back, whole))

    return Lazy(made)


def _joined(data: bytes, runs: tuple[Run, ...]) -> OffsetMap:
    starts: list[int] = []
    maps: list[OffsetMap] = []
    size = 0
    for start, end, literal in runs:
        text, back = (data[start:end], Shift(start)) if literal else unescaped(data, start, end)
        if text:
            starts.append(size)
            maps.append(back)
            size += len(text)
    return maps[0] if len(maps) == 1 else Pieces(starts, maps)


@dataclass(frozen=True, slots=True)
class _Contexts:
    starts: list[int]
    fields: list[_Field]
    data: bytes
    dialect: Dialect

    def at(self, offset: int) -> Context:
        index = bisect_right(self.starts, offset) - 1
        if index < 0:
            return NO_CONTEXT
        *_, element, step = self.fields[index]
        pointer = path(element) + step.decode("utf-8", "replace")
        return Context(pointer, None, scope(element, self.data, self.dialect).test)
