"""Behind a scan: gaps for what changed, another scan for what may have."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from leakgate.model.artifact import Artifact, Unit
from leakgate.model.gap import Gap, GapReason, Stage
from tests.unit.pipeline.fakes import Unopenable, scanner, unit
from tests.unit.pipeline.harvests import Harvest, run
from tests.unit.pipeline.test_run import Listed


def harvest(*items: Unit | Gap, again: Callable[[], Iterable[Unit | Gap]]) -> Harvest:
    return run(Listed(items), scanner(), skipped=int, watch=lambda path, done: None, again=again)


def reasons(result: Harvest) -> list[tuple[str, GapReason]]:
    return [(gap.path, gap.reason) for gap in result.gaps]


def test_what_changed_is_a_gap() -> None:
    """The source says so when everything has been scanned."""
    changed = Gap("a.log", (), Stage.SOURCE, GapReason.CHANGED, "was written")

    result = harvest(unit(), again=lambda: [changed])

    assert [("a.log", GapReason.CHANGED)] == reasons(result)


def test_the_same_bytes_are_no_news() -> None:
    """A file that was touched is scanned again, counted once, and no gap."""
    result = harvest(unit(), again=lambda: [unit()])

    assert ([], 1, 1) == (reasons(result), len(result.findings), result.coverage.artifacts)


def test_other_bytes_are_a_gap_and_their_findings_stand() -> None:
    """A leak that took the place of clean bytes of the same length."""
    result = harvest(unit(b"fine."), again=lambda: [unit()])

    assert [("a.log", GapReason.CHANGED)] == reasons(result)
    assert ["a.log"] == [finding.location.path for finding in result.findings]


def test_one_gap_for_each_file_is_enough() -> None:
    """Whoever could not open a file need not hear that it is gone."""
    gone = Unit(Artifact("b.log"), Unopenable(FileNotFoundError(2, "gone")))
    missing = Gap("b.log", (), Stage.SOURCE, GapReason.CHANGED, "was removed")

    result = harvest(unit(), gone, again=lambda: [missing])

    assert [("b.log", GapReason.VANISHED)] == reasons(result)


def test_what_cannot_be_opened_is_not_scanned() -> None:
    """Nobody reads 46 artifacts where 45 were denied."""
    denied = Unit(Artifact("b.log"), Unopenable(PermissionError(13, "denied")))

    result = harvest(unit(), denied, again=lambda: ())

    assert (1, [("b.log", GapReason.DENIED)]) == (result.coverage.artifacts, reasons(result))
