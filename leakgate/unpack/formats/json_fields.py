"""The values of one batch as one segment, each with label, pointer, test, emitter and place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence

from leakgate.model.offsets import OffsetMap
from leakgate.model.segment import Context, Segment, TestRef
from leakgate.unpack.field_batch import FieldBatch, label_of
from leakgate.unpack.formats.json_emitters import emitter_of
from leakgate.unpack.formats.json_nodes import Key, Node, pointer
from leakgate.unpack.formats.json_strings import back_to

# Where each part of a value begins in it, and the container and key that it stands under.
Parts = Sequence[tuple[int, Node, Key]]
TestOf = Callable[[Node], TestRef | None]
# The way back, where the value belongs, its label.
Made = tuple[OffsetMap, Parts, str]
# A string of a document: its container, its key, its place, and the head of its field.
Standing = tuple[Node, Key, int, int, bytes]


class JsonFields:
    """Gathers fields; `test_of` says which test wrote what stands below a container."""

    def __init__(self, document: Segment, test_of: TestOf, by: tuple[str, ...] = ()) -> None:
        self._data = document.data
        self._test_of = test_of
        self._batch: FieldBatch[Made | Standing] = FieldBatch(document, self._back, self._context, by)

    def add(self, label: str, value: bytes, back: OffsetMap, parts: Parts) -> None:
        """One field. `back` leads from offsets of `value` to the document, `parts` are what it is made of."""
        self._batch.add(label.encode("utf-8", "replace"), value, (back, parts, label))

    def extend(self, parts: Sequence[bytes], standing: Sequence[Standing]) -> None:
        """Strings of the document: of each its head, then its text, as `FieldBatch.extend` takes them."""
        self._batch.extend(parts, standing)

    def segment(self) -> Segment | None:
        """All fields as one segment without terminal control sequences; None when there are none."""
        return self._batch.segment()

    def _back(self, origin: Made | Standing) -> OffsetMap:
        if len(origin) == 3:
            return origin[0]
        _, _, start, end, _ = origin
        return back_to(self._data[start:end], start)

    def _context(self, origin: Made | Standing, within: int) -> Context:
        if len(origin) == 3:
            _, parts, label = origin
            part = bisect_right(parts, within, key=lambda part: part[0]) - 1
            _, node, key = parts[max(0, part)]
        else:
            node, key, _, _, head = origin
            label = label_of(head).decode("utf-8", "replace")
        return Context(pointer(node, key), label, self._test_of(node), emitter_of(node))
