"""A run over many units: nothing disappears, whatever ends it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from leakgate.model.artifact import Artifact, Unit
from leakgate.model.gap import Gap, GapReason, Stage
from leakgate.model.limits import Limits
from leakgate.pipeline.unit import UnitScanner
from tests.unit.pipeline.fakes import LEAK, Boxes, Held, Unopenable, scanner, unit
from tests.unit.pipeline.harvests import Harvest, run


@dataclass(frozen=True)
class Listed:
    """A source of the given items; an exception among them is raised when it is reached."""

    items: Iterable[Unit | Gap | BaseException]

    def units(self) -> Iterator[Unit | Gap]:
        for item in self.items:
            if isinstance(item, BaseException):
                raise item
            yield item


def harvest(*items: Unit | Gap | BaseException, by: UnitScanner | None = None, skipped: int = 0) -> Harvest:
    return run(Listed(items), by or scanner(), skipped=lambda: skipped, watch=lambda path, done: None)


def test_every_unit_is_scanned_in_order() -> None:
    """Findings and counts of all units together."""
    result = harvest(unit(path="b.log"), unit(path="a.log"), skipped=3)

    assert ["b.log", "a.log"] == [finding.location.path for finding in result.findings]
    assert (2, 10, 3) == (
        result.coverage.artifacts,
        result.coverage.bytes_scanned,
        result.coverage.skipped,
    )
    assert not result.interrupted


def test_a_unit_that_cannot_be_read_spares_the_others() -> None:
    """A gap, and the rest is scanned."""
    result = harvest(Unit(Artifact("x"), Unopenable(OSError(5, "Input/output error"))), unit())

    assert [("x", GapReason.UNREADABLE)] == [(gap.path, gap.reason) for gap in result.gaps]
    assert 1 == len(result.findings)


def test_an_interrupt_between_units_keeps_what_was_found() -> None:
    """One gap says that the rest was not scanned."""
    result = harvest(unit(), KeyboardInterrupt(), unit(path="never.log"))

    assert result.interrupted
    assert [GapReason.INTERRUPTED] == [gap.reason for gap in result.gaps]
    assert ["a.log"] == [finding.location.path for finding in result.findings]


def test_an_interrupt_inside_a_unit_keeps_its_first_half() -> None:
    """Also its coverage, so that the report does not claim that nothing was scanned."""
    first = Held(Artifact("all.zip", ("a",)), LEAK)
    boxes = Boxes({"all.zip": [first, KeyboardInterrupt()]})

    result = harvest(unit(path="all.zip"), by=scanner(unpacker=boxes))

    assert result.interrupted
    assert (1, 5) == (len(result.findings), result.coverage.bytes_scanned)


def test_each_unit_behind_the_deadline_is_a_gap() -> None:
    """Nobody has to guess what was not looked at."""
    result = harvest(unit(path="a"), unit(path="b"), by=scanner(limits=Limits(max_seconds=0)))

    assert [("a", GapReason.TIME_LIMIT), ("b", GapReason.TIME_LIMIT)] == [
        (g.path, g.reason) for g in result.gaps
    ]
    assert 0 == result.coverage.artifacts


def test_the_same_gap_of_source_and_unit_is_told_once() -> None:
    """Gaps are a set in the order of their coming."""
    gap = Gap("all.zip", (), Stage.UNPACK, GapReason.MALFORMED, "is damaged")

    result = harvest(gap, unit(path="all.zip"), gap, by=scanner(unpacker=Boxes({"all.zip": [gap]})))

    assert (gap,) == result.gaps


def test_the_watcher_hears_of_each_unit_before_it_is_scanned() -> None:
    """With the bytes scanned until then."""
    heard: list[tuple[str, int]] = []

    run(
        Listed([unit(path="a"), unit(path="b")]),
        scanner(),
        skipped=lambda: 0,
        watch=lambda path, done: heard.append((path, done)),
    )

    assert [("a", 0), ("b", 5)] == heard
