"""The baseline: what is read and written, and what it lets through."""

from __future__ import annotations

import pytest

from leakgate.model.errors import PolicyError
from leakgate.model.verdict import Action, Outcome
from leakgate.policy.baseline import read_baseline, written
from tests.unit.policy.accepting_cases import BLOCK_ALL, baseline, fingerprint, judge, waiver
from tests.unit.policy.cases import finding, policy

FOUND = finding(fingerprint=fingerprint(1))
KNOWN = baseline(fingerprint(1), fingerprint(2))


def test_what_is_known_is_let_through():
    """The decision says so, and that the baseline holds it."""
    judged = judge(FOUND, known=KNOWN)

    assert (Action.BASELINED, True) == (judged.decisions[0].action, judged.decisions[0].known)
    assert Outcome.PASS == judged.outcome


def test_what_is_new_blocks():
    """A value that the baseline does not hold, whatever its line and file."""
    judged = judge(finding(fingerprint=fingerprint(3)), known=KNOWN)

    assert (Action.BLOCK, False) == (judged.decisions[0].action, judged.decisions[0].known)


def test_the_verdict_tells_how_much_of_the_baseline_was_seen():
    """What is no longer seen can be pruned."""
    use = judge(FOUND, known=KNOWN).baseline

    assert use is not None
    assert (".leakgate/baseline", 2, 1) == (use.source, use.entries, use.seen)


def test_never_baselined():
    """What the policy excludes blocks, and is still told to be known."""
    never = "acceptance: {never_baselined: {category: secret}}"
    judged = judge(FOUND, known=KNOWN, by=policy(BLOCK_ALL, rest=never))

    assert (Action.BLOCK, True) == (judged.decisions[0].action, judged.decisions[0].known)


def test_a_waiver_comes_before_the_baseline():
    """It is the more exact and the shorter-lived of the two."""
    judged = judge(FOUND, known=KNOWN, waivers=(waiver(fingerprint=fingerprint(1)),))

    assert Action.WAIVED == judged.decisions[0].action


def test_written_and_read():
    """What was written comes back."""
    again = read_baseline(written(KNOWN).encode(), KNOWN.source)

    assert KNOWN == again


def test_the_file_is_sorted():
    """The same entries are the same bytes, in whatever order they came."""
    other = baseline(fingerprint(2), fingerprint(1))

    assert written(KNOWN) == written(other)


def test_order_and_repetition_do_not_matter():
    """A merge may leave both."""
    *head, first, second = written(KNOWN).splitlines()
    merged = "\n".join([*head, second, first, second, ""])

    assert KNOWN == read_baseline(merged.encode(), KNOWN.source)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "not a baseline"),
        ("{}\n", "not a baseline"),
        (written(KNOWN).replace("baseline 1", "baseline 2"), "another version"),
        (written(KNOWN)[:-1], "cut"),
        (written(KNOWN)[:-20], "cut"),
        (written(KNOWN)[:-20] + "\n", "cut or damaged"),
        (written(KNOWN).replace("lg1:0", "lg1:", 1), "cut or damaged"),
        (written(KNOWN).replace("key-check ab", "key-check "), "cut or damaged"),
        (written(KNOWN) + "key-check " + "cd" * 16 + "\n", "no single key check"),
        ("leakgate-baseline 1\n", "no single key check"),
        (written(KNOWN) + "<<<<<<< HEAD\n", "unresolved merge conflict"),
        (written(KNOWN) + "lg1:" + "0" * 32 + " a b\n", "cut or damaged"),
        ("\xff\xfe", "not a baseline"),
    ],
)
def test_a_damaged_file_is_an_error(text: str, message: str):
    """With the next step; it is never read as fewer entries."""
    with pytest.raises(PolicyError) as caught:
        read_baseline(text.encode("latin-1"), "baseline")

    assert message in caught.value.message
    assert caught.value.hint


def test_another_key_is_an_error():
    """Not a run in which everything is new."""
    KNOWN.check_key("ab" * 16)
    with pytest.raises(PolicyError, match="another key"):
        KNOWN.check_key("cd" * 16)
