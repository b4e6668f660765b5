"""
One run: every unit of the sources through the scanner, whatever happens on the way.

An interrupt ends the run early; what was found until then is kept and the result says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from leakgate.model.artifact import Source, Unit
from leakgate.model.finding import Finding
from leakgate.model.gap import Gap, GapReason, Stage
from leakgate.model.result import Coverage, Timing
from leakgate.pipeline.clock import Deadline, Stopwatch
from leakgate.pipeline.outcome import Interrupted, UnitOutcome
from leakgate.pipeline.unit import UnitScanner

Watcher = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Harvest:
    """What a run gathered, before the policy judges it."""

    findings: tuple[Finding, ...]
    gaps: tuple[Gap, ...]
    coverage: Coverage
    timing: Timing
    interrupted: bool


@dataclass(slots=True)
class _Gathering:
    findings: list[Finding] = field(default_factory=list)
    gaps: dict[Gap, None] = field(default_factory=dict)
    coverage: Coverage = field(default_factory=Coverage)
    seconds: dict[str, float] = field(default_factory=dict)

    def add(self, outcome: UnitOutcome) -> None:
        self.findings += outcome.findings
        self.gaps.update(dict.fromkeys(outcome.gaps))
        self.coverage += outcome.coverage
        for stage, seconds in outcome.seconds.items():
            self.seconds[stage] = self.seconds.get(stage, 0.0) + seconds


def run(source: Source, scanner: UnitScanner, *, skipped: Callable[[], int], watch: Watcher) -> Harvest:
    """Scans every unit in order. `watch` hears of each artifact and the bytes scanned so far."""
    clock = Stopwatch()
    gathering = _Gathering()
    deadline = Deadline(scanner.limits.max_seconds)
    interrupted = False
    with clock.stage("run"):
        try:
            _scan_all(source, scanner, gathering, deadline, watch)
        except KeyboardInterrupt as exc:
            interrupted = True
            if isinstance(exc, Interrupted):
                gathering.add(exc.outcome)
            detail = "the run was interrupted; artifacts behind this point were not scanned"
            gathering.gaps[Gap("(run)", (), Stage.RUN, GapReason.INTERRUPTED, detail)] = None
    coverage = gathering.coverage + Coverage(skipped=skipped())
    timing = Timing(clock.seconds["run"], gathering.seconds)
    return Harvest(tuple(gathering.findings), tuple(gathering.gaps), coverage, timing, interrupted)


def _scan_all(
    source: Source, scanner: UnitScanner, gathering: _Gathering, deadline: Deadline, watch: Watcher
) -> None:
    for unit in _until(deadline, source, gathering):
        watch(unit.artifact.path, gathering.coverage.bytes_scanned)
        gathering.add(scanner.scan(unit, deadline.passed))


def _until(deadline: Deadline, source: Source, gathering: _Gathering) -> Iterator[Unit]:
    """Units in time; each unit that comes too late is a gap of its own."""
    for item in source.units():
        if isinstance(item, Gap):
            gathering.gaps[item] = None
        elif deadline.passed():
            detail = "not reached within the time limit (limits.max_seconds)"
            artifact = item.artifact
            gap = Gap(artifact.path, artifact.members, Stage.RUN, GapReason.TIME_LIMIT, detail)
            gathering.gaps[gap] = None
        else:
            yield item
