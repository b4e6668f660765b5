"""One policy for the stages of a pipeline."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leakgate.model.errors import PolicyError
from leakgate.model.gap import GapReason
from leakgate.model.verdict import GapAction
from leakgate.policy.evaluate import evaluate
from leakgate.policy.load import load_policy
from leakgate.policy.policy import Policy
from leakgate.policy.show import describe
from leakgate.policy.stages import at_stage
from tests.unit.policy.cases import SOMETHING, finding

_STAGED = """
version: 1
name: shop
stages:
  pull_request:
    clauses: [{id: draft, when: {category: secret}, then: warn}]
  promotion:
    coverage: {encrypted: block}
    budgets: [{id: few, when: {}, at_most: 1, then: block}]
clauses: [{id: rest, when: {}, then: block}]
budgets: [{id: few, when: {}, at_most: 9, then: block}]
"""


def _policy(more: str = "") -> Policy:
    return load_policy("p.yaml", text=_STAGED + more)


@pytest.mark.parametrize(("stage", "clause"), [("pull_request", "draft"), ("promotion", "rest")])
def test_clauses_of_the_stage_come_first(stage: str, clause: str):
    """They decide before those that are common."""
    [decision] = evaluate(at_stage(_policy(), stage), [finding()], [], SOMETHING).decisions

    assert clause == decision.clause


def test_coverage_of_the_stage():
    """It overrides reason by reason."""
    staged = at_stage(_policy(), "promotion")

    assert (GapAction.BLOCK, GapAction.INCOMPLETE) == tuple(
        staged.on(reason).action for reason in (GapReason.ENCRYPTED, GapReason.MALFORMED)
    )


def test_budgets_of_the_stage():
    """One of the same id replaces the common one."""
    assert [1] == [budget.at_most for budget in at_stage(_policy(), "promotion").budgets]


def test_no_stage_was_named():
    """A policy with stages judges nothing until somebody says at which."""
    with pytest.raises(PolicyError) as caught:
        at_stage(_policy(), None)

    assert "`leakgate policy show` has the names" in caught.value.hint


def test_unstaged_policy_does_not_judge():
    """Whoever forgets to choose a stage gets no verdict, not a lenient one."""
    with pytest.raises(PolicyError):
        evaluate(_policy(), [], [], SOMETHING)


def test_default_stage():
    """The policy may say which stage judges where none is named."""
    assert "shop@pull_request" == at_stage(_policy("default_stage: pull_request\n"), None).identity.name


def test_common_clauses_alone():
    """`none` is no stage."""
    staged = at_stage(_policy(), "none")

    assert (["rest"], "shop") == ([clause.id for clause in staged.clauses], staged.identity.name)


def test_unknown_stage():
    """A misspelt stage is an error that names the right one."""
    with pytest.raises(PolicyError) as caught:
        at_stage(_policy(), "promotoin")

    assert "promotion" in caught.value.hint


def test_stage_of_a_policy_without_stages():
    """Nobody is judged by common clauses who asked for a stage."""
    with pytest.raises(PolicyError):
        at_stage(load_policy("default"), "promotion")


def test_unknown_default_stage():
    """It is an error when the policy is loaded."""
    with pytest.raises(PolicyError):
        _policy("default_stage: nightly\n")


def test_stages_of_a_parent():
    """Stages of the same name are joined, the child's clauses first; all stand before what is common."""
    child = (
        "version: 1\nextends: ./p.yaml\nstages:\n  pull_request:\n"
        "    clauses: [{id: mine, when: {category: pii}, then: block}]\n"
        "clauses: [{id: common, when: {category: hygiene}, then: allow}]"
    )
    both = load_policy("c.yaml", text=child, read=lambda _: _STAGED.encode())

    assert ["mine", "draft", "common", "rest"] == [
        clause.id for clause in at_stage(both, "pull_request").clauses
    ]


@pytest.mark.parametrize("stage", [None, "pull_request", "promotion", "none"])
def test_shown_policies_load_again(stage: str | None):
    """What is shown, with or without its stages, is a policy of the same digest."""
    shown = _policy() if stage is None else at_stage(_policy(), stage)

    assert shown.identity.digest == load_policy("again.yaml", text=describe(shown)).identity.digest


def test_a_stage_without_anything_of_its_own():
    """It is judged by what is common, and may be named."""
    judged = load_policy("p.yaml", text="version: 1\nextends: default\nstages: {main: {}, other: {}}")

    assert (
        "default@main"
        == at_stage(replace(judged, identity=load_policy("default").identity), "main").identity.name
    )
    assert judged.identity.digest == load_policy("again.yaml", text=describe(judged)).identity.digest


def test_digests_differ():
    """Two stages that judge differently have different digests."""
    digests = {at_stage(_policy(), name).identity.digest for name in ("pull_request", "promotion", "none")}

    assert 3 == len(digests)
