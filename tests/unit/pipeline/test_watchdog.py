"""Work that does not look at the clock ends all the same, and what was found before it stands."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import pytest

from leakgate.model.artifact import Unit
from leakgate.model.detection import Match, Suspect
from leakgate.model.gap import Gap, GapReason
from leakgate.model.limits import Limits
from leakgate.model.part import Part
from leakgate.model.segment import Segment
from leakgate.pipeline.run import Sharing
from leakgate.pipeline.unit import UnitScanner
from tests.kit.processes import children
from tests.unit.pipeline.fakes import LEAK, Boxes, Held, Words, scanner, unit
from tests.unit.pipeline.harvests import Harvest, run

pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="there are no alarms here")

ENOUGH = b"." * 5_000_000  # more than what a process is started for
SHORT = Limits(max_seconds=0.2)


@dataclass(frozen=True)
class Listed:
    items: Sequence[Unit]
    then: Callable[[], None] = lambda: None

    def units(self) -> Iterator[Unit | Gap]:
        yield from self.items
        self.then()


@dataclass(frozen=True)
class BySize:
    def weight(self, unit: Unit) -> int | None:
        return len(unit.content.data) if isinstance(unit.content, Held) else None

    def parts(self, unit: Unit) -> Iterator[Part]:
        yield from ()


@dataclass
class Doing(Words):
    """Looks for LEAK; does `this` to its process first where the text holds `bad`."""

    this: Callable[[], object] = lambda: None

    def confirm(self, segment: Segment, suspects: Sequence[Suspect]) -> Iterator[Match]:
        if b"bad" in segment.data:
            self.this()
        return super().confirm(segment, suspects)


def endless() -> None:
    while True:
        pass


def backtracking() -> None:
    re.fullmatch(b"(?:a|aa)+b", b"a" * 100)


def deaf() -> None:
    """Like C code that never comes back to Python."""
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])
    endless()


def stopped() -> None:
    os.kill(os.getpid(), signal.SIGSTOP)


def harvest(source: Listed, by: UnitScanner, jobs: int = 1) -> Harvest:
    return run(source, by, skipped=lambda: 0, watch=lambda path, done: None, sharing=Sharing(jobs, BySize()))


def told(result: Harvest) -> list[tuple[str, GapReason]]:
    return [(gap.path, gap.reason) for gap in result.gaps]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    for place in ("watchdog", "workers", "run"):
        monkeypatch.setattr(f"leakgate.pipeline.{place}.LAST", 0.6)
    monkeypatch.setattr("leakgate.pipeline.watchdog.GRACE", 0.1)
    monkeypatch.setattr("leakgate.pipeline.watchdog.RESPITE", 0.3)
    monkeypatch.setattr("leakgate.pipeline.watchdog._EVERY", 0.05)


@pytest.mark.parametrize("this", [endless, backtracking], ids=["loop", "expression"])
def test_a_reader_that_never_ends_is_ended(this: Callable[[], None]) -> None:
    """In a scan by one process; the findings of the members before it stand, the rest is told as gaps."""
    boxes = Boxes({"all.zip": [_member("a.log"), _member("b.log", b"bad" + LEAK), _member("c.log")]})
    by = scanner(Doing(this=this), unpacker=boxes, limits=SHORT)

    result = harvest(Listed([unit(path="all.zip"), unit(path="z")]), by)

    assert [("all.zip", GapReason.TIME_LIMIT), ("z", GapReason.TIME_LIMIT)] == told(result)
    assert ["a.log"] == [finding.location.members[-1] for finding in result.findings]


@pytest.mark.parametrize("this", [endless, deaf, stopped])
def test_a_process_that_never_ends_is_ended(this: Callable[[], None]) -> None:
    """With its unit as a gap; what others found stands, and no process is left."""
    before = children()
    source = Listed([unit(LEAK + ENOUGH, "first"), unit(b"bad" + LEAK + ENOUGH, "second")])

    # Long enough for the first on a busy machine.
    result = harvest(source, scanner(Doing(this=this), limits=Limits(max_seconds=2.0)), jobs=2)

    assert [("second", GapReason.TIME_LIMIT)] == told(result)
    assert ["first"] == [finding.location.path for finding in result.findings]
    assert set() == children() - before


def test_a_source_that_never_ends_is_ended() -> None:
    """Such as standard input that nobody closes; what came before was scanned."""
    result = harvest(Listed([unit()], then=endless), scanner(limits=SHORT))

    assert [("(run)", GapReason.TIME_LIMIT)] == told(result)
    assert 1 == len(result.findings)


def test_sealing_that_never_ends_is_ended() -> None:
    """What it had is lost, and that is said."""

    def redact(text: str) -> str:
        if text == "sealed":
            endless()
        return text

    began = time.monotonic()
    sealing = scanner(Words(), unpacker=Boxes({"all.zip": [_member("sealed")]}), limits=SHORT, redact=redact)

    result = harvest(Listed([unit(path="all.zip")]), sealing)

    assert [("all.zip", GapReason.TIME_LIMIT)] == told(result)
    assert time.monotonic() - began < 5


def test_alarms_of_others_come_back() -> None:
    """Whoever calls may have set one; a scan that is in time never raises."""
    mine = signal.signal(signal.SIGALRM, signal.SIG_IGN)
    try:
        signal.setitimer(signal.ITIMER_REAL, 1000)

        harvest(Listed([unit()]), scanner())

        assert signal.SIG_IGN == signal.getsignal(signal.SIGALRM)
        assert signal.setitimer(signal.ITIMER_REAL, 0)[0] > 900
    finally:
        signal.signal(signal.SIGALRM, mine)


def _member(name: str, data: bytes = LEAK) -> Held:
    return Held(unit(path="all.zip").artifact.member(name), data)
