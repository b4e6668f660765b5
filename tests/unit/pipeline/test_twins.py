"""Texts with the same bytes in archives and beside them are scanned once, and only where nothing is lost."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from leakgate.findings.attachments import Claim
from leakgate.model.artifact import Artifact, Unit
from leakgate.model.gap import GapReason
from leakgate.model.limits import Limits
from leakgate.model.segment import Segment, TestRef
from leakgate.pipeline import twins as module
from leakgate.pipeline.outcome import UnitOutcome
from leakgate.pipeline.twins import Key, Told, Twins
from leakgate.pipeline.unit import UnitScanner
from tests.unit.pipeline.fakes import LEAK, Boxes, Brackets, Held, Words, never, scanner, unit
from tests.unit.pipeline.test_reuse import Counting, Prints, kin_of

TEXT = LEAK + b"." * 2000


def member(path: str, *names: str, data: bytes = TEXT) -> Held:
    return Held(Artifact(path, names), data)


@dataclass
class Bench:
    """Scans archives, by name, with one memory of twins; `asked` are the artifacts that were scanned."""

    boxes: dict[str, list[Held]] = field(default_factory=dict)
    word: Counting = field(default_factory=Counting)
    limits: Limits = field(default_factory=Limits)
    prints: Prints = field(default_factory=Prints)

    def __post_init__(self) -> None:
        unpacker = Boxes({name: list(held) for name, held in self.boxes.items()})
        plain = scanner(self.word, unpacker=unpacker, limits=self.limits)
        self.scanner: UnitScanner = replace(plain, twins=Twins(self.prints, kin_of))

    def scan(self, *units: Unit) -> list[UnitOutcome]:
        return [self.scanner.scan(one, never) for one in units]


def places(outcome: UnitOutcome) -> list[tuple[str, tuple[str, ...]]]:
    return [(found.location.path, found.location.members) for found in outcome.findings]


def test_a_member_is_scanned_once() -> None:
    """In one archive and in the next; each place has its finding, and all bytes count."""
    bench = Bench(
        {"a.zip": [member("a.zip", "1.log"), member("a.zip", "2.log")], "b.zip": [member("b.zip", "3.log")]}
    )

    one, two = bench.scan(unit(b"", "a.zip"), unit(b"", "b.zip"))

    assert ["a.zip"] == bench.word.asked
    assert [("a.zip", ("1.log",)), ("a.zip", ("2.log",))] == places(one)
    assert [("b.zip", ("3.log",))] == places(two)
    assert (2, 2 * len(TEXT)) == (one.coverage.members, one.coverage.bytes_scanned)


@pytest.mark.parametrize("first", ["file", "archive"])
def test_a_file_beside_an_archive_of_it_is_scanned_once(first: str) -> None:
    """Whichever comes first; only then is the file read for its digest."""
    bench = Bench({"a.zip": [member("a.zip", "1.log")]})
    units = [unit(TEXT, "1.log"), unit(b"", "a.zip")]

    outcomes = bench.scan(*(units if first == "file" else reversed(units)))

    assert 1 == len(bench.word.asked)
    assert {("1.log", ()), ("a.zip", ("1.log",))} == {
        place for outcome in outcomes for place in places(outcome)
    }
    assert ["1.log"] == bench.prints.asked


def test_a_file_that_changed_is_no_twin() -> None:
    """What it was scanned as is not what it is."""
    bench = Bench({"a.zip": [member("a.zip", "1.log")]}, prints=Prints(changed={"1.log"}))

    bench.scan(unit(TEXT, "1.log"), unit(b"", "a.zip"))

    assert ["1.log", "a.zip"] == bench.word.asked


def test_a_name_that_may_be_read_in_another_way_is_scanned() -> None:
    """The same bytes are not the same document under it."""
    bench = Bench({"a.zip": [member("a.zip", "1.log"), member("a.zip", "2.xml")]})

    bench.scan(unit(b"", "a.zip"))

    assert 2 == len(bench.word.asked)


def test_members_of_one_name_are_scanned() -> None:
    """They add to each other's counts."""
    bench = Bench({"a.zip": [member("a.zip", "1.log"), member("a.zip", "1.log")]})

    bench.scan(unit(b"", "a.zip"))

    assert 2 == len(bench.word.asked)


