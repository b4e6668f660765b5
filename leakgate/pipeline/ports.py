"""What the pipeline needs of the stages it connects, so that it knows none of them by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from leakgate.model.artifact import Artifact, Reader
from leakgate.model.gap import Gap
from leakgate.model.segment import Segment


class MemberLike(Protocol):
    """A member of a container, in memory."""

    @property
    def artifact(self) -> Artifact: ...

    @property
    def data(self) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Leaf:
    """An artifact or member that is no container: its segments."""

    artifact: Artifact
    items: Iterator[Segment | Gap]


@dataclass(frozen=True, slots=True)
class Box:
    """A container: its members."""

    items: Iterator[MemberLike | Gap]


class Unpacker(Protocol):
    """The unpacking stage, for one unit of work; it keeps the unit's budget."""

    def open(self, artifact: Artifact, reader: Reader) -> Leaf | Box:
        """What the bytes of `artifact` are."""

    def open_held(self, artifact: Artifact, data: bytes) -> Leaf | Box:
        """The same for bytes in memory."""

    def embedded(self, segment: Segment) -> Box | None:
        """The container that a decoded segment turns out to be, if it is one."""


UnpackerFactory = Callable[[Callable[[], bool]], Unpacker]
