"""What a format reader is, and how a simple one hands over the strings of a document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from leakgate.model.gap import Gap
from leakgate.model.offsets import OffsetMap
from leakgate.model.segment import Context, Segment, TestRef
from leakgate.unpack.field_batch import FieldBatch


class Format(Protocol):
    """Reads one kind of document. Pure; damage is a Gap behind what could be read."""

    @property
    def name(self) -> str: ...

    def matches(self, head: bytes, name: str) -> bool:
        """By content: `head` are the first 64 KiB as UTF-8; the file name is a hint at most."""

    def read(self, document: Segment) -> Iterator[Segment | Gap]:
        """Segments of kind FIELDS of the whole document, which is one LOG segment in UTF-8."""


class Fields:
    """Gathers the strings of a document; offsets given to it are of the document's data."""

    def __init__(self, document: Segment) -> None:
        self._batch: FieldBatch[tuple[OffsetMap, Context]] = FieldBatch(
            document, lambda origin: origin[0], lambda origin, _: origin[1]
        )

    def add(
        self,
        label: str,
        value: bytes,
        back: OffsetMap,
        pointer: str | None = None,
        test: TestRef | None = None,
    ) -> None:
        """One field. `back` leads from offsets of `value` to the document; `Shift(n)` if unchanged."""
        head = label.replace("\n", " ").encode("utf-8", "replace")
        self._batch.add(head, value, (back, Context(pointer, label, test)))

    def segment(self) -> Segment | None:
        """All fields so far as one segment; None when there are none."""
        return self._batch.segment()
