"""The same bytes are scanned once in a run, and only where the answer is the same."""

from __future__ import annotations

import hashlib
import os
import signal
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pytest

from leakgate.model.artifact import Artifact, Unit
from leakgate.model.detection import Match, Suspect
from leakgate.model.gap import Gap, GapReason, Stage
from leakgate.model.kin import Kin, ending
from leakgate.model.limits import Limits
from leakgate.model.prints import Stamp
from leakgate.model.segment import Segment
from leakgate.pipeline import reuse as module
from leakgate.pipeline.outcome import UnitOutcome
from leakgate.pipeline.reuse import Reuse
from leakgate.pipeline.run import Sharing
from leakgate.pipeline.unit import UnitScanner
from tests.unit.pipeline.fakes import LEAK, Held, Words, scanner, unit
from tests.unit.pipeline.harvests import Harvest, run
from tests.unit.pipeline.test_crew import BySize, Doing, Listed

PADDING = b"." * 2000


@dataclass
class Prints:
    """Of what fakes hold; counts digests, and lies about what `changed`."""

    asked: list[str] = field(default_factory=list)
    changed: set[str] = field(default_factory=set)

    def stamp(self, unit: Unit) -> Stamp | None:
        return Stamp(len(unit.content.data), 0, 0, 0, 0) if isinstance(unit.content, Held) else None

    def digest(self, unit: Unit, stamp: Stamp) -> bytes | None:
        self.asked.append(unit.artifact.path)
        if unit.artifact.path in self.changed or not isinstance(unit.content, Held):
            return None
        return hashlib.sha256(unit.content.data).digest()


@dataclass
class Counting(Words):
    """Looks for LEAK; remembers the artifacts in which it was asked."""

    asked: list[str] = field(default_factory=list)

    def confirm(self, segment: Segment, suspects: Sequence[Suspect]) -> Iterator[Match]:
        self.asked.append(segment.artifact.path)
        return super().confirm(segment, suspects)


@dataclass
class Memory:
    """What an earlier run found out; by content."""

    known: dict[bytes, UnitOutcome] = field(default_factory=dict)

    def recall(self, digest: bytes, kin: Kin) -> UnitOutcome | None:
        return self.known.get(digest)

    def keep(self, digest: bytes, kin: Kin, outcome: UnitOutcome) -> None:
        self.known[digest] = outcome


def kin_of(artifact: Artifact) -> Kin:
    return (ending(artifact.name),)


def harvest(
    *items: Unit,
    by: UnitScanner | None = None,
    prints: Prints | None = None,
    memory: Memory | None = None,
    jobs: int = 1,
) -> Harvest:
    return run(
        Listed(items),
        by or scanner(),
        skipped=lambda: 0,
        watch=lambda path, done: None,
        sharing=Sharing(jobs, BySize()),
        reuse=Reuse(prints or Prints(), kin_of, str, memory),
    )


def places(found: Harvest) -> list[str]:
    return [finding.location.path for finding in found.findings]


def test_copies_are_scanned_once() -> None:
    """And reported wherever they are."""
    word = Counting()
    copies = [unit(LEAK + PADDING, name) for name in ("a.log", "b.log", "c.log")]

    found = harvest(*copies, by=scanner(word))

    assert ["a.log"] == word.asked
    assert ["a.log", "b.log", "c.log"] == places(found)
    assert 3 == found.coverage.artifacts
    assert 3 * len(LEAK + PADDING) == found.coverage.bytes_scanned


def test_a_file_of_a_size_of_its_own_costs_nothing() -> None:
    """No digest is made of it."""
    prints = Prints()

    harvest(unit(b"1" + PADDING, "a.log"), unit(b"12" + PADDING, "b.log"), prints=prints)

    assert [] == prints.asked


def test_each_file_is_read_for_its_digest_once() -> None:
    """However many there are of one size."""
    prints = Prints()

    harvest(*(unit(b"%d" % n + PADDING, f"{n}.log") for n in range(5)), prints=prints)

    assert ["0.log", "1.log", "2.log", "3.log", "4.log"] == sorted(prints.asked)


@pytest.mark.parametrize("other", ["a.xml", "a", "a.log.gz"])
def test_a_name_that_may_be_read_in_another_way_is_scanned(other: str) -> None:
    """The same bytes are not the same document under it."""
    word = Counting()

    harvest(unit(LEAK + PADDING, "a.log"), unit(LEAK + PADDING, other), by=scanner(word))

    assert ["a.log", other] == word.asked


def test_a_small_file_is_scanned() -> None:
    """That costs no more than telling whether it is a copy."""
    word = Counting()

    harvest(unit(LEAK, "a.log"), unit(LEAK, "b.log"), by=scanner(word))

    assert ["a.log", "b.log"] == word.asked


def test_a_file_that_changed_since_is_no_first() -> None:
    """What its bytes are now is not what was scanned; the next two are copies of each other all the same."""
    word = Counting()
    copies = [unit(LEAK + PADDING, name) for name in ("a.log", "b.log", "c.log")]

    harvest(*copies, by=scanner(word), prints=Prints(changed={"a.log"}))

    assert ["a.log", "b.log"] == word.asked


def test_what_failed_is_tried_again() -> None:
    """Each file that a recognizer fails in has its own gap."""
    failing = scanner(Words(error=ValueError("no")))

    found = harvest(unit(LEAK + PADDING, "a.log"), unit(LEAK + PADDING, "b.log"), by=failing)

    assert [("a.log", GapReason.RECOGNIZER_FAILED), ("b.log", GapReason.RECOGNIZER_FAILED)] == [
        (gap.path, gap.reason) for gap in found.gaps
    ]


