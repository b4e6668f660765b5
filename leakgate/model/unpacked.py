"""What unpacking makes of the bytes of an artifact: segments, or members."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from leakgate.model.artifact import Artifact, Named
from leakgate.model.gap import Gap
from leakgate.model.records import dataclass
from leakgate.model.segment import Segment


class MemberLike(Protocol):
    """A member of a container, in memory."""

    @property
    def artifact(self) -> Artifact: ...

    @property
    def data(self) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Leaf:
    """An artifact or member that is no container: its segments, and what is packed among its bytes."""

    artifact: Artifact
    items: Iterator[MemberLike | Segment | Gap | Named]


@dataclass(frozen=True, slots=True)
class Box:
    """A container: its members, and segments where damage left none."""

    items: Iterator[MemberLike | Segment | Gap | Named]
