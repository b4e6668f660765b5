"""What holds for every policy, every set of findings and every text."""

from __future__ import annotations

import random
from dataclasses import replace

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from leakgate.model.detection import Category, Confidence, Severity
from leakgate.model.errors import PolicyError
from leakgate.model.gap import Gap, GapReason, Stage
from leakgate.model.result import Coverage
from leakgate.model.verdict import Action, Outcome, Verdict
from leakgate.policy.budgets import Budget
from leakgate.policy.clauses import Clause, Counts, Origin, When
from leakgate.policy.document import ACTIONS, POLICY
from leakgate.policy.evaluate import evaluate
from leakgate.policy.expressions import checked
from leakgate.policy.load import load_policy
from leakgate.policy.places import places
from leakgate.policy.policy import Policy
from leakgate.policy.policy import Stage as PolicyStage
from leakgate.policy.show import describe
from leakgate.policy.stages import at_stage
from tests.unit.policy.cases import finding, rule, seen

bounded = settings(max_examples=60, deadline=None)  # shared runners have slow moments
_RAISING = (Action.BLOCK, Action.WARN)
_RANK = {Outcome.PASS: 0, Outcome.INCOMPLETE: 1, Outcome.BLOCK: 2}
_ENTITIES = ("PERSON", "CREDIT_CARD", "US_SSN")
_TESTS = ("login::a", "orders::b")
# The second fails where there is one member, the third where the test is not known.
_EXPRESSIONS = tuple(
    map(
        checked,
        (
            "size(finding.members) > 0",
            "finding.members[1] == 'b.log'",
            "finding.test == 'login::a'",
        ),
    )
)


def _some(values: object) -> st.SearchStrategy:
    return st.none() | st.frozensets(st.sampled_from(values), min_size=1)


def _globs(*values: str) -> st.SearchStrategy:
    return st.none() | st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True).map(tuple)


whens = st.builds(
    When,
    category=_some(list(Category)),
    entity=_globs("PERSON", "US_*", "*"),
    rule=_globs("a", "b*"),
    family=_globs("forge", "x"),
    severity=_some(list(Severity)),
    confidence=_some(list(Confidence)),
    path=_globs("*.log", "**/a.zip", "out/**"),
    test=_globs("login::*", "*"),
    synthetic=st.none() | st.booleans(),
    decoded=st.none() | st.booleans(),
    count=st.none() | st.builds(Counts, at_least=st.integers(1, 3)),
    carrier=_some(["log", "har", "base64"]),
    known=st.none() | st.booleans(),
    expr=st.none() | st.sampled_from(_EXPRESSIONS),
)
clause_lists = st.lists(st.tuples(whens, st.sampled_from(list(ACTIONS.values()))), max_size=6).map(
    lambda pairs: tuple(
        Clause(f"c{index}", when, action, "", Origin("p.yaml", index))
        for index, (when, action) in enumerate(pairs, 1)
    )
)
budget_lists = st.lists(
    st.tuples(whens, st.integers(0, 3), st.booleans(), st.booleans(), st.sampled_from(_RAISING)), max_size=3
).map(
    lambda many: tuple(
        Budget(f"b{index}", when, most, distinct, action, allowed, "", Origin("p.yaml", index))
        for index, (when, most, distinct, allowed, action) in enumerate(many, 1)
    )
)
policies = st.tuples(clause_lists, budget_lists).map(
    lambda both: replace(load_policy("default"), clauses=both[0], budgets=both[1])
)
sightings = st.builds(
    lambda path, members, test, decoded: seen(path, *members, test=test, decoded=decoded),
    st.sampled_from(["out/ci.log", "a.zip", "x/y.har"]),
    st.lists(st.sampled_from(["a.zip", "b.log"]), max_size=2),
    st.none() | st.sampled_from(_TESTS),
    st.sampled_from([(), ("base64",)]),
)
findings = st.builds(
    lambda places, category, severity, entity, confidence, synthetic, more, value: finding(
        *places,
        fingerprint=f"lg1:{value}",
        of=rule(category=category, severity=severity, entity=entity),
        confidence=confidence,
        synthetic=synthetic,
        occurrences=len(places) + more,
    ),
    st.lists(sightings, min_size=1, max_size=4),
    st.sampled_from(Category),
    st.sampled_from(Severity),
    st.sampled_from(_ENTITIES),
    st.sampled_from(Confidence),
    st.none() | st.just("test card"),
    st.integers(0, 2),
    st.integers(0, 5),
)
gaps = st.builds(
    lambda reason, path: Gap(path, (), Stage.UNPACK, reason, "why"),
    st.sampled_from(GapReason),
    st.text(max_size=9),
)
coverages = st.builds(Coverage, artifacts=st.integers(0, 2), bytes_scanned=st.integers(0, 2))


@bounded
@given(policies, st.lists(findings, max_size=4), findings, st.lists(gaps, max_size=3), coverages)
def test_more_findings_never_help(policy: Policy, some: list, more: object, missed: list, coverage: Coverage):
    """Adding a finding never improves the verdict."""
    before = evaluate(policy, some, missed, coverage)
    after = evaluate(policy, [*some, more], missed, coverage)

    assert _RANK[before.outcome] <= _RANK[after.outcome]


@bounded
@given(policies, clause_lists, budget_lists, st.lists(findings, max_size=4), findings)
def test_more_findings_never_help_at_a_stage(
    policy: Policy, clauses: tuple, budgets: tuple, some: list, more: object
):
    """The same holds for what a stage makes of a policy."""
    staged = at_stage(replace(policy, stages=(PolicyStage("main", clauses, (), budgets),)), "main")
    before = evaluate(staged, some, [], Coverage(1, 0, 1))
    after = evaluate(staged, [*some, more], [], Coverage(1, 0, 1))

    assert _RANK[before.outcome] <= _RANK[after.outcome]


