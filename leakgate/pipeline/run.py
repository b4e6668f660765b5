"""
One run: every unit of the sources through the scanner, whatever happens on the way.

An interrupt ends the run early; what was found until then is kept and the result says so.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import chain

from leakgate.findings.attachments import settled
from leakgate.model.artifact import Source, Unit
from leakgate.model.finding import Finding
from leakgate.model.gap import Gap, GapReason, Stage
from leakgate.model.result import Coverage, Timing
from leakgate.pipeline.clock import Deadline, Stopwatch
from leakgate.pipeline.crew import FILE, WORTH_A_PROCESS, Crew, Watcher
from leakgate.pipeline.gathering import Gathering
from leakgate.pipeline.outcome import Interrupted
from leakgate.pipeline.piece import Piece, scan_piece
from leakgate.pipeline.ports import Division
from leakgate.pipeline.unit import UnitScanner
from leakgate.pipeline.workers import Workers


@dataclass(frozen=True, slots=True)
class Harvest:
    """What a run gathered, before the policy judges it."""

    findings: tuple[Finding, ...]
    gaps: tuple[Gap, ...]
    coverage: Coverage
    timing: Timing
    interrupted: bool


@dataclass(frozen=True, slots=True)
class Sharing:
    """How a run may be shared out: among at most `jobs` processes, along `division`."""

    jobs: int
    division: Division


def run(
    source: Source,
    scanner: UnitScanner,
    *,
    skipped: Callable[[], int],
    watch: Watcher,
    sharing: Sharing | None = None,
) -> Harvest:
    """Scans every unit; the answer is in their order. `watch` hears of artifacts and of the bytes scanned."""
    clock = Stopwatch()
    gathering = Gathering()
    interrupted = False
    with clock.stage("run"):
        try:
            _scan_all(source, scanner, gathering, watch, sharing)
        except KeyboardInterrupt as exc:
            interrupted = True
            if isinstance(exc, Interrupted):
                gathering.add(exc.outcome)
            detail = "the run was interrupted; artifacts behind this point were not scanned"
            gathering.gaps[Gap("(run)", (), Stage.RUN, GapReason.INTERRUPTED, detail)] = None
    coverage = gathering.coverage + Coverage(skipped=skipped())
    timing = Timing(clock.seconds["run"], gathering.seconds)
    findings = settled(gathering.findings, gathering.claims)
    return Harvest(findings, tuple(gathering.gaps), coverage, timing, interrupted)


def _scan_all(
    source: Source, scanner: UnitScanner, gathering: Gathering, watch: Watcher, sharing: Sharing | None
) -> None:
    expired = Deadline(scanner.limits.max_seconds).passed
    items = source.units()
    if sharing is not None and sharing.jobs > 1 and hasattr(os, "fork"):
        first, is_big = _measured(items, sharing.division)
        items = chain(first, items)
        if is_big:
            with closing(Workers(scanner, expired, sharing.jobs)) as workers:
                Crew(scanner, expired, workers, gathering).run(items, sharing.division, watch)
            return
    for number, item in enumerate(items):
        if isinstance(item, Gap):
            gathering.add(item)
        else:
            watch(item.artifact.path, gathering.coverage.bytes_scanned)
            gathering.add(scan_piece(scanner, Piece(number, item, None, 0), expired))


def _measured(items: Iterator[Unit | Gap], division: Division) -> tuple[list[Unit | Gap], bool]:
    """The first items, as many as it takes to know whether there is work for several processes."""
    first: list[Unit | Gap] = []
    weight = 0
    for item in items:
        first.append(item)
        if isinstance(item, Unit):
            weight += (division.weight(item) or 0) + FILE
        if weight > WORTH_A_PROCESS:
            return first, True
    return first, False
