"""What the pipeline needs of the stages it connects, so that it knows none of them by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from leakgate.model.artifact import Artifact, Reader, Unit
from leakgate.model.gap import Gap
from leakgate.model.part import Part
from leakgate.model.segment import Segment
from leakgate.model.unpacked import Box, Leaf


class Unpacker(Protocol):
    """The unpacking stage, for one unit of work; it keeps the unit's budget."""

    @property
    def pictures(self) -> int:
        """How many pictures and videos there were so far."""

    def open(self, artifact: Artifact, reader: Reader) -> Leaf | Box:
        """What the bytes of `artifact` are."""

    def open_part(self, artifact: Artifact, reader: Reader, part: Part) -> Leaf:
        """One part of a text, as `Division` made it."""

    def open_held(self, artifact: Artifact, data: bytes) -> Leaf | Box:
        """The same for bytes in memory."""

    def embedded(self, segment: Segment) -> Box | None:
        """The container that a decoded segment turns out to be, if it is one."""

    def documents(self, segment: Segment) -> Iterator[Segment | Gap]:
        """The fields of documents within a segment: what it decoded to, or what its fields hold."""


class Division(Protocol):
    """What the run has to know of a unit to share it out among processes."""

    def weight(self, unit: Unit) -> int | None:
        """Roughly its bytes; None where it cannot be handed to another process."""

    def parts(self, unit: Unit) -> Iterator[Part]:
        """The parts of a big text in order; none where it is scanned in one go. Never raises OSError."""


Watcher = Callable[[str, int], None]  # hears of an artifact that is begun, and of all bytes scanned so far
UnpackerFactory = Callable[[Callable[[], bool]], Unpacker]
