"""
Pieces of work: a unit, or a part of one; and how the outcomes of parts become that of their unit.

Knows nothing of processes: a piece is scanned the same way wherever that happens.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from leakgate.findings.merge import merged
from leakgate.model.artifact import Unit
from leakgate.model.gap import Gap, GapReason, Stage
from leakgate.model.limits import Limits
from leakgate.model.part import Part
from leakgate.model.records import dataclass
from leakgate.model.result import Coverage
from leakgate.pipeline.outcome import UnitOutcome
from leakgate.pipeline.unit import UnitScanner
from leakgate.pipeline.watchdog import Overdue, Watchdog

UNTOLD = (
    "the time limit of the run was over before it was done, and what it found is lost (limits.max_seconds)"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """`number` counts what the source gave, `weight` is about the bytes to scan."""

    number: int
    unit: Unit
    part: Part | None
    weight: int


def scan_piece(scanner: UnitScanner, piece: Piece, watchdog: Watchdog) -> UnitOutcome:
    """Raises Interrupted; a piece that comes too late, or keeps nothing of what it found, is a gap."""
    expired = watchdog.deadline.passed
    if expired():
        return too_late(scanner, piece, "not reached within the time limit (limits.max_seconds)")
    try:
        with watchdog.guarding():
            return scanner.scan(piece.unit, expired, piece.part)
    except Overdue:
        return too_late(scanner, piece, UNTOLD)


def too_late(scanner: UnitScanner, piece: Piece, detail: str) -> UnitOutcome:
    """What stands of a unit for which the time did not suffice."""
    redact = scanner.sealer.redact
    artifact = piece.unit.artifact
    names = tuple(map(redact, artifact.members))
    gap = Gap(redact(artifact.path), names, Stage.RUN, GapReason.TIME_LIMIT, detail)
    return UnitOutcome((), (gap,), Coverage())


def joined(outcomes: Sequence[UnitOutcome]) -> UnitOutcome:
    """The outcome of a unit from those of all its parts, in their order."""
    if len(outcomes) == 1:
        return outcomes[0]
    coverage = Coverage()
    seconds: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for outcome in outcomes:
        coverage += outcome.coverage
        seconds.update(outcome.seconds)
        counts.update(outcome.counts)
    return UnitOutcome(
        findings=merged(finding for outcome in outcomes for finding in outcome.findings),
        gaps=tuple(dict.fromkeys(gap for outcome in outcomes for gap in outcome.gaps)),
        coverage=coverage,
        seconds=dict(seconds),
        counts=dict(counts),
        claims=tuple(dict.fromkeys(claim for outcome in outcomes for claim in outcome.claims)),
        pieces=frozenset().union(*(outcome.pieces for outcome in outcomes)),
    )


def within(outcome: UnitOutcome, limits: Limits) -> bool:
    """Whether parts together kept to the limits of a unit; if not, only one scan knows where to end."""
    if len(outcome.findings) > limits.max_findings:
        return False
    if outcome.coverage.bytes_decoded > limits.max_decoded_bytes:
        return False
    return max(outcome.counts.values(), default=0) <= limits.max_matches
