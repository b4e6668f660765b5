"""Conditions that keys cannot say."""

from __future__ import annotations

import time

import pytest

from leakgate.model.errors import PolicyError
from leakgate.model.finding import Finding
from leakgate.model.verdict import Action
from leakgate.policy.evaluate import evaluate
from leakgate.policy.expressions import FIELDS, checked
from leakgate.policy.finding_fields import fields_of
from leakgate.policy.place import Place
from tests.unit.policy.cases import SOMETHING, finding, policy, seen

_FAILING = "finding.members[7] == 'a'"
REFUSED = {
    "syntax": "1 +",
    "number": "finding.count",
    "text": "finding.rule",
    "field": "finding.ruel == 'a'",
    "name": "entity == 'a'",
    "index": "finding['rule'] == 'a'",
    "whole": "finding == finding",
    "function": "now() > 1",
    "clock": "timestamp(finding.rule) > timestamp(finding.path)",
    "types": "finding.count > 'a'",
    "pattern": "finding.path.matches('(')",
    "long": "finding.rule == '" + "a" * 1000 + "'",
    "macros": "[1].all(a, [1].all(b, [1].all(c, true)))",
    "repetitions": "finding.path.matches('((a{20}){20})')",
    "nested": "(" * 400 + "true" + ")" * 400,
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED.keys())
def test_refused_when_loaded(text: str):
    """An expression that cannot be right is an error with file, line and key."""
    with pytest.raises(PolicyError) as caught:
        policy(f'{{id: a, when: {{expr: "{text}"}}, then: block}}')

    assert caught.value.message.startswith("p.yaml:4: clauses[1].when.expr: ")
    assert caught.value.hint
    assert caught.value.message.isprintable()


def test_every_field_is_given():
    """A finding in an archive, encoded and attributed, has them all."""
    found = finding(seen("a.zip", "b.log", test="t", decoded=("base64",)))

    assert set(FIELDS) == set(fields_of(found, Place(found.sightings[0])))


@pytest.mark.parametrize(
    ("then", "decided"),
    [("allow", (Action.WARN, "rest")), ("block", (Action.BLOCK, "x")), ("warn", (Action.WARN, "rest"))],
)
def test_failure_is_never_lenient(then: str, decided: tuple[Action, str]):
    """What fails does not allow, and does block."""
    judged = policy(
        f'{{id: x, when: {{expr: "{_FAILING}"}}, then: {then}}}', "{id: rest, when: {}, then: warn}"
    )

    assert decided == _decided(judged, finding())


@pytest.mark.parametrize("rest", ["allow", "block"])
def test_failing_warning_counts_where_it_is_stricter(rest: str):
    """It does not stand before a later clause that blocks, and does before one that allows."""
    judged = policy(
        f'{{id: x, when: {{expr: "{_FAILING}"}}, then: warn}}', f"{{id: rest, when: {{}}, then: {rest}}}"
    )
    wanted = {"allow": (Action.WARN, "x"), "block": (Action.BLOCK, "rest")}[rest]

    assert wanted == _decided(judged, finding())


def test_unseen_places_are_not_allowed():
    """What only its number is known of has no test that an expression could excuse."""
    judged = policy(
        "{id: mine, when: {expr: \"finding.test == 't'\"}, then: allow}", "{id: b, when: {}, then: block}"
    )

    assert (Action.BLOCK, "b") == _decided(judged, finding(seen(test="t"), occurrences=51))


def test_every_place_is_asked():
    """Lines tell places apart for expressions."""
    judged = policy('{id: a, when: {expr: "finding.line == 1"}, then: allow}')
    found = finding(seen(), seen())
    [first, second] = found.sightings
    elsewhere = type(second)(type(second.location)("out/ci.log", (), 90, 99, line=7, column=1))
    both = finding(first, elsewhere)

    assert (Action.BLOCK, "implicit/block") == _decided(judged, both)


@pytest.mark.parametrize(
    "text",
    [
        "[{n}].all(a, [{n}].all(b, a == b))".replace("{n}", ",".join(["1"] * 200)),
        "finding.path.matches('((((a?){5}){5}){4})$')",
    ],
    ids=["macros", "pattern"],
)
def test_the_worst_is_bounded(text: str):
    """What is accepted ends soon, whatever the finding."""
    expression, found = checked(text), finding(seen("a" * 100_000))
    begun = time.process_time()

    expression.truth(fields_of(found, Place(found.sightings[0])))

    assert time.process_time() - begun < 2


def test_hostile_names_are_text():
    """A name that looks like an expression is compared, not run."""
    judged = policy(
        "{id: a, when: {expr: \"finding.path == 'x'\"}, then: allow}", "{id: b, when: {}, then: block}"
    )

    assert (Action.BLOCK, "b") == _decided(judged, finding(seen("x' || true || '")))


def _decided(judged: object, found: Finding) -> tuple[Action, str]:
    [decision] = evaluate(judged, [found], [], SOMETHING).decisions  # type: ignore[arg-type]
    return decision.action, decision.clause
