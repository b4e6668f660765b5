"""
One run: every unit of the sources through the scanner, whatever happens on the way.

An interrupt ends the run early; what was found until then is kept and the result says so.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from itertools import chain

from leakgate.findings.attachments import settled
from leakgate.model.artifact import Artifact, Named, Source, Unit
from leakgate.model.finding import Finding
from leakgate.model.gap import Gap, GapReason, Stage
from leakgate.model.records import dataclass
from leakgate.model.result import Coverage, Timing
from leakgate.model.unmasked import Unmasked
from leakgate.pipeline.again import Again, look_again, nothing
from leakgate.pipeline.clock import Deadline, Stopwatch
from leakgate.pipeline.effort import FILE, WORTH_A_PROCESS
from leakgate.pipeline.gathering import Gathering
from leakgate.pipeline.memory import bounded
from leakgate.pipeline.names import NAMES_TOO_LATE, Names
from leakgate.pipeline.outcome import Interrupted, UnitOutcome
from leakgate.pipeline.piece import Piece, scan_piece
from leakgate.pipeline.ports import Division, Watcher
from leakgate.pipeline.reuse import NOTHING_KNOWN, Reuse, known
from leakgate.pipeline.troubles import OUT_OF_MEMORY, redacted
from leakgate.pipeline.unit import UnitScanner
from leakgate.pipeline.watchdog import LAST, Overdue, Watchdog

_NOT_LISTED = (
    "the time limit of the run (limits.max_seconds) was over while this was read or listed; "
    "artifacts behind this point are not even named"
)


@dataclass(frozen=True, slots=True)
class Harvest:
    """What a run gathered, before the policy judges it."""

    told: Unmasked[tuple[tuple[Finding, ...], tuple[Gap, ...]]]
    pieces: frozenset[bytes]  # of all values that were found
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
    reuse: Reuse = NOTHING_KNOWN,
    again: Again = nothing,
) -> Harvest:
    """Scans every unit; the answer is in their order. `watch` hears of artifacts and of the bytes scanned.

    `again` tells behind the scan what changed during it.
    """
    clock = Stopwatch()
    gathering = Gathering(scanner.limits)
    interrupted = False
    with clock.stage("run"):
        try:
            with bounded(scanner.limits.max_memory_bytes):
                watchdog = Watchdog(Deadline(scanner.limits.max_seconds))
                with watchdog.watching():
                    _scan_all(source, scanner, gathering, watchdog, watch, sharing=sharing, reuse=reuse)
                    changes = _in_time(iter(again()), watchdog, scanner.sealer.redact, None)
                    look_again(changes, replace(scanner, twins=None), gathering, watchdog)
        except KeyboardInterrupt as exc:
            interrupted = True
            if isinstance(exc, Interrupted):
                gathering.add(exc.outcome)
            detail = "the run was interrupted; artifacts behind this point were not scanned"
            gathering.add(Gap("(run)", (), Stage.RUN, GapReason.INTERRUPTED, detail))
        except MemoryError:
            gathering.add(Gap("(run)", (), Stage.RUN, GapReason.MEMORY_LIMIT, OUT_OF_MEMORY))
    coverage = gathering.coverage + Coverage(skipped=skipped())
    timing = Timing(clock.seconds["run"], gathering.seconds)
    findings = settled(gathering.findings, gathering.claims)
    told = Unmasked((findings, gathering.gaps.listed()))
    return Harvest(told, frozenset(gathering.pieces), coverage, timing, interrupted)


def _scan_all(
    source: Source,
    scanner: UnitScanner,
    gathering: Gathering,
    watchdog: Watchdog,
    watch: Watcher,
    *,
    sharing: Sharing | None,
    reuse: Reuse,
) -> None:
    names = Names(scanner, watchdog.deadline.passed)
    items = _in_time(source.units(), watchdog, scanner.sealer.redact, names)
    if sharing is not None and sharing.jobs > 1 and hasattr(os, "fork"):
        first, is_big = _measured(items, sharing.division)
        items = chain(first, items)
        if is_big:
            from leakgate.pipeline.crew import Crew
            from leakgate.pipeline.workers import Workers

            with closing(Workers(scanner, watchdog, sharing.jobs)) as workers:
                Crew(scanner, watchdog, workers, gathering, reuse).run(items, sharing.division, watch)
            gathering.add(_named(names, watchdog, gathering.gaps.listed()))
            return
    for number, item in enumerate(items):
        if isinstance(item, Gap):
            gathering.add(item)
        else:
            watch(item.artifact.path, gathering.coverage.bytes_scanned)
            gathering.add(_outcome(scanner, watchdog, reuse, number, item))
    gathering.add(_named(names, watchdog, gathering.gaps.listed()))


def _named(names: Names, watchdog: Watchdog, known: tuple[Gap, ...]) -> UnitOutcome:
    """What the names of the run came to, as far as the time suffices."""
    try:
        with watchdog.guarding(LAST):
            return names.outcome(known)
    except Overdue:
        gap = Gap("(run)", (), Stage.RUN, GapReason.TIME_LIMIT, NAMES_TOO_LATE)
        return UnitOutcome(tuple(names.findings), (gap,), Coverage(), pieces=frozenset(names.pieces))


def _outcome(scanner: UnitScanner, watchdog: Watchdog, reuse: Reuse, number: int, unit: Unit) -> UnitOutcome:
    told = known(reuse, watchdog, number, unit)
    if isinstance(told, UnitOutcome):
        return told
    outcome = scan_piece(scanner, Piece(number, unit, None, 0), watchdog)
    reuse.done(number, outcome)
    return outcome


def _in_time(
    items: Iterator[Unit | Gap | Named], watchdog: Watchdog, redact: Callable[[str], str], names: Names | None
) -> Iterator[Unit | Gap]:
    """What the source gives until some time after the deadline, its gaps without what must not be shown."""
    while True:
        try:
            with watchdog.guarding(LAST):
                item = next(items, None)
        except Overdue:
            yield Gap("(run)", (), Stage.SOURCE, GapReason.TIME_LIMIT, _NOT_LISTED)
            return
        if item is None:
            return
        if names is not None and not (isinstance(item, Gap) and item.path.startswith("(")):
            names.note(_named_by(item))
            if names.is_full:
                with suppress(Overdue), watchdog.guarding(LAST):  # what is not looked at is told at the end
                    names.scan()
        if not isinstance(item, Named):
            yield redacted(item, redact) if isinstance(item, Gap) else item


def _named_by(item: Unit | Gap | Named) -> Artifact | Named:
    if isinstance(item, Named):
        return item
    return Artifact(item.path) if isinstance(item, Gap) else item.artifact


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
