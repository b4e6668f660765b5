"""
The values of a binary document as segments of FIELDS, each with its label, its pointer and its place.

The layout is that of `base.Fields`. Binary documents have millions of values and a finding or two, so
pointers and maps of heads are made only for what is found. Never reads a format.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from leakgate.model.gap import Gap, GapReason, Stage
from leakgate.model.limits import MIB
from leakgate.model.offsets import Lazy, OffsetMap, Pieces, Shift, Whole
from leakgate.model.segment import NO_CONTEXT, Context, Segment, SegmentKind
from leakgate.model.spans import Span
from leakgate.unpack.control import without_control
from leakgate.unpack.formats.base import FIELD_CLOSE, FIELD_OPEN

Path = tuple[str | int, ...]
_BATCH = 4 * MIB  # bytes of values after which a segment is handed over, so that memory stays bounded
MOST_VALUES = 4_000_000  # of one document; some 10 s
_MOST_BYTES = 64 * MIB  # of values; besides, up to four times the document
_SEPARATORS = bytes.maketrans(FIELD_OPEN + FIELD_CLOSE, b"  ")
_OPEN = b": " + FIELD_OPEN
_CLOSE = FIELD_CLOSE + b"\n"


@dataclass(frozen=True, slots=True)
class Value:
    """`data` is UTF-8 as far as it is text; an int for `back`: unchanged at that offset."""

    label: str
    data: bytes
    back: OffsetMap | int
    path: Path


@dataclass(frozen=True, slots=True)
class Through:
    """Two maps, the inner one first."""

    outer: OffsetMap
    inner: OffsetMap

    def to_parent(self, span: Span) -> Span:
        return self.outer.to_parent(self.inner.to_parent(span))


class Unread(Exception):
    """Ends the values of a document early; becomes its gap. The detail is a clause without scanned text."""

    def __init__(self, reason: GapReason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


def gathered(document: Segment, name: str, values: Iterable[Value | Segment]) -> Iterator[Segment | Gap]:
    """Segments of what `values` gives, in batches; segments among them pass through.

    Where they end early, what came before is handed over first.
    """
    batch = _Batch(document)
    taken, size, most = 0, 0, _MOST_BYTES + 4 * len(document.data)
    try:
        for value in values:
            if isinstance(value, Segment):
                yield value
                continue
            batch.add(value)
            taken += 1
            size += len(value.data)
            if taken >= MOST_VALUES or size > most:
                raise Unread(GapReason.TOO_MANY, "has more values than are read; the rest is not read")
            if batch.size >= _BATCH:
                yield batch.segment()
                batch = _Batch(document)
    except Unread as end:
        yield from batch.rest()
        yield gap(document, name, end)
        return
    except Exception:
        yield from batch.rest()
        raise
    yield from batch.rest()


def gap(document: Segment, name: str, end: Unread) -> Gap:
    artifact = document.artifact
    detail = f"{name}: {end.detail}; scanned as text only"
    return Gap(artifact.path, artifact.members, Stage.UNPACK, end.reason, detail)


def unpacked(document: Segment, by: str, values: Iterable[Value]) -> Iterator[Segment]:
    """All `values` as one segment decoded by `by`, if there are any.

    NOTE: One, because of matches in different segments that share a place only one stands, and values
    that were unpacked have no finer place than their carrier.
    """
    batch = _Batch(document, (by,))
    for value in values:
        batch.add(value)
    yield from batch.rest()


class _Batch:
    def __init__(self, document: Segment, by: tuple[str, ...] = ()) -> None:
        self._document = document
        self._by = by
        self._parts: list[bytes] = []
        self._starts: list[int] = []
        self._fields: list[tuple[int, int, OffsetMap | int, Path, str]] = []
        self.size = 0

    def add(self, value: Value) -> None:
        data = value.data
        if FIELD_OPEN in data or FIELD_CLOSE in data:
            data = data.translate(_SEPARATORS)
        head = value.label.replace("\n", " ").encode("utf-8", "replace") + _OPEN
        self._starts.append(self.size)
        self._fields.append((len(head), len(data), value.back, value.path, value.label))
        self._parts += (head, data, _CLOSE)
        self.size += len(head) + len(data) + len(_CLOSE)

    def rest(self) -> Iterator[Segment]:
        if self._fields:
            yield self.segment()

    def segment(self) -> Segment:
        document, starts, fields = self._document, self._starts, self._fields
        found = Segment(
            text=document.text,
            data=b"".join(self._parts),
            kind=SegmentKind.FIELDS,
            trail=document.trail.through(Lazy(lambda: Pieces(starts, map(_places, fields)))),
            contexts=_Contexts(starts, fields),
            decoded=document.decoded + self._by,
        )
        return without_control(found) or found


def _places(field: tuple[int, int, OffsetMap | int, Path, str]) -> OffsetMap:
    """Head and end of a field stand for the value as a whole."""
    head, width, back = field[:3]

    def made() -> OffsetMap:
        way = Shift(back) if isinstance(back, int) else back
        whole = Whole(way.to_parent(Span(0, width)))
        return Pieces((0, head, head + width), (whole, way, whole))

    return Lazy(made)


class _Contexts:
    def __init__(self, starts: list[int], fields: list[tuple[int, int, OffsetMap | int, Path, str]]) -> None:
        self._starts = starts
        self._fields = fields

    def at(self, offset: int) -> Context:
        index = bisect_right(self._starts, offset) - 1
        if index < 0:
            return NO_CONTEXT
        path, label = self._fields[index][3:]
        return Context(pointer(path), label)


def pointer(path: Path) -> str:
    """As RFC 6901 writes it."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)
