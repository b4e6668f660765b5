"""Outcomes in, what a run found out: in the order of the source, whoever scanned what first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from leakgate.findings.attachments import Claim
from leakgate.findings.pieces import bounded
from leakgate.model.finding import Finding
from leakgate.model.gap import Gap, GapReason, Stage
from leakgate.model.limits import Limits
from leakgate.model.result import Coverage
from leakgate.pipeline.gap_list import GapList
from leakgate.pipeline.outcome import UnitOutcome

_PLACES = 4  # for each finding that may be listed, in all


@dataclass(slots=True)
class Gathering:
    """What was added so far, within `limits`."""

    limits: Limits = field(default_factory=Limits)
    findings: list[Finding] = field(default_factory=list)
    gaps: GapList = field(init=False)
    coverage: Coverage = field(default_factory=Coverage)
    seconds: dict[str, float] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)
    pieces: set[bytes] = field(default_factory=set)
    _places: int = 0

    def __post_init__(self) -> None:
        self.gaps = GapList(self.limits.max_gaps)

    def add(self, outcome: UnitOutcome | Gap) -> None:
        if isinstance(outcome, Gap):
            self.gaps.add(outcome)
            return
        self._list(outcome.findings)
        self.claims += outcome.claims
        if outcome.pieces:
            bounded(outcome.pieces, self.pieces)
        self.gaps.update(outcome.gaps)
        self.coverage += outcome.coverage
        for stage, seconds in outcome.seconds.items():
            self.seconds[stage] = self.seconds.get(stage, 0.0) + seconds

    def _list(self, findings: Sequence[Finding]) -> None:
        most = self.limits.max_findings
        room = most - len(self.findings)
        self.findings += map(self._placed, findings[:room])
        if len(findings) > room:
            self.gaps.add(Gap("(run)", (), Stage.RUN, GapReason.TOO_MANY, over_findings(most)))

    def _placed(self, finding: Finding) -> Finding:
        """With its first place alone where there are very many: reports stay readable, counts are kept."""
        self._places += len(finding.sightings)
        if self._places <= _PLACES * self.limits.max_findings:
            return finding
        return replace(finding, sightings=finding.sightings[:1])


def over_findings(most: int) -> str:
    return f"over {most} findings (limits.max_findings); the rest is not listed; mend these first"


@dataclass(slots=True)
class Ordered:
    """Holds outcomes back until all before them, by number, are there."""

    gathering: Gathering
    _next: int = 0
    _early: dict[int, UnitOutcome | Gap] = field(default_factory=dict)

    def put(self, number: int, outcome: UnitOutcome | Gap) -> None:
        self._early[number] = outcome
        while (ready := self._early.pop(self._next, None)) is not None:
            self.gathering.add(ready)
            self._next += 1

    def flush(self) -> None:
        """Adds what is still held back: a run that was stopped does not wait for the rest."""
        for number in sorted(self._early):
            self.gathering.add(self._early.pop(number))
