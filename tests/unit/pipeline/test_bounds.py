"""Findings, gaps and memory have bounds: what is beyond is not listed, but told and judged."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from leakgate.model.artifact import Unit
from leakgate.model.detection import Match, Suspect
from leakgate.model.gap import Gap, GapReason, Stage
from leakgate.model.limits import MIB, Limits
from leakgate.model.segment import Segment
from leakgate.pipeline.gap_list import GapList
from leakgate.pipeline.run import Sharing
from leakgate.pipeline.unit import UnitScanner
from tests.unit.pipeline.fakes import LEAK, Boxes, Held, Words, scanner, unit
from tests.unit.pipeline.harvests import Harvest, run
from tests.unit.pipeline.test_watchdog import ENOUGH, BySize, Listed


def harvest(units: Sequence[Unit], by: UnitScanner, jobs: int = 1) -> Harvest:
    sharing = Sharing(jobs, BySize())
    return run(Listed(units), by, skipped=lambda: 0, watch=lambda path, done: None, sharing=sharing)


def gap(number: int, reason: GapReason = GapReason.MALFORMED) -> Gap:
    return Gap(f"{number}.zip", (), Stage.UNPACK, reason, "is cut")


def members(*names: str) -> Boxes:
    artifact = unit(path="all.zip").artifact
    return Boxes({"all.zip": [Held(artifact.member(name), LEAK) for name in names]})


def test_gaps_beyond_the_limit_leave_one_of_each_kind() -> None:
    """So that no policy judges more leniently for want of room."""
    gaps = GapList(2)

    gaps.update([gap(1), gap(2), gap(1), gap(3), gap(4), gap(5, GapReason.ENCRYPTED)])

    assert ["1.zip", "2.zip", "3.zip", "5.zip"] == [each.path for each in gaps.listed()]
    assert ["is cut", "is cut"] == [each.detail for each in gaps.listed()][:2]
    assert "limits.max_gaps" in gaps.listed()[2].detail
    assert GapReason.ENCRYPTED == gaps.listed()[3].reason


def test_gaps_of_a_unit_are_bounded() -> None:
    """An archive of damaged members, at once."""
    boxes = Boxes({"all.zip": [gap(number) for number in range(100)]})

    outcome = scanner(unpacker=boxes, limits=Limits(max_gaps=3)).scan(unit(path="all.zip"), lambda: False)

    assert 4 == len(outcome.gaps)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")
def test_findings_beyond_the_limit_are_told() -> None:
    """The first ones are listed, whoever found them; the gap blocks, as too many of anything does."""
    units = [unit(LEAK + ENOUGH, "a"), *(unit(path=f"{number}.log") for number in range(9))]
    by = scanner(limits=Limits(max_findings=4))

    one, many = harvest(units, by), harvest(units, by, jobs=2)

    assert ["a", "0.log", "1.log", "2.log"] == [finding.location.path for finding in one.findings]
    assert [GapReason.TOO_MANY] == [each.reason for each in one.gaps]
    assert (one.findings, one.gaps) == (many.findings, many.gaps)


def test_findings_of_a_unit_are_bounded() -> None:
    """What is beyond is not even sealed."""
    by = scanner(unpacker=members(*map(str, range(50))), limits=Limits(max_findings=3))

    outcome = by.scan(unit(path="all.zip"), lambda: False)

    assert 4 == len(outcome.findings)  # one more than a run may have: it shows that there are too many
    assert [GapReason.TOO_MANY] == [each.reason for each in outcome.gaps]


def test_as_many_findings_as_are_allowed_are_no_gap() -> None:
    """The limit itself is within bounds."""
    by = scanner(unpacker=members("a", "b", "c"), limits=Limits(max_findings=3))

    result = harvest([unit(path="all.zip")], by)

    assert (3, ()) == (len(result.findings), result.gaps)


class Hungry(Words):
    """Takes a gigabyte where the text holds `bad`."""

    def confirm(self, segment: Segment, suspects: Sequence[Suspect]) -> Iterator[Match]:
        if b"bad" in segment.data:
            bytearray(1 << 30)
        return super().confirm(segment, suspects)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux heeds the bound")
@pytest.mark.parametrize("jobs", [1, 2])
def test_what_takes_too_much_memory_is_a_gap(jobs: int) -> None:
    """The rest is scanned, and the bound is gone behind the run."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_DATA)
    units = [unit(LEAK + ENOUGH, "a"), unit(b"bad" + LEAK, "hungry"), unit(path="z")]

    most = _of_this_process() + 512 * MIB  # earlier tests of the same process have left it some

    result = harvest(units, scanner(Hungry(), limits=Limits(max_memory_bytes=most)), jobs)

    assert [("hungry", GapReason.MEMORY_LIMIT)] == [(each.path, each.reason) for each in result.gaps]
    assert ["a", "z"] == [finding.location.path for finding in result.findings]
    assert before == resource.getrlimit(resource.RLIMIT_DATA)


def _of_this_process() -> int:
    """Bytes that count for the bound: VmData of proc(5), in KiB there."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmData:"))


def test_places_of_very_many_findings_are_counted_alone() -> None:
    """The first place of each stays, and so does how often it occurs."""
    units = [unit(LEAK * 10, path=f"{number}.log") for number in range(3)]

    result = harvest(units, scanner(limits=Limits(max_findings=5)))

    assert [10, 10, 1] == [len(finding.sightings) for finding in result.findings]
    assert [10, 10, 10] == [finding.occurrences for finding in result.findings]
