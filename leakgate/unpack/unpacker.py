"""
The unpacking stage of one unit of work: what an artifact is, and what it yields.

Text loses its terminal control sequences here, so that a colour code inside a value hides nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from leakgate.model.artifact import Artifact, Named, Reader
from leakgate.model.gap import Gap
from leakgate.model.limits import Limits
from leakgate.model.part import Part
from leakgate.model.segment import Segment
from leakgate.model.unpacked import Box, Leaf, MemberLike
from leakgate.unpack.beginning import beginning_of
from leakgate.unpack.budget import Budget
from leakgate.unpack.carving.binary import packed_behind_text, packed_within
from leakgate.unpack.carving.known import known_nature
from leakgate.unpack.carving.marks import Hit, hits, may_have_hits
from leakgate.unpack.carving.streams import Opener
from leakgate.unpack.containers.base import Container
from leakgate.unpack.control import without_control
from leakgate.unpack.documents import fields, format_name
from leakgate.unpack.embedded import embedded_documents
from leakgate.unpack.identify import HEAD, container_for
from leakgate.unpack.readers import HeldBytes, Remembering
from leakgate.unpack.strings import printable_runs
from leakgate.unpack.text import part_slices, slices


class UnitUnpacker:
    """Opens artifacts and members; keeps one budget over all their levels."""

    def __init__(self, limits: Limits, expired: Callable[[], bool]) -> None:
        self._limits = limits
        self._budget = Budget(limits, expired)
        self.pictures = 0  # and videos, whose pixels nobody looked at

    def open(self, artifact: Artifact, reader: Reader) -> Leaf | Box:
        """The members of a container, or the segments of anything else. Raises OSError."""
        if not isinstance(reader, HeldBytes):
            reader = Remembering(reader, HEAD)
        container = container_for(reader)
        if container is not None:
            return Box(self._members(container, artifact, reader))
        return Leaf(artifact, self._leaf(artifact, reader))

    def open_part(self, artifact: Artifact, reader: Reader, part: Part) -> Leaf:
        """The segments of one part of a text; the last one also has what is said of the whole."""
        return Leaf(artifact, self._part(artifact, reader, part))

    def open_held(self, artifact: Artifact, data: bytes) -> Leaf | Box:
        return self.open(artifact, HeldBytes(data))

    def embedded(self, segment: Segment) -> Box | None:
        """The container that a decoded segment is; its members belong to the segment's artifact."""
        reader = HeldBytes(segment.data)
        container = container_for(reader) if len(segment.data) >= _LEAST_CONTAINER else None
        return Box(container.members(reader, segment.artifact, self._budget)) if container else None

    def documents(self, segment: Segment) -> Iterator[Segment | Gap]:
        """The fields of documents that a segment is, once decoded, or that stand in its own fields."""
        return embedded_documents(segment)

    def _members(
        self, container: Container, artifact: Artifact, reader: Reader
    ) -> Iterator[MemberLike | Gap | Segment | Named]:
        """The members; where damage leaves none, the printable strings of the container itself."""
        empty = damaged = True
        for item in container.members(reader, artifact, self._budget):
            if isinstance(item, Named):
                yield item
                continue
            damaged = isinstance(item, Gap)
            empty = empty and damaged
            yield item
        if empty and damaged and reader.read(0, HEAD):
            yield from self._segments(printable_runs(reader, artifact, self._limits))

    def _leaf(self, artifact: Artifact, reader: Reader) -> Iterator[MemberLike | Segment | Gap | Named]:
        beginning = beginning_of(reader)
        places: list[Hit] = []
        yield from self._segments(
            _watched(
                slices(reader, artifact, self._limits, beginning), places, beginning.encoding is not None
            )
        )
        yield from fields(reader, artifact, self._limits, beginning)
        if beginning.encoding is None:
            known = known_nature(reader, beginning.head)
            self.pictures += known is not None and known.has_pixels
            read_as = format_name(beginning, artifact)
            yield from packed_within(Opener(reader, artifact, self._budget), self._limits, known, read_as)
        elif places:
            yield from packed_behind_text(places, Opener(reader, artifact, self._budget))

    def _part(
        self, artifact: Artifact, reader: Reader, part: Part
    ) -> Iterator[MemberLike | Segment | Gap | Named]:
        places: list[Hit] = []
        yield from self._segments(_watched(part_slices(reader, artifact, self._limits, part), places, True))
        if part.stop is None:
            yield from fields(reader, artifact, self._limits)
        if places:
            own = [hit for hit in places if part.owns(hit.at)]
            yield from packed_behind_text(own, Opener(reader, artifact, self._budget))

    def _segments(self, items: Iterator[Segment | Gap]) -> Iterator[Segment | Gap]:
        for item in items:
            plain = without_control(item) if isinstance(item, Segment) else None
            yield plain or item


def _watched(
    items: Iterator[Segment | Gap],
    places: list[Hit],
    is_text: bool,
) -> Iterator[Segment | Gap]:
    """The same items; `places` gets those of the slices of a text where packed bytes may stand."""
    last = -1
    for item in items:
        if is_text and isinstance(item, Segment) and item.text.origin.offset > last:
            last, raw = item.text.origin.offset, item.text.raw
            if may_have_hits(raw) and len(places) < _MOST_PLACES:
                places += hits(raw, last, len(raw))
        yield item


_MOST_PLACES = 100_000  # in texts, of magics
_LEAST_CONTAINER = 20  # bytes; the smallest are an empty gzip stream and an empty zip