def test_a_gap_of_the_bytes_is_told_of_each_copy() -> None:
    """Such as more matches than are listed."""
    copies = [unit(LEAK * 9 + PADDING, name) for name in ("a.log", "b.log")]

    found = harvest(*copies, by=scanner(limits=Limits(max_matches=4)))

    assert [("a.log", GapReason.TOO_MANY), ("b.log", GapReason.TOO_MANY)] == [
        (gap.path, gap.reason) for gap in found.gaps
    ]


def test_names_are_redacted_each_in_its_own_way() -> None:
    """A copy under a name that holds a secret does not show it."""
    by = scanner(redact=lambda text: text.replace("hunter", "****"))
    items = [unit(LEAK + PADDING, "a.log"), unit(LEAK + PADDING, "hunter.log")]

    found = run(
        Listed(items),
        by,
        skipped=lambda: 0,
        watch=lambda path, done: None,
        reuse=Reuse(Prints(), kin_of, by.sealer.redact),
    )

    assert ["a.log", "****.log"] == places(found)


def test_many_files_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is remembered of a run is bounded; a copy of what was forgotten is scanned."""
    monkeypatch.setattr(module, "_MOST", 2)
    word = Counting()
    items = [unit(LEAK + bytes(n) + PADDING, f"{n}.log") for n in (0, 1, 2, 0)]

    found = harvest(*items, by=scanner(word))

    assert 4 == len(found.findings)
    assert ["0.log", "1.log", "2.log", "0.log"] == word.asked


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")
class TestSeveralProcesses:
    """Copies of what another process is scanning wait for it."""

    ENOUGH = b"." * 5_000_000

    def test_they_answer_like_one(self) -> None:
        """In the order of the source."""
        items = [unit(self.ENOUGH, "z.log")]
        items += [unit(LEAK + bytes(n % 7) + PADDING, f"{n}.log") for n in range(60)]

        one, many = harvest(*items), harvest(*items, jobs=2)

        assert (one.findings, one.gaps, one.coverage) == (many.findings, many.gaps, many.coverage)
        assert 60 == len(many.findings)

    def test_a_copy_of_what_killed_a_process_is_scanned(self) -> None:
        """Both are gaps, and neither takes anything else down."""

        def kill() -> None:
            os.kill(os.getpid(), signal.SIGKILL)

        killer = b"bad" + LEAK + PADDING
        items = [
            unit(self.ENOUGH, "z.log"),
            unit(killer, "a.log"),
            unit(killer, "b.log"),
            unit(LEAK, "c.log"),
        ]

        found = harvest(*items, by=scanner(Doing(this=kill)), jobs=2)

        assert ["c.log"] == places(found)
        assert {"a.log", "b.log"} == {gap.path for gap in found.gaps}

    def test_a_copy_of_what_was_interrupted_is_scanned(self) -> None:
        """What a stopped process had found until then is nobody else's outcome."""

        def terminate() -> None:
            if not os.environ.get("LEAKGATE_TEST_STOPPED"):
                os.environ["LEAKGATE_TEST_STOPPED"] = "once in this process"
                os.kill(os.getpid(), signal.SIGTERM)

        stopped = b"bad" + LEAK + PADDING
        items = [unit(self.ENOUGH, "z.log"), unit(stopped, "a.log"), unit(stopped, "b.log")]

        found = harvest(*items, by=scanner(Doing(this=terminate)), jobs=2)

        assert {"a.log", "b.log"} <= {gap.path for gap in found.gaps} | set(places(found))
        assert GapReason.INTERRUPTED in {gap.reason for gap in found.gaps}


def test_what_an_earlier_run_found_out_is_reported() -> None:
    """With the paths of this run; nothing is scanned, and the count says so."""
    memory, word = Memory(), Counting()
    first = harvest(unit(LEAK + PADDING, "old/a.log"), memory=memory)
    assert 0 == first.coverage.from_cache

    found = harvest(unit(LEAK + PADDING, "new/b.log"), by=scanner(word), memory=memory)

    assert [] == word.asked
    assert ["new/b.log"] == places(found)
    assert (1, 1) == (found.coverage.artifacts, found.coverage.from_cache)


def test_what_changed_while_it_was_scanned_is_not_remembered() -> None:
    """Its outcome may be that of other bytes."""

    class Changing(Prints):
        def digest(self, unit: Unit, stamp: Stamp) -> bytes | None:
            return super().digest(unit, stamp) if not self.asked else None

    memory = Memory()

    harvest(unit(LEAK + PADDING), prints=Changing(), memory=memory)

    assert {} == memory.known


def test_what_another_scan_may_see_in_another_way_is_not_remembered() -> None:
    """A failure may pass."""
    memory = Memory()

    harvest(unit(LEAK + PADDING), by=scanner(Words(error=ValueError("no"))), memory=memory)

    assert {} == memory.known


def test_an_outcome_that_tells_of_another_place_is_not_reused() -> None:
    """A gap of the run as a whole, such as names that could not be redacted, belongs to no file."""
    gap = Gap("(a name)", (), Stage.UNPACK, GapReason.MALFORMED, "is damaged")
    reuse = Reuse(Prints(), kin_of, str)
    first, second = unit(PADDING, "a.log"), unit(PADDING, "b.log")
    reuse.begin(0, first)
    reuse.done(0, UnitOutcome((), (gap,), harvest().coverage))

    assert reuse.begin(1, second) is None
