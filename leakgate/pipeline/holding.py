"""
The matches of a unit until they are sealed, and the findings that come of them.

Matches keep raw values and their segment alive: they are sealed when their member is done, or when there is
too much of it. Never lists more findings than a run may have.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from leakgate.findings.pieces import bounded
from leakgate.findings.placed import Placed
from leakgate.findings.seal import Sealer
from leakgate.model.artifact import Artifact
from leakgate.model.finding import Finding
from leakgate.model.gap import Gap, GapReason, Stage
from leakgate.model.limits import Limits
from leakgate.model.segment import Segment
from leakgate.pipeline.clock import Stopwatch
from leakgate.pipeline.gathering import over_findings
from leakgate.pipeline.troubles import Troubles


@dataclass(slots=True)
class Holding:
    """By artifact; what goes wrong becomes one of `troubles`."""

    sealer: Sealer
    limits: Limits
    troubles: Troubles
    watch: Stopwatch
    findings: list[Finding] = field(default_factory=list)
    pieces: set[bytes] = field(default_factory=set)
    _open: dict[Artifact, list[Placed]] = field(default_factory=dict)
    _held: Counter[Artifact] = field(default_factory=Counter)

    def of(self, artifact: Artifact) -> int:
        """How many matches are held of it."""
        return len(self._open.get(artifact, ()))

    def take(self, artifact: Artifact, matches: Iterable[Placed]) -> None:
        self._open.setdefault(artifact, []).extend(matches)

    def keep(self, segment: Segment, before: int) -> None:
        """Counts `segment` as held if it added to the matches that were there `before`."""
        if self.of(segment.artifact) > before:
            self._held[segment.artifact] += len(segment.data)
        if self._held[segment.artifact] > self.limits.max_document_bytes:
            self.seal(segment.artifact)

    def seal(self, artifact: Artifact) -> None:
        group = self._open.pop(artifact, None)
        self._held.pop(artifact, None)
        most = self.limits.max_findings
        if group:
            bounded(self.sealer.noted(group), self.pieces)
        if not group or len(self.findings) > most:  # one more shows that there are too many
            return
        try:
            with self.watch.stage("seal"):
                self.findings += self.sealer.seal(group)
        except Exception as exc:  # noqa: BLE001 - the findings of other members still stand
            self.troubles.failed(artifact, Stage.RUN, "sealing", exc)
        if len(self.findings) > most:
            gap = Gap(artifact.path, (), Stage.RUN, GapReason.TOO_MANY, over_findings(most))
            self.troubles.keep(gap)

    def seal_all(self) -> None:
        for artifact in list(self._open):
            self.seal(artifact)
