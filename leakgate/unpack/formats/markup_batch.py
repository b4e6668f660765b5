"""
A batch of markup's fields as one segment, laid out as every batch of fields.

Keeps places only; maps, pointers and tests are made for what is found in it.
"""

from __future__ import annotations

from collections.abc import Sequence

from leakgate.model.offsets import OffsetMap, Pieces, Shift
from leakgate.model.segment import Context, Segment
from leakgate.unpack.field_batch import FieldBatch, head, without_separators
from leakgate.unpack.formats.entities import unescaped
from leakgate.unpack.formats.markup import Attribute, Said, attributes, is_dull
from leakgate.unpack.formats.markup_elements import Element, path, scope
from leakgate.unpack.formats.test_scopes import Dialect

_MOST_FIELDS = 20_000
_MOST_BYTES = 8 << 20
_MOST_HEADS = 4096
_LONGEST_LABEL = 80
_VALUES = frozenset((b"value", b"content", b"val", b"Value"))

# A stretch of text: start and end in the document, and whether references mean nothing in it.
Run = tuple[int, int, bool]
# The runs of a value, its element, and its step behind the element's path; or the number of an attribute.
_Origin = tuple[tuple[Run, ...], Element, bytes] | tuple[int, Element]


def plain(data: bytes, run: Run) -> bytes:
    """The text of a run, its references replaced."""
    start, end, literal = run
    return data[start:end] if literal else unescaped(data, start, end)[0]


class Batch:
    """Fields in the order of the document; `is_full` tells when they are many."""

    def __init__(self, document: Segment, dialect: Dialect) -> None:
        self._document = document
        self._data = document.data
        self._dialect = dialect
        self._parts: list[bytes] = []
        self._origins: list[_Origin] = []
        self._heads: dict[bytes, bytes] = {}
        self._size = 0
        self.is_full = False

    def add(
        self, label: bytes, value: bytes, runs: tuple[Run, ...], element: Element, step: bytes = b""
    ) -> None:
        """One field: `value` is the text of `runs`; `step` leads on from its element, such as `/@name`."""
        beginning = self._heads.get(label) or self._head(label)
        self._parts += (beginning, without_separators(value))
        self._origins.append((runs, element, step))
        self._size += len(beginning) + len(value)
        self._settle()

    def add_attributes(self, element: Element, said: Sequence[Said], given: bytes | None) -> None:
        """A field for each of `said`, which are all attributes of the element, but for dull ones.

        `given` is what the element calls its value.
        """
        heads, parts, origins = self._heads, self._parts, self._origins
        for number, (name, double, single, bare) in enumerate(said):
            value = double or single or bare
            if not value or (bare and is_dull(bare)):
                continue
            label = given if given and name in _VALUES else name
            beginning = heads.get(label) or self._head(label[:_LONGEST_LABEL])
            if b"&" in value:
                value = unescaped(value, 0, len(value))[0]
            parts += (beginning, without_separators(value))
            origins.append((number, element))
            self._size += len(beginning) + len(value)
        self._settle()

    def segment(self) -> Segment | None:
        """All fields, without terminal control sequences; None when there are none. Then it is empty."""
        batch: FieldBatch[_Origin] = FieldBatch(self._document, self._back, self._context)
        batch.extend(self._parts, self._origins)
        self._parts, self._origins, self._size, self.is_full = [], [], 0, False
        return batch.segment()

    def _settle(self) -> None:
        self.is_full = self._size >= _MOST_BYTES or len(self._origins) >= _MOST_FIELDS

    def _back(self, origin: _Origin) -> OffsetMap:
        if len(origin) == 3:
            return _joined(self._data, origin[0])
        _, (start, end) = self._attribute(*origin)
        return _joined(self._data, ((start, end, False),))

    def _context(self, origin: _Origin, _: int) -> Context:
        element = origin[1]
        step = origin[2] if len(origin) == 3 else b"/@" + self._attribute(*origin)[0]
        pointer = path(element) + step.decode("utf-8", "replace")
        return Context(pointer, None, scope(element, self._data, self._dialect).test)

    def _attribute(self, number: int, element: Element) -> Attribute:
        return attributes(self._data, element.start, element.end)[number]

    def _head(self, label: bytes) -> bytes:
        """Documents repeat their labels; hostile ones do not."""
        if len(self._heads) >= _MOST_HEADS:
            self._heads.clear()
        beginning = self._heads[label] = head(label)
        return beginning


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
