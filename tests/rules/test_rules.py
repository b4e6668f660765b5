"""Every shipped rule keeps the promises of its own record, in both engines."""

from __future__ import annotations

import re

import pytest

from leakgate.detect.rules.load import proven_rules
from leakgate.detect.rules.proof import failures
from leakgate.detect.rules.schema import RuleSpec
from leakgate.detect.validators.registry import VALIDATORS
from leakgate.model.detection import Category

RULES = proven_rules()
EVERY_RULE = pytest.mark.parametrize("spec", RULES, ids=[spec.rule.id for spec in RULES])


@EVERY_RULE
def test_rule_proves_itself(spec: RuleSpec) -> None:
    """Each example of a rule is found by both engines, none of its near misses is."""
    assert [] == list(failures([spec]))


@EVERY_RULE
def test_rule_says_what_to_do(spec: RuleSpec) -> None:
    """A rule for secrets says how to get rid of the secret, one for a provider where that is written."""
    if spec.rule.category is not Category.SECRET:
        return
    assert spec.rule.remediation.endswith(".")
    assert not spec.rule.provider or spec.rule.reference.startswith("https://")


@EVERY_RULE
def test_rule_is_named_like_its_neighbours(spec: RuleSpec) -> None:
    """Ids are kebab-case, entities upper snake case, validators known."""
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", spec.rule.id)
    assert re.fullmatch(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*", spec.rule.entity)
    assert spec.validator is None or spec.validator in VALIDATORS
