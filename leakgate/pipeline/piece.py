"""
Pieces of work: a unit, or a part of one; and how the outcomes of parts become that of their unit.

Knows nothing of processes: a piece is scanned the same way wherever that happens.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from leakgate.findings.merge import merged
from leakgate.model.artifact import Unit
from leakgate.model.gap import Gap, GapReason, Stage
from leakgate.model.limits import Limits
from leakgate.model.part import Part
from leakgate.model.result import Coverage
from leakgate.pipeline.outcome import UnitOutcome
from leakgate.pipeline.unit import UnitScanner


@dataclass(frozen=True, slots=True)
class Piece:
    """`number` counts what the source gave, `weight` is about the bytes to scan."""

    number: int
    unit: Unit
    part: Part | None
    weight: int


def scan_piece(scanner: UnitScanner, piece: Piece, expired: Callable[[], bool]) -> UnitOutcome:
    """Raises Interrupted; a piece that comes too late is a gap."""
    if expired():
        return not_reached(piece.unit)
    return scanner.scan(piece.unit, expired, piece.part)


def not_reached(unit: Unit) -> UnitOutcome:
    """What stands of a unit whose turn came after the time was over."""
    detail = "not reached within the time limit (limits.max_seconds)"
    artifact = unit.artifact
    gap = Gap(artifact.path, artifact.members, Stage.RUN, GapReason.TIME_LIMIT, detail)
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
    )


def within(outcome: UnitOutcome, limits: Limits) -> bool:
    """Whether parts together kept to the limits of a unit; if not, only one scan knows where to end."""
    if outcome.coverage.bytes_decoded > limits.max_decoded_bytes:
        return False
    return max(outcome.counts.values(), default=0) <= limits.max_matches