@bounded
@given(policies, st.lists(findings, max_size=3), st.lists(gaps, max_size=3), gaps, coverages)
def test_more_gaps_never_help(policy: Policy, found: list, some: list, more: Gap, coverage: Coverage):
    """Adding a gap never improves the verdict."""
    before = evaluate(policy, found, some, coverage)
    after = evaluate(policy, found, [*some, more], coverage)

    assert _RANK[before.outcome] <= _RANK[after.outcome]


@bounded
@given(policies, findings, sightings)
def test_more_places_never_help(policy: Policy, found: object, place: object):
    """A further place of a finding never softens its decision, unless a clause counts places."""
    uncounted = replace(
        policy,
        clauses=tuple(replace(c, when=replace(c.when, count=None)) for c in policy.clauses),
        budgets=tuple(replace(b, when=replace(b.when, count=None)) for b in policy.budgets),
    )
    more = replace(found, sightings=(*found.sightings, place), occurrences=found.occurrences + 1)

    assert _rank_of(evaluate(uncounted, [found], [], Coverage(1))) <= _rank_of(
        evaluate(uncounted, [more], [], Coverage(1))
    )


def _rank_of(verdict: Verdict) -> int:
    order = ["allowed", "warn", "block"]
    return order.index(verdict.decisions[0].action)


@bounded
@given(policies, st.lists(findings, max_size=5), st.lists(gaps, max_size=3), coverages)
def test_everything_is_decided_once(policy: Policy, found: list, missed: list, coverage: Coverage):
    """Every finding and every gap ends in exactly one decision, by a clause that exists."""
    verdict = evaluate(policy, found, missed, coverage)
    ids = {clause.id for clause in policy.clauses} | {"implicit/block"}
    ids |= {budget.clause for budget in policy.budgets}

    assert found == [decision.finding for decision in verdict.decisions]
    assert missed == [decision.gap for decision in verdict.gaps][: len(missed)]
    assert {decision.clause for decision in verdict.decisions} <= ids


@bounded
@given(policies, st.lists(findings, max_size=5), st.lists(gaps, max_size=4), st.randoms())
def test_order_does_not_matter(policy: Policy, found: list, missed: list, chance: random.Random):
    """Findings and gaps in another order lead to the same outcome for the same reasons."""
    shuffled, lost = list(found), list(missed)
    chance.shuffle(shuffled)
    chance.shuffle(lost)
    one, two = (evaluate(policy, *pair, Coverage(1, 0, 1)) for pair in ((found, missed), (shuffled, lost)))

    assert (one.outcome, one.reasons) == (two.outcome, two.reasons)


@bounded
@given(policies, st.lists(findings, max_size=3), st.lists(gaps, max_size=2), coverages, st.booleans())
def test_every_verdict_has_a_reason(
    policy: Policy, found: list, missed: list, coverage: Coverage, interrupted: bool
):
    """Whatever the outcome, it is explained in printable sentences."""
    reasons = evaluate(policy, found, missed, coverage, interrupted=interrupted).reasons

    assert reasons
    assert all(reason.isprintable() and reason.endswith(".") for reason in reasons)


@bounded
@given(whens, whens, findings)
def test_wider_conditions_hold_too(wide: When, narrow: When, found: object):
    """Where one clause is said to take all that another would, it does."""
    if wide.covers(narrow):
        held = [place for place in places(found, each=True) if narrow.judged(found, place) is not False]
        assert all(wide.judged(found, place) is not False for place in held)


@bounded
@given(clause_lists)
def test_shown_policies_load_again(clauses: tuple[Clause, ...]):
    """What is shown of a policy is a policy file of the same clauses, or one that says why it is not."""
    text = describe(replace(load_policy("default"), clauses=clauses))
    error = _error_of(text)

    if error is None:
        again = load_policy("again.yaml", text=text).clauses
        assert [c.when.as_written() for c in clauses] == [c.when.as_written() for c in again]
    else:
        assert "can never decide" in error.message or "no clauses" in error.message


_WORDS = [key.name for key in POLICY.keys] + ["when", "then", "id", "block", "category", "secret", "default"]
_scalars = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(_WORDS)
)
_trees = st.recursive(
    _scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(_WORDS) | st.text(max_size=5), inner, max_size=5)
    ),
    max_leaves=20,
)


def _error_of(text: str, *, parent: bytes = b"") -> PolicyError | None:
    try:
        load_policy("p.yaml", text=text, read=lambda _: parent)
    except PolicyError as error:
        return error
    return None


def _is_explained(error: PolicyError | None) -> bool:
    return error is None or (error.message.isprintable() and bool(error.hint))


@bounded
@given(st.text() | st.text(alphabet="[]{}:,-&*!|>'\"#? \n\tab1.%@`~\\"))
def test_any_text(text: str):
    """Whatever the text, it loads or is a PolicyError with a hint."""
    assert _is_explained(_error_of(text))


@bounded
@given(_trees, st.booleans())
def test_any_yaml(tree: object, headed: bool):
    """Whatever the YAML, it loads or is a PolicyError with a hint."""
    whole = {"version": 1, "extends": "default", **tree} if headed and isinstance(tree, dict) else tree
    assert _is_explained(_error_of(yaml.safe_dump(whole, allow_unicode=True)))


@bounded
@given(st.binary(max_size=200))
def test_any_bytes(raw: bytes):
    """Whatever the bytes of a parent, the child loads or is a PolicyError with a hint."""
    assert _is_explained(_error_of("version: 1\nextends: ./base.yaml", parent=raw))
