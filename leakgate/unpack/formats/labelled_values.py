"""
The values of a binary document as segments of FIELDS, each with its label, its pointer and its place.

Binary documents have millions of values, so they come in batches. Never reads a format.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from leakgate.model.gap import Gap, GapReason, Stage
from leakgate.model.limits import MIB
from leakgate.model.offsets import OffsetMap, Shift
from leakgate.model.records import dataclass
from leakgate.model.segment import Context, Segment
from leakgate.model.spans import Span
from leakgate.unpack.field_batch import FieldBatch

Path = tuple[str | int, ...]
_BATCH = 4 * MIB  # bytes of values after which a segment is handed over, so that memory stays bounded
MOST_VALUES = 4_000_000  # of one document; some 10 s
_MOST_BYTES = 64 * MIB  # of values; besides, up to four times the document


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
                yield from batch.rest()
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


_Origin = tuple[OffsetMap | int, Path, str]


class _Batch:
    def __init__(self, document: Segment, by: tuple[str, ...] = ()) -> None:
        self._batch: FieldBatch[_Origin] = FieldBatch(
            document, _way_back, lambda origin, _: Context(pointer(origin[1]), origin[2]), by
        )

    @property
    def size(self) -> int:
        return self._batch.size

    def add(self, value: Value) -> None:
        label = value.label.replace("\n", " ").encode("utf-8", "replace")
        self._batch.add(label, value.data, (value.back, value.path, value.label))

    def rest(self) -> Iterator[Segment]:
        if (segment := self._batch.segment()) is not None:
            yield segment


def _way_back(origin: _Origin) -> OffsetMap:
    back = origin[0]
    return Shift(back) if isinstance(back, int) else back


def pointer(path: Path) -> str:
    """As RFC 6901 writes it."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)
