"""
Looking again behind a scan: what changed during it is a gap; what may have changed is scanned once more.

Findings that a second scan adds stand beside the first ones, with a gap: both were there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from leakgate.model.artifact import Unit
from leakgate.model.finding import Finding
from leakgate.model.gap import Gap, GapReason, Stage
from leakgate.model.refusal import MOVING
from leakgate.model.result import Coverage
from leakgate.pipeline.gathering import Gathering
from leakgate.pipeline.outcome import UnitOutcome
from leakgate.pipeline.piece import Piece, scan_piece
from leakgate.pipeline.unit import UnitScanner
from leakgate.pipeline.watchdog import Watchdog

Again = Callable[[], Iterable[Unit | Gap]]

_REPLACED = (
    "was written while it was scanned, with other findings; scan once the test run has stopped writing"
)
_Key = tuple[str, str, tuple[str, ...]]


def look_again(
    items: Iterable[Unit | Gap], scanner: UnitScanner, gathering: Gathering, watchdog: Watchdog
) -> None:
    """`items` are gaps, and units to be scanned once more; one gap for each is enough."""
    told = {gap.path for gap in gathering.gaps.listed() if gap.reason in MOVING and not gap.members}
    for item in items:
        if isinstance(item, Unit):
            _scan_again(item, scanner, gathering, watchdog)
        elif item.path not in told:
            gathering.add(item)


def _scan_again(unit: Unit, scanner: UnitScanner, gathering: Gathering, watchdog: Watchdog) -> None:
    outcome = scan_piece(scanner, Piece(-1, unit, None, 0), watchdog)
    known = set(map(_key, gathering.findings))
    added = tuple(finding for finding in outcome.findings if _key(finding) not in known)
    gathering.add(UnitOutcome(added, outcome.gaps, Coverage(), outcome.seconds, pieces=outcome.pieces))
    if added:
        path = scanner.sealer.redact(unit.artifact.path)
        gathering.add(Gap(path, (), Stage.SOURCE, GapReason.CHANGED, _REPLACED))


def _key(finding: Finding) -> _Key:
    return finding.fingerprint, finding.location.path, finding.location.members


def nothing() -> Iterable[Unit | Gap]:
    """For sources that do not change."""
    return ()
