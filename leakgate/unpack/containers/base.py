"""What a container gives: members with their bytes, and gaps; never segments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from leakgate.model.artifact import Artifact, Named, Reader
from leakgate.model.gap import Gap, GapReason, Stage
from leakgate.model.records import dataclass
from leakgate.unpack.budget import Budget, Trouble


@dataclass(frozen=True, slots=True, eq=False)
class Member:
    """Bytes found inside an artifact; where a gap of the same artifact follows, only their beginning.

    `artifact` is the container's own where the bytes stand beside its members, such as the
    script in front of a self-extracting zip.
    """

    artifact: Artifact
    data: bytes


class Container(Protocol):
    """A format that holds members. Stateless."""

    @property
    def name(self) -> str: ...

    def matches(self, head: bytes) -> bool:
        """Whether the first bytes (64 KiB, or all) are this format's."""

    def members(self, reader: Reader, artifact: Artifact, budget: Budget) -> Iterator[Member | Gap | Named]:
        """Members in stored order, lazily, and a gap for each thing that could not be had."""


def behind(reader: Reader, end: int, artifact: Artifact, budget: Budget) -> Iterator[Member | Gap | Named]:
    """What stands behind the end of a container: text of the artifact itself, up to the limit of a member."""
    size, limit = reader.size - end, budget.limits.max_member_bytes
    if size > 0:
        yield Member(artifact, reader.read(end, min(size, limit)))
    if size > limit:
        detail = f"over {limit} bytes stand behind the archive; split them off"
        yield gap(artifact, Trouble(GapReason.TOO_LARGE, detail))


def gap(artifact: Artifact, trouble: Trouble) -> Gap:
    """`trouble` as the gap of `artifact`."""
    return Gap(artifact.path, artifact.members, Stage.UNPACK, trouble.reason, trouble.detail)
