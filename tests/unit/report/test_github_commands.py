"""What a workflow reads: commands that cannot be broken out of, within GitHub's limits."""

from __future__ import annotations

import re

from hypothesis import given

from leakgate.model.finding import Sighting
from leakgate.model.segment import Emitter, TestRef
from leakgate.model.verdict import Action, Decision, GapAction
from leakgate.report.github_commands import (
    GithubAnnotationsReporter,
    GithubOutputsReporter,
    GithubSummaryReporter,
)
from tests.kit import results as kit
from tests.unit.report.hostile import HOSTILE, everywhere, rendered

_COMMAND = re.compile(r"::(?:error|warning|notice|debug)(?: (?:[a-z]+=[^,:]*)(?:,[a-z]+=[^,:]*)*)?::[^\r\n]*")


def lines_of(*decided):
    return rendered(GithubAnnotationsReporter(), kit.verdict(*decided)).splitlines()


@given(HOSTILE)
def test_hostile_text_makes_no_command_of_its_own(text):
    """Each line is one of our commands, whatever paths, tests and details hold."""
    lines = rendered(GithubAnnotationsReporter(), everywhere(text)).split("\n")

    assert "" == lines.pop()
    assert [] == [line for line in lines if not _COMMAND.fullmatch(line)]


@given(HOSTILE)
def test_outputs_hold_words_and_numbers_only(text):
    outputs = rendered(GithubOutputsReporter(), everywhere(text))

    assert re.fullmatch(r"verdict=[a-z]+\nfindings=\d+\nnew-findings=\d+\ngaps=\d+\n", outputs)


def test_ten_errors_and_ten_warnings_at_most():
    """The last of each says how many more there are."""
    decisions = [kit.decision(action) for action in [Action.BLOCK] * 30 + [Action.WARN] * 12]

    lines = lines_of(*decisions)

    assert (10, 10) == tuple(
        sum(line.startswith(f"::{level} ") for line in lines) for level in ("error", "warning")
    )
    assert any(line.startswith("::error") and "21 more" in line for line in lines)
    assert any(line.startswith("::warning") and "3 more" in line for line in lines)


def test_the_gravest_comes_first():
    low = kit.decision(Action.BLOCK, kit.finding(rule=kit.EMAIL_RULE))
    high = kit.decision(Action.BLOCK, kit.finding())

    assert "critical" in lines_of(low, high)[0]


def test_what_is_new_comes_before_what_is_known():
    known = Decision(kit.finding(because="old"), Action.BLOCK, "c", known=True)
    new = Decision(kit.finding(because="fresh"), Action.BLOCK, "c")

    assert "fresh" in lines_of(known, new)[0]


def test_a_note_stands_at_the_line_that_wrote_the_value():
    at = Sighting(kit.location(), TestRef("t::x", "tests/t.py", 7), Emitter("src/pay.py", 41))

    assert lines_of(kit.decision(Action.BLOCK, kit.finding(at)))[0].startswith(
        "::error file=src/pay.py,line=41,"
    )


def test_a_member_of_an_archive_has_no_line_of_the_archive():
    at = Sighting(kit.location("out/x.zip", "a.log", line=99))

    assert "file=out/x.zip,line=1," in lines_of(kit.decision(Action.BLOCK, kit.finding(at)))[0]


def test_a_gap_that_does_not_pass_is_an_error():
    assert lines_of(kit.gap_decision(GapAction.INCOMPLETE))[0].startswith(
        "::error title=leakgate%3A not fully"
    )


def test_what_is_let_through_is_not_told():
    assert ["::debug"] == [line.split("::leakgate")[0] for line in lines_of(kit.decision(Action.ALLOWED))]


def test_new_findings_are_counted_apart():
    known = Decision(kit.finding(), Action.WARN, "c", known=True)

    outputs = rendered(GithubOutputsReporter(), kit.verdict(known, kit.decision(Action.BLOCK)))

    assert "verdict=block\nfindings=2\nnew-findings=1\ngaps=0\n" == outputs


def test_a_summary_has_room_for_many():
    """Under one mebibyte, and more than a comment holds."""
    decisions = [kit.decision(Action.BLOCK) for _ in range(2000)]

    text = rendered(GithubSummaryReporter(), kit.verdict(*decisions))

    assert 65_536 < len(text.encode()) < 1 << 20
