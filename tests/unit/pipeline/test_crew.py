"""Sharing a run out among processes: the same answer, whatever happens to one of them."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from leakgate.model.artifact import Artifact, Unit
from leakgate.model.detection import Match, Suspect
from leakgate.model.gap import Gap, GapReason, Stage
from leakgate.model.limits import Limits
from leakgate.model.part import Part
from leakgate.model.segment import Origin, Segment
from leakgate.pipeline.run import Sharing
from leakgate.pipeline.unit import UnitScanner
from tests.kit.processes import children
from tests.unit.pipeline.fakes import LEAK, Held, Words, scanner, unit
from tests.unit.pipeline.harvests import Harvest, run

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")

ENOUGH = b"." * 5_000_000  # more than what a process is started for


@dataclass(frozen=True)
class Listed:
    items: Iterable[Unit | Gap]

    def units(self) -> Iterator[Unit | Gap]:
        yield from self.items


@dataclass(frozen=True)
class BySize:
    """Units go elsewhere if they are in memory as bytes; those with a `cut` in them have two parts."""

    cut: bytes = b"no cut"

    def weight(self, unit: Unit) -> int | None:
        return len(unit.content.data) if isinstance(unit.content, Held) else None

    def parts(self, unit: Unit) -> Iterator[Part]:
        at = unit.content.data.find(self.cut) if isinstance(unit.content, Held) else -1
        if at >= 0:
            yield Part(0, Origin(), 0, 0, at, at)
            yield Part(1, Origin(at, 2, 1), at, at)


@dataclass
class Doing(Words):
    """Looks for LEAK; does `this` to its process first where the text holds `mark`."""

    this: Callable[[], None] = lambda: None
    mark: bytes = b"bad"

    def confirm(self, segment: Segment, suspects: Sequence[Suspect]) -> Iterator[Match]:
        if self.mark in segment.data:
            self.this()
        return super().confirm(segment, suspects)


def harvest(
    *items: Unit | Gap, by: UnitScanner | None = None, jobs: int = 2, division: BySize | None = None
) -> Harvest:
    return run(
        Listed(items),
        by or scanner(),
        skipped=lambda: 0,
        watch=lambda path, done: None,
        sharing=Sharing(jobs, division or BySize()),
    )


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def in_order(result: Harvest) -> list[str]:
    return [finding.location.path for finding in result.findings]


def test_processes_answer_like_one() -> None:
    """Findings, gaps and counts in the order of the source."""
    gap = Gap("gone", (), Stage.SOURCE, GapReason.UNREADABLE, "is gone")
    items: list[Unit | Gap] = [
        unit(LEAK + ENOUGH, "z"),
        gap,
        *(unit(path=f"{number}.log") for number in range(50)),
    ]

    one, many = harvest(*items, jobs=1), harvest(*items)

    assert (one.findings, one.gaps, one.coverage) == (many.findings, many.gaps, many.coverage)
    assert 51 == len(many.findings)


def test_parts_of_a_text_answer_like_the_text() -> None:
    """A value that occurs in both is one finding, with both places and lines."""
    text = LEAK + ENOUGH + b"\n--cut--" + LEAK
    items = [unit(text, "big.log")]

    one, many = harvest(*items, jobs=1), harvest(*items, division=BySize(b"--cut--"))

    assert [(f.occurrences, f.location) for f in one.findings] == [
        (f.occurrences, f.location) for f in many.findings
    ]
    assert one.coverage == many.coverage


def test_parts_that_break_a_limit_together_are_scanned_again_as_one() -> None:
    """The limit holds for the artifact, however it was divided."""
    text = LEAK * 3 + ENOUGH + b"\n--cut--" + LEAK * 3
    limited = scanner(limits=Limits(max_matches=4))

    one = harvest(unit(text), by=limited, jobs=1)
    many = harvest(unit(text), by=limited, division=BySize(b"--cut--"))

    assert (one.findings, one.gaps) == (many.findings, many.gaps)
    assert [GapReason.TOO_MANY] == [gap.reason for gap in many.gaps]


def test_a_process_that_is_killed_costs_one_unit() -> None:
    """That unit is a gap, which no policy takes for a pass; all others are scanned."""
    items = [unit(ENOUGH, "first"), unit(LEAK, "a"), unit(b"bad" + LEAK, "killer"), unit(LEAK, "b")]

    result = harvest(*items, by=scanner(Doing(this=kill)))

    assert ["a", "b"] == in_order(result)
    assert [("killer", GapReason.RECOGNIZER_FAILED)] == [(gap.path, gap.reason) for gap in result.gaps]
    assert not result.interrupted


def test_a_process_that_is_told_to_stop_leaves_a_gap() -> None:
    """What it had found until then is kept."""

    def terminate() -> None:
        os.kill(os.getpid(), signal.SIGTERM)

    items = [unit(ENOUGH, "first"), unit(b"bad" + LEAK, "stopped"), unit(LEAK, "b")]

    result = harvest(*items, by=scanner(Doing(this=terminate)), jobs=2)

    assert GapReason.INTERRUPTED in {gap.reason for gap in result.gaps}
    assert "b" in in_order(result) or len(result.gaps) > 1


def test_an_interrupt_keeps_what_processes_found() -> None:
    """Ctrl-C in the middle: the run says so, and ends."""

    class Interrupting(BySize):
        def weight(self, unit: Unit) -> int | None:
            if unit.artifact.path == "never":
                raise KeyboardInterrupt
            return super().weight(unit)

    items = [unit(LEAK + ENOUGH, "first"), unit(LEAK + ENOUGH, "second"), unit(path="never")]

    result = harvest(*items, division=Interrupting())

    assert result.interrupted
    assert GapReason.INTERRUPTED in {gap.reason for gap in result.gaps}


def test_units_behind_the_deadline_are_gaps_of_their_own() -> None:
    """As they are without processes."""
    items = [unit(ENOUGH, "a"), unit(path="b")]

    result = harvest(*items, by=scanner(limits=Limits(max_seconds=0)))

    assert [("a", GapReason.TIME_LIMIT), ("b", GapReason.TIME_LIMIT)] == [
        (gap.path, gap.reason) for gap in result.gaps
    ]


def test_content_of_this_process_is_scanned_here() -> None:
    """Standard input cannot be opened elsewhere."""

    @dataclass(frozen=True)
    class Here(Held):
        pass

    class Picky(BySize):
        def weight(self, unit: Unit) -> int | None:
            return None if isinstance(unit.content, Here) else super().weight(unit)

    stdin = Unit(Artifact("stdin"), Here(Artifact("stdin"), LEAK))

    result = harvest(unit(ENOUGH, "first"), stdin, unit(LEAK, "b"), division=Picky())

    assert ["stdin", "b"] == in_order(result)


def test_no_process_outlives_the_run() -> None:
    """Nothing is left to wait for."""
    before = children()

    harvest(unit(ENOUGH), unit(b"bad" + LEAK), by=scanner(Doing(this=kill)))

    assert set() == children() - before


def test_who_ends_without_a_word_when_told_to_stop_was_interrupted(tmp_path: Path) -> None:
    """A process that had not begun says nothing; that is no failure of it, and no lack of memory."""
    begun = tmp_path / "begun"

    def end_when_told() -> None:
        signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
        begun.touch()
        time.sleep(60)

    def items() -> Iterator[Unit]:
        yield unit(ENOUGH + b"bad" + LEAK, "a.log")
        until = time.monotonic() + 20
        while not begun.exists() and time.monotonic() < until:
            time.sleep(0.01)
        raise KeyboardInterrupt

    result = run(
        Listed(items()),
        scanner(Doing(this=end_when_told)),
        skipped=lambda: 0,
        watch=lambda path, done: None,
        sharing=Sharing(2, BySize()),
    )

    assert {GapReason.INTERRUPTED} == {gap.reason for gap in result.gaps}
    assert "a.log" in {gap.path for gap in result.gaps}
