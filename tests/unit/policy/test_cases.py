"""Cases that a policy must satisfy."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from leakgate.model.errors import PolicyError
from leakgate.policy.case_file import read_cases
from leakgate.policy.case_run import run_case
from leakgate.policy.load import load_policy
from tests.unit.policy.cases import policy, rule

_RULES = (rule(), rule(id="mail", entity="EMAIL_ADDRESS", family="contact"))
_DOCS = Path(__file__).parents[3] / "docs" / "policy.md"
_EXAMPLES = re.findall(r"```yaml cases\n(.*?)```", _DOCS.read_text(encoding="utf-8"), re.DOTALL)
_POLICY = policy(
    "{id: mail, when: {entity: EMAIL_ADDRESS}, then: warn}",
    "{id: rest, when: {}, then: block}",
    rest="budgets: [{id: few, when: {entity: EMAIL_ADDRESS}, at_most: 2, then: block}]",
)


def _misses(case: str) -> tuple[str, ...]:
    [one] = read_cases(f"version: 1\ncases:\n  - {{name: a, {case}}}", "c.yaml").cases
    return run_case(one, _POLICY, _RULES)


@pytest.mark.parametrize(
    "case",
    [
        "findings: [{rule: forge-token}], expect: {verdict: block, actions: block, clauses: rest}",
        "findings: [{entity: EMAIL_ADDRESS}], expect: {verdict: pass, actions: [warn]}",
        "findings: [{entity: EMAIL_ADDRESS, times: 2}], expect: {actions: [warn, warn]}",
        "findings: [{entity: EMAIL_ADDRESS, times: 3}], expect: {actions: block, clauses: budget/few}",
        "findings: [{entity: EMAIL_ADDRESS, known: true}], expect: {actions: baselined}",
        "gaps: [{reason: bomb}, {reason: opaque}], expect: {verdict: block, gaps: [block, warn]}",
        "expect: {verdict: pass}",
    ],
)
def test_met(case: str):
    """What follows from the policy satisfies the case."""
    assert () == _misses(case)


def test_same_value():
    """Findings that name the same value are one value for a budget."""
    three = ", ".join(["{entity: EMAIL_ADDRESS, value: anna}"] * 3)

    assert () == _misses(f"findings: [{three}], expect: {{verdict: pass}}")


def test_missed():
    """What came out otherwise is told with the clause."""
    misses = _misses("findings: [{rule: forge-token}], expect: {verdict: pass, actions: warn}")

    assert "verdict: expected pass, was block" == misses[0]
    assert "actions[1]: expected warn, was block (rest)" == misses[-1]


def test_another_number():
    """Expectations for more findings than there are do not pass by accident."""
    assert _misses("findings: [{rule: forge-token}], expect: {actions: [block, block]}")


@pytest.mark.parametrize(
    ("case", "hint"),
    [
        ("findings: [{rule: forge-tokn}], expect: {verdict: pass}", "forge-token"),
        ("findings: [{rule: mail, entity: FORGE_TOKEN}], expect: {verdict: pass}", "rules show"),
        ("findings: [{path: a}], expekt: {verdict: pass}", "expect"),
        ("expect: {}", "verdict"),
    ],
)
def test_wrong_case(case: str, hint: str):
    """A case that means nothing is an error, not a success."""
    with pytest.raises(PolicyError) as caught:
        _misses(case)

    assert hint in caught.value.hint


def test_documented_cases():
    """The cases of the guide pass, with the rules that there are."""
    from leakgate import wiring

    rules = wiring.all_rules()
    judged = [(case, load_policy(read_cases(text, "d").policy or "")) for text in _EXAMPLES
              for case in read_cases(text, "d").cases]  # fmt: skip

    assert [()] * len(judged) == [run_case(case, named, rules) for case, named in judged]
    assert judged
