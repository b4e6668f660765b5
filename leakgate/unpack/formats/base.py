"""
What a format reader is, and how it hands over the strings of a document.

All strings go into one buffer, one field per line, so that a document is scanned in one call:
`label: \\x1fvalue\\x1e\\n`. The two separators (ASCII's own for fields and records) delimit a value exactly,
whatever quotes or line breaks it holds; the syntax of labelled values knows them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import Protocol

from leakgate.model.gap import Gap
from leakgate.model.offsets import Lazy, OffsetMap, Pieces, Whole
from leakgate.model.segment import NO_CONTEXT, Context, Segment, SegmentKind, TestRef
from leakgate.model.spans import Span

FIELD_OPEN = b"\x1f"
FIELD_CLOSE = b"\x1e"


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
        self._document = document
        self._parts: list[bytes] = []
        self._size = 0
        self._starts: list[int] = []
        self._maps: list[OffsetMap] = []
        self._field_starts: list[int] = []
        self._contexts: list[Context] = []

    def add(
        self,
        label: str,
        value: bytes,
        back: OffsetMap,
        pointer: str | None = None,
        test: TestRef | None = None,
    ) -> None:
        """One field. `back` leads from offsets of `value` to the document; `Shift(n)` if unchanged."""
        head = label.replace("\n", " ").encode("utf-8", "replace") + b": " + FIELD_OPEN
        width = len(value)
        whole = Lazy(lambda: Whole(back.to_parent(Span(0, width))))
        self._field_starts.append(self._size)
        self._contexts.append(Context(pointer, label, test))
        self._piece(head, whole)
        self._piece(value, back)
        self._piece(FIELD_CLOSE + b"\n", whole)

    def segment(self) -> Segment | None:
        """All fields so far as one segment; None when there are none."""
        if not self._parts:
            return None
        document = self._document
        return Segment(
            text=document.text,
            data=b"".join(self._parts),
            kind=SegmentKind.FIELDS,
            trail=document.trail.through(Pieces(self._starts, self._maps)),
            contexts=_FieldContexts(self._field_starts, self._contexts),
            decoded=document.decoded,
        )

    def _piece(self, data: bytes, back: OffsetMap) -> None:
        self._starts.append(self._size)
        self._maps.append(back)
        self._parts.append(data)
        self._size += len(data)


class _FieldContexts:
    def __init__(self, starts: list[int], contexts: list[Context]) -> None:
        self._starts = starts
        self._contexts = contexts

    def at(self, offset: int) -> Context:
        index = bisect_right(self._starts, offset) - 1
        return self._contexts[index] if index >= 0 else NO_CONTEXT
