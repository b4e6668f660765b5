"""Scanning one unit: the recursion, its bounds, and that trouble with one part spares the others."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from leakgate.model.artifact import Artifact, Unit
from leakgate.model.errors import ModelMissing
from leakgate.model.gap import Gap, GapReason, Stage
from leakgate.model.limits import Limits
from leakgate.model.segment import Segment
from leakgate.pipeline.outcome import Interrupted, UnitOutcome
from tests.unit.pipeline.fakes import (
    LEAK,
    Boxes,
    Brackets,
    Held,
    Leaves,
    Unopenable,
    Words,
    never,
    scanner,
    text,
    unit,
)

ROOT = Artifact("all.zip")


def member(name: str, data: bytes = LEAK, of: Artifact = ROOT) -> Held:
    return Held(of.member(name), data)


def reasons(outcome: UnitOutcome) -> list[GapReason]:
    return [gap.reason for gap in outcome.gaps]


def places(outcome: UnitOutcome) -> list[str]:
    """Innermost names of where something was found."""
    return [Artifact(f.location.path, f.location.members).name for f in outcome.findings]


def test_a_text_is_scanned_where_it_stands() -> None:
    """One finding at its bytes, and the bytes are counted."""
    [finding] = (outcome := scanner().scan(unit(b"x\nleak!"), never)).findings

    assert (2, 7, 2) == (finding.location.byte_start, finding.location.byte_end, finding.location.line)
    assert (1, 0, 7, 0) == (
        outcome.coverage.artifacts,
        outcome.coverage.members,
        outcome.coverage.bytes_scanned,
        outcome.coverage.bytes_decoded,
    )


def test_members_of_members_are_scanned() -> None:
    """Depth first, in stored order, each under its own name."""
    inner = member("in.zip")
    boxes = Boxes(
        {"all.zip": [inner, member("z.log")], "in.zip": [member("a.log", of=inner.artifact), member("b.log")]}
    )

    outcome = scanner(unpacker=boxes).scan(unit(path="all.zip"), never)

    assert ["a.log", "b.log", "z.log"] == places(outcome)
    assert 4 == outcome.coverage.members


def test_decoded_text_is_scanned_and_placed_in_its_carrier() -> None:
    """A value that shows only after decoding has the steps that led to it."""
    decoded = scanner(Words(b"ab"), decoders=[Brackets()]).scan(unit(b"..<AB>"), never)

    [finding] = decoded.findings
    assert (("brackets",), 3) == (finding.location.decoded, finding.location.byte_start)
    assert 2 == decoded.coverage.bytes_decoded


def test_a_container_inside_decoded_text_is_opened() -> None:
    """Its members belong to the text."""
    boxes = Boxes(inside={b"pk": [Held(Artifact("a.log", ("in.txt",)), LEAK)]})

    outcome = scanner(unpacker=boxes, decoders=[Brackets()]).scan(unit(b"<PK>"), never)

    assert ["in.txt"] == places(outcome)


def test_containers_nest_up_to_the_limit() -> None:
    """What lies deeper is a gap that names it."""
    boxes = Boxes({"all.zip": [member("1.zip"), member("a.log")], "1.zip": [member("2.zip")], "2.zip": []})

    outcome = scanner(unpacker=boxes, limits=Limits(max_depth=1)).scan(unit(path="all.zip"), never)

    assert [("2.zip", GapReason.TOO_DEEP)] == [(g.members[-1], g.reason) for g in outcome.gaps]
    assert ["a.log"] == places(outcome)


def test_a_text_that_decodes_to_its_own_container_ends() -> None:
    """Containers behind decoders count as levels too."""
    loop = Held(Artifact("a.log", ("again",)), b"<PK>")
    boxes = Boxes(inside={b"pk": [loop, Held(Artifact("a.log", ("b",)), LEAK)]})

    outcome = scanner(unpacker=boxes, decoders=[Brackets()]).scan(unit(b"<PK>"), never)

    assert [GapReason.TOO_DEEP] == reasons(outcome)
    assert 1 == len(outcome.findings)


def test_decoding_ends_at_the_depth_limit() -> None:
    """One gap says that there was more."""
    limits = Limits(max_depth=3)

    outcome = scanner(decoders=[Brackets()], limits=limits).scan(unit(b"<" * 9 + b">" * 9), never)

    assert [GapReason.TOO_DEEP] == reasons(outcome)


def test_decoding_ends_when_its_budget_is_spent() -> None:
    """What came before is scanned."""
    outcome = scanner(decoders=[Brackets()], limits=Limits(max_decoded_bytes=10)).scan(
        unit(b"leak!<<12345678>>"), never
    )

    assert [GapReason.TOO_LARGE] == reasons(outcome)
    assert 1 == len(outcome.findings)


def test_a_rule_lists_so_many_matches_of_an_artifact() -> None:
    """The gap names the rule and the limit."""
    outcome = scanner(limits=Limits(max_matches=2)).scan(unit(LEAK * 5), never)

    [gap] = outcome.gaps
    assert (GapReason.TOO_MANY, 2) == (gap.reason, outcome.findings[0].occurrences)
    assert "some-rule" in gap.detail
    assert "limits.max_matches" in gap.detail


def test_a_failing_recognizer_keeps_what_it_and_others_found() -> None:
    """The gap names the recognizer and no scanned text."""
    broken = Words(b"boom", error=ValueError("leak! boom"))

    outcome = scanner(broken, Words()).scan(unit(b"boom leak!"), never)

    [gap] = outcome.gaps
    assert (GapReason.RECOGNIZER_FAILED, Stage.DETECT) == (gap.reason, gap.stage)
    assert "Words failed here (ValueError)" in gap.detail
    assert "leak!" not in gap.detail
    assert 1 <= len(outcome.findings)


def test_a_system_error_of_a_recognizer_is_not_blamed_on_the_file() -> None:
    """It blocks like any failure of ours; an unreadable file may only warn."""
    outcome = scanner(Words(error=FileNotFoundError(2, "gone"))).scan(unit(), never)

    assert [GapReason.RECOGNIZER_FAILED] == reasons(outcome)


def test_a_failing_decoder_spares_the_text() -> None:
    """The carrier is scanned, the gap names the decoder."""
    outcome = scanner(decoders=[Brackets(error=ValueError("<leak!>"))]).scan(unit(b"<leak!>"), never)

    [gap] = outcome.gaps
    assert "decoder brackets failed here (ValueError)" in gap.detail
    assert 1 == len(outcome.findings)


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (ValueError("leak!"), GapReason.RECOGNIZER_FAILED),
        (RecursionError(), GapReason.RECOGNIZER_FAILED),
        (MemoryError(), GapReason.MEMORY_LIMIT),
    ],
)
def test_a_failing_container_spares_what_surrounds_it(error: Exception, reason: GapReason) -> None:
    """Members before and behind it are scanned, and so are the members it gave before."""
    boxes = Boxes(
        {
            "all.zip": [member("a.log"), member("bad.zip"), member("z.log")],
            "bad.zip": [member("b.log"), error, member("never.log")],
        }
    )

    outcome = scanner(unpacker=boxes).scan(unit(path="all.zip"), never)

    assert ["a.log", "b.log", "z.log"] == places(outcome)
    assert [("bad.zip", reason)] == [(g.members[-1], g.reason) for g in outcome.gaps]
    assert "leak!" not in outcome.gaps[0].detail


def test_a_member_that_cannot_be_opened_spares_the_others() -> None:
    """A gap of its own."""
    boxes = Boxes({"all.zip": [member("bad"), member("z.log")]}, unopenable={"bad": ValueError("leak!")})

    outcome = scanner(unpacker=boxes).scan(unit(path="all.zip"), never)

    assert ["z.log"] == places(outcome)
    assert [("bad", GapReason.RECOGNIZER_FAILED)] == [(g.members[-1], g.reason) for g in outcome.gaps]


def test_a_read_error_keeps_what_was_read_before() -> None:
    """Findings of the first part stand beside the gap."""
    leaves = Leaves([text(Artifact("a.log"), LEAK), OSError(5, "Input/output error")])

    outcome = scanner(unpacker=leaves).scan(unit(), never)

    assert [GapReason.UNREADABLE] == reasons(outcome)
    assert "Input/output error" in outcome.gaps[0].detail
    assert 1 == len(outcome.findings)


def test_what_cannot_be_opened_is_a_gap() -> None:
    """With the system's word."""
    outcome = scanner().scan(
        Unit(Artifact("a.log"), Unopenable(PermissionError(13, "Permission denied"))), never
    )

    [gap] = outcome.gaps
    assert ("a.log", Stage.SOURCE, GapReason.DENIED) == (gap.path, gap.stage, gap.reason)
    assert "Permission denied" in gap.detail


