"""How much of a kind may pass in one run."""

from __future__ import annotations

from types import MappingProxyType

import pytest

from leakgate.model.finding import Finding
from leakgate.model.verdict import Action, Outcome, Verdict
from leakgate.policy.accepting import Accepted
from leakgate.policy.baseline import Baseline
from leakgate.policy.evaluate import evaluate
from tests.unit.policy.cases import SOMETHING, finding, policy, seen

_WARN, _ALLOW = "{id: rest, when: {}, then: warn}", "{id: rest, when: {}, then: allow}"


def _values(number: int, *, path: str = "out/ci.log", times: int = 1) -> list[Finding]:
    return [finding(seen(path), fingerprint=f"lg1:{n}", occurrences=times) for n in range(number)]


def _judged(budget: str, found: list[Finding], clause: str = _WARN, **more: Accepted) -> Verdict:
    judged = policy(clause, rest=f"budgets:\n  - {{id: few, when: {{}}, {budget}}}")
    return evaluate(judged, found, [], SOMETHING, **more)


def test_within():
    """As many as the budget says may pass."""
    assert Outcome.PASS is _judged("at_most: 3, then: block", _values(3)).outcome


def test_exceeded():
    """One more, and all that was counted blocks, by the budget's name."""
    verdict = _judged("at_most: 3, then: block", _values(4))

    assert Outcome.BLOCK is verdict.outcome
    assert {(Action.BLOCK, "budget/few")} == {(one.action, one.clause) for one in verdict.decisions}


def test_reason():
    """The verdict says by how much."""
    wanted = "Over budget few: 4 different values, and at most 3 may pass; 4 findings are blocked by it."

    assert wanted in _judged("at_most: 3, then: block", _values(4)).reasons


def test_same_value_counts_once():
    """A value in two artifacts is one value."""
    twice = [*_values(2), *_values(2, path="b.log")]

    assert Outcome.PASS is _judged("at_most: 2, then: block", twice).outcome


def test_occurrences():
    """Without `distinct`, every occurrence counts."""
    assert Outcome.BLOCK is _judged("at_most: 5, distinct: false, then: block", _values(2, times=3)).outcome


@pytest.mark.parametrize(
    ("budget", "outcome"),
    [("then: block", Outcome.PASS), ("allowed: true, then: block", Outcome.BLOCK)],
)
def test_what_clauses_allow(budget: str, outcome: Outcome):
    """It counts where the budget says so."""
    assert outcome is _judged(f"at_most: 0, {budget}", _values(1), _ALLOW).outcome


def test_warning():
    """A budget that warns raises what was allowed."""
    [decision] = _judged("at_most: 0, then: warn", _values(1), _ALLOW).decisions

    assert (Action.WARN, "budget/few") == (decision.action, decision.clause)


def test_never_more_lenient():
    """What blocks anyway keeps its clause."""
    [decision] = _judged("at_most: 0, then: warn", _values(1), "{id: b, when: {}, then: block}").decisions

    assert (Action.BLOCK, "b") == (decision.action, decision.clause)


def test_accepted_values_do_not_count():
    """What the baseline knows was accepted."""
    known = Accepted(baseline=Baseline("k", MappingProxyType({"lg1:0": "forge-token"})))

    verdict = _judged("at_most: 1, then: block", _values(2), accepted=known)

    assert [Action.BASELINED, Action.WARN] == [one.action for one in verdict.decisions]


def test_new_values_only():
    """With `new_only`, what the baseline knows is not counted even where nothing baselines it."""
    known = Accepted(baseline=Baseline("k", MappingProxyType({"lg1:0": "forge-token"})))
    judged = policy(
        _WARN,
        rest="budgets: [{id: new, when: {new_only: true}, at_most: 0, then: block}]\n"
        "acceptance: {never_baselined: {category: secret}}",
    )

    verdict = evaluate(judged, _values(2), [], SOMETHING, accepted=known)

    assert [Action.WARN, Action.BLOCK] == [one.action for one in verdict.decisions]


def test_failing_expression_counts():
    """What cannot be evaluated is counted."""
    judged = policy(
        _WARN,
        rest="budgets:\n  - {id: x, when: {expr: \"finding.members[9] == 'a'\"}, at_most: 0, then: block}",
    )

    assert Outcome.BLOCK is evaluate(judged, _values(1), [], SOMETHING).outcome
