"""What the pipeline needs of the stages it connects, so that it knows none of them by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from leakgate.model.artifact import Artifact, Reader
from leakgate.model.segment import Segment
from leakgate.model.unpacked import Box, Leaf


class Unpacker(Protocol):
    """The unpacking stage, for one unit of work; it keeps the unit's budget."""

    def open(self, artifact: Artifact, reader: Reader) -> Leaf | Box:
        """What the bytes of `artifact` are."""

    def open_held(self, artifact: Artifact, data: bytes) -> Leaf | Box:
        """The same for bytes in memory."""

    def embedded(self, segment: Segment) -> Box | None:
        """The container that a decoded segment turns out to be, if it is one."""


UnpackerFactory = Callable[[Callable[[], bool]], Unpacker]