def test_a_trace_is_scanned() -> None:
    """What it says of its archive is said of nothing else."""
    trace = TEXT + b'{"type":"context-options"}'
    bench = Bench({"a.zip": [member("a.zip", "1.log", data=trace), member("a.zip", "2.log", data=trace)]})

    bench.scan(unit(b"", "a.zip"))

    assert 2 == len(bench.word.asked)


def test_trouble_is_told_of_each() -> None:
    """What left a gap is scanned again, so that the gap names every place."""
    bench = Bench(
        {"a.zip": [member("a.zip", "1.log"), member("a.zip", "2.log")]}, limits=Limits(max_matches=0)
    )

    [outcome] = bench.scan(unit(b"", "a.zip"))

    assert [("1.log",), ("2.log",)] == [gap.members for gap in outcome.gaps]


@pytest.mark.parametrize(
    ("limits", "reason"),
    [(Limits(max_findings=1), GapReason.TOO_MANY), (Limits(max_decoded_bytes=30), GapReason.TOO_LARGE)],
    ids=["findings", "decoded"],
)
def test_limits_of_a_unit_hold_for_copies(limits: Limits, reason: GapReason) -> None:
    """A copy counts as much as what it is a copy of."""
    text = TEXT + b"<" + LEAK.swapcase() + b"." * 15 + b">"
    copies = [member("a.zip", f"{number}.log", data=text) for number in range(3)]
    by = replace(
        scanner(unpacker=Boxes({"a.zip": copies}), decoders=[Brackets()], limits=limits),
        twins=Twins(Prints(), kin_of),
    )

    outcome = by.scan(unit(b"", "a.zip"), never)

    assert replace(by, twins=None).scan(unit(b"", "a.zip"), never).gaps == outcome.gaps
    assert reason in {gap.reason for gap in outcome.gaps}


def test_what_was_told_first_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """By number of texts and by number of findings; sizes are forgotten with them."""
    monkeypatch.setattr(module, "_MOST", 2)
    twins = Twins(Prints(), kin_of)
    told = Told((), (), (), 1, 1, 0, 1)
    keys: list[Key] = [(bytes([number]), (2000 + number, (".log",))) for number in range(3)]
    for key in keys:
        twins.put(key, told)

    assert [None, told, told] == [twins.get(key) for key in keys]
    [finding] = Bench().scan(unit(TEXT))[0].findings
    monkeypatch.setattr(module, "_MOST_PLACES", 100)
    for number in range(90):
        twins.put((bytes([number]), (2000, (".log",))), replace(told, findings=(finding,) * 2))
    twins.put((b"much", (2000, (".log",))), replace(told, findings=(finding,) * 3))

    assert twins.get((b"much", (2000, (".log",)))) is None
    assert 2 >= sum(twins.get((bytes([number]), (2000, (".log",)))) is not None for number in range(90))


def test_claims_are_made_of_each_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """A report in two archives speaks of files in both."""
    bench = Bench({"a.zip": [member("a.zip", "1.log"), member("a.zip", "2.log")]}, word=Counting())

    def claims(self: object, segment: Segment) -> list[Claim]:
        return [Claim(segment.artifact.path, segment.artifact.members, "shot.png", TestRef("t"))]

    monkeypatch.setattr("leakgate.findings.seal.Sealer.claims", claims)
    [outcome] = bench.scan(unit(b"", "a.zip"))

    assert 1 == len(bench.word.asked)
    assert [("1.log",), ("2.log",)] == [claim.members for claim in outcome.claims]


def test_a_failing_recognizer_fails_each_time() -> None:
    """Its gap names every place."""
    copies = [member("a.zip", "1.log"), member("a.zip", "2.log")]
    by = scanner(Words(error=ValueError("no")), unpacker=Boxes({"a.zip": copies}))

    outcome = replace(by, twins=Twins(Prints(), kin_of)).scan(unit(b"", "a.zip"), never)

    assert [("1.log",), ("2.log",)] == [gap.members for gap in outcome.gaps]