def test_a_missing_model_is_one_gap() -> None:
    """However many texts needed it, with what to do."""
    missing = Words(error=ModelMissing("the model is not installed", hint="install it"))
    boxes = Boxes({"all.zip": [member("a.log"), member("b.log")]})

    outcome = scanner(missing, unpacker=boxes).scan(unit(path="all.zip"), never)

    assert [("all.zip", GapReason.MODEL_MISSING)] == [(g.path, g.reason) for g in outcome.gaps]
    assert "install it" in outcome.gaps[0].detail


def test_a_value_in_several_slices_of_a_member_is_one_finding() -> None:
    """Matches are sealed when their member ends, not slice by slice."""
    log = Artifact("a.log")

    outcome = scanner(unpacker=Leaves([text(log, LEAK), text(log, LEAK, offset=5)])).scan(unit(), never)

    assert [2] == [finding.occurrences for finding in outcome.findings]
    assert 10 == outcome.coverage.bytes_scanned


def test_a_noisy_member_does_not_keep_all_its_slices_in_memory() -> None:
    """However many matches a slice has, what is held beyond the limit is sealed before the next ones."""
    log = Artifact("a.log")
    produced: list[int] = []
    sealed_at: list[int] = []

    def slices() -> Iterator[Segment]:
        for number in range(10):
            produced.append(number)
            yield text(log, LEAK * 100, offset=500 * number)

    def redact(name: str) -> str:
        sealed_at.append(len(produced))
        return name

    parts = scanner(unpacker=Leaves(slices()), limits=Limits(max_document_bytes=1000), redact=redact)
    outcome = parts.scan(unit(), never)

    assert 3 == min(sealed_at)
    assert [1000] == [finding.occurrences for finding in outcome.findings]


