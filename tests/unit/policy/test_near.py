"""Why a finding was decided as it was."""

from __future__ import annotations

from leakgate.model.detection import Confidence
from leakgate.model.verdict import Action
from leakgate.policy.near import Failed, explained
from tests.unit.policy.cases import finding, policy, seen

_POLICY = policy(
    "{id: sure, when: {category: secret, confidence: high}, then: block}",
    "{id: far, when: {category: pii, confidence: high}, then: block}",
    "{id: login, when: {test: 'login::*', category: secret}, then: allow}",
    "{id: rest, when: {category: secret}, then: warn}",
    "{id: all, when: {}, then: block}",
)


def test_the_clause_that_decided():
    """It is named with what it does."""
    [one] = explained(_POLICY, finding(confidence=Confidence.LOW), known=False)

    assert (Action.WARN, "rest") == (one.action, one.decided)


def test_clauses_that_came_close():
    """One condition failed: which, what was wanted and what there is."""
    [one] = explained(_POLICY, finding(confidence=Confidence.LOW), known=False)
    near = {near.clause.id: near.failed for near in one.near}

    assert Failed("confidence", ["high"], "low") == near["sure"]
    assert Failed("test", ["login::*"], "none known") == near["login"]
    assert "far" not in near


def test_clauses_behind():
    """What holds too, but comes later, is told."""
    [one] = explained(_POLICY, finding(), known=False)

    assert {"rest", "all"} == {near.clause.id for near in one.near if near.failed is None}


def test_every_place():
    """Each place has its own answer, also those of which only the number is known."""
    found = finding(seen(test="login::a"), seen(test="b"), confidence=Confidence.LOW, occurrences=3)

    assert ["login", "rest", "rest"] == [one.decided for one in explained(_POLICY, found, known=False)]


def test_no_clause():
    """Where no clause holds, that is said."""
    [one] = explained(policy("{id: a, when: {category: pii}, then: allow}"), finding(), known=False)

    assert (None, "implicit/block") == (one.clause, one.decided)
