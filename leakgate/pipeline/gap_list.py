"""
Gaps in the order of their happening, each once, and never more than a limit.

Those beyond are not listed, but for one of each kind that stands for them: no policy judges more leniently
for want of room.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from leakgate.model.gap import Gap, GapReason, Stage


@dataclass(slots=True)
class GapList:
    """At most `most` gaps, and what stands for the rest."""

    most: int
    _listed: dict[Gap, None] = field(default_factory=dict)
    _beyond: dict[tuple[Stage, GapReason], Gap] = field(default_factory=dict)

    def add(self, gap: Gap) -> None:
        if gap in self._listed:
            return
        if len(self._listed) < self.most:
            self._listed[gap] = None
        elif (kind := (gap.stage, gap.reason)) not in self._beyond:
            self._beyond[kind] = replace(
                gap,
                detail=f"{gap.detail}; there are over {self.most} gaps, and further ones of this kind "
                "are not listed (limits.max_gaps)",
            )

    def update(self, gaps: Iterable[Gap]) -> None:
        for gap in gaps:
            self.add(gap)

    def listed(self) -> tuple[Gap, ...]:
        return (*self._listed, *self._beyond.values())
