"""The values of one batch as one segment, each with label, pointer, test, emitter and place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence

from leakgate.model.offsets import OffsetMap
from leakgate.model.segment import Context, Segment, TestRef
from leakgate.unpack.field_batch import FieldBatch
from leakgate.unpack.formats.json_emitters import emitter_of
from leakgate.unpack.formats.json_nodes import Key, Node, pointer

# Where each part of a value begins in it, and the container and key that it stands under.
Parts = Sequence[tuple[int, Node, Key]]
TestOf = Callable[[Node], TestRef | None]
# The way back, where the value belongs, its label.
_Origin = tuple[OffsetMap, Parts, str]


class JsonFields:
    """Gathers fields; `test_of` says which test wrote what stands below a container."""

    def __init__(self, document: Segment, test_of: TestOf, by: tuple[str, ...] = ()) -> None:
        self._test_of = test_of
        self._batch: FieldBatch[_Origin] = FieldBatch(document, _way_back, self._context, by)

    def add(self, label: str, value: bytes, back: OffsetMap, parts: Parts) -> None:
        """One field. `back` leads from offsets of `value` to the document, `parts` are what it is made of."""
        self._batch.add(label.encode("utf-8", "replace"), value, (back, parts, label))

    def segment(self) -> Segment | None:
        """All fields as one segment without terminal control sequences; None when there are none."""
        return self._batch.segment()

    def _context(self, origin: _Origin, within: int) -> Context:
        _, parts, label = origin
        part = bisect_right(parts, within, key=lambda part: part[0]) - 1
        _, node, key = parts[max(0, part)]
        return Context(pointer(node, key), label, self._test_of(node), emitter_of(node))


def _way_back(origin: _Origin) -> OffsetMap:
    return origin[0]