def test_bytes_that_slices_share_are_counted_once() -> None:
    """Overlaps are no coverage."""
    log = Artifact("a.log")

    outcome = scanner(unpacker=Leaves([text(log, b"12345"), text(log, b"345678", offset=2)])).scan(
        unit(), never
    )

    assert 8 == outcome.coverage.bytes_scanned


def test_time_that_is_over_ends_the_unit_with_what_was_found() -> None:
    """One gap, and the findings until then."""
    left = iter([False] * 5)
    boxes = Boxes({"all.zip": [member("a.log"), member("b.log"), member("c.log")]})

    outcome = scanner(unpacker=boxes).scan(unit(path="all.zip"), lambda: next(left, True))

    assert [GapReason.TIME_LIMIT] == reasons(outcome)
    assert ["a.log"] == places(outcome)


def test_time_that_is_over_ends_a_text_full_of_matches() -> None:
    """A noisy text does not outlast the limit by its thousands of matches."""
    asked = []

    def expired() -> bool:
        asked.append(True)
        return len(asked) > 5

    outcome = scanner().scan(unit(LEAK * 1000), expired)

    assert [GapReason.TIME_LIMIT] == reasons(outcome)
    assert outcome.findings[0].occurrences < 10


def test_an_interrupt_carries_what_was_found() -> None:
    """The members before it are not lost."""
    boxes = Boxes({"all.zip": [member("a.log"), KeyboardInterrupt(), member("b.log")]})

    with pytest.raises(Interrupted) as caught:
        scanner(unpacker=boxes).scan(unit(path="all.zip"), never)

    assert ["a.log"] == places(caught.value.outcome)


def test_a_name_that_cannot_be_redacted_is_not_shown() -> None:
    """Failing closed: neither the name nor a crash, and the gap stays."""

    def redact(name: str) -> str:
        raise ValueError(name)

    gap = Gap("all.zip", ("leak!",), Stage.UNPACK, GapReason.MALFORMED, "is damaged")

    outcome = scanner(unpacker=Boxes({"all.zip": [gap, member("a")]}), redact=redact).scan(
        unit(path="all.zip"), never
    )

    assert [GapReason.MALFORMED, GapReason.RECOGNIZER_FAILED] == reasons(outcome)
    assert "leak!" not in repr(outcome)


def test_the_same_gap_is_told_once() -> None:
    """Gaps are a set in the order of their coming."""
    gap = Gap("all.zip", (), Stage.UNPACK, GapReason.MALFORMED, "is damaged")

    outcome = scanner(unpacker=Boxes({"all.zip": [gap, gap]})).scan(unit(path="all.zip"), never)

    assert (gap,) == outcome.gaps
