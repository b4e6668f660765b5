"""What scanning one unit leaves behind."""

from __future__ import annotations

from dataclasses import field

from leakgate.findings.attachments import Claim
from leakgate.model.finding import Finding
from leakgate.model.gap import Gap
from leakgate.model.records import dataclass
from leakgate.model.result import Coverage


@dataclass(frozen=True, slots=True)
class UnitOutcome:
    """Holds no raw value: it may cross process boundaries.

    `claims` are what reports in the unit say of other files. `counts` are matches by rule, also of those
    that a limit cut off, in the member with the most. `pieces` are digests of what the values of the unit
    may leave in no name.
    """

    findings: tuple[Finding, ...]
    gaps: tuple[Gap, ...]
    coverage: Coverage
    seconds: dict[str, float] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    claims: tuple[Claim, ...] = ()
    pieces: frozenset[bytes] = frozenset()


class Interrupted(KeyboardInterrupt):
    """An interrupt in the middle of a unit, with what the unit had given until then."""

    def __init__(self, outcome: UnitOutcome) -> None:
        super().__init__()
        self.outcome = outcome
