"""
A batch of markup's fields as one segment, laid out as every batch of fields.

Keeps places only; maps, pointers and tests are made for what is found in it.
"""

from __future__ import annotations

from leakgate.model.offsets import OffsetMap, Pieces, Shift
from leakgate.model.segment import Context, Segment
from leakgate.unpack.field_batch import FieldBatch
from leakgate.unpack.formats.entities import unescaped
from leakgate.unpack.formats.markup_elements import Element, path, scope
from leakgate.unpack.formats.test_scopes import Dialect

_MOST_FIELDS = 20_000
_MOST_BYTES = 8 << 20

# A stretch of text: start and end in the document, and whether references mean nothing in it.
Run = tuple[int, int, bool]
# The runs of a value, its element, and its step behind the element's path.
_Origin = tuple[tuple[Run, ...], Element, bytes]


def plain(data: bytes, run: Run) -> bytes:
    """The text of a run, its references replaced."""
    start, end, literal = run
    return data[start:end] if literal else unescaped(data, start, end)[0]


class Batch:
    """Fields in the order of the document."""

    def __init__(self, document: Segment, dialect: Dialect) -> None:
        data = document.data

        def context(origin: _Origin, _: int) -> Context:
            element, step = origin[1:]
            pointer = path(element) + step.decode("utf-8", "replace")
            return Context(pointer, None, scope(element, data, dialect).test)

        self._batch: FieldBatch[_Origin] = FieldBatch(
            document, lambda origin: _joined(data, origin[0]), context
        )

    @property
    def is_full(self) -> bool:
        return len(self._batch) >= _MOST_FIELDS or self._batch.size >= _MOST_BYTES

    def add(
        self, label: bytes, value: bytes, runs: tuple[Run, ...], element: Element, step: bytes = b""
    ) -> None:
        """One field: `value` is the text of `runs`; `step` leads on from its element, such as `/@name`."""
        self._batch.add(label, value, (runs, element, step))

    def segment(self) -> Segment | None:
        """All fields, without terminal control sequences; None when there are none."""
        return self._batch.segment()


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
