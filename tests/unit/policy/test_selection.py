"""What a policy asks detection to look for."""

from __future__ import annotations

import pytest

from leakgate.model.detection import Category
from leakgate.model.selection import Selection
from tests.unit.policy.cases import rule

CASES = {
    "everything": (Selection(), True),
    "category": (Selection(categories=frozenset({Category.PII})), False),
    "rule": (Selection(disabled_rules=("forge-*",)), False),
    "other-rule": (Selection(disabled_rules=("presidio/*",)), True),
    "only": (Selection(enabled_entities=("FORGE_*",)), True),
    "only-other": (Selection(enabled_entities=("PERSON",)), False),
    "exclude": (Selection(disabled_entities=("FORGE_TOKEN",)), False),
    "exclude-beats-only": (Selection(enabled_entities=("*",), disabled_entities=("*_TOKEN",)), False),
}


@pytest.mark.parametrize(("selection", "wanted"), CASES.values(), ids=CASES.keys())
def test_wants(selection: Selection, wanted: bool):
    """A rule runs if its category is in scope and nothing excludes it."""
    assert wanted is selection.wants(rule())


def test_narrowed():
    """Narrowing never widens what the policy asked for."""
    selection = Selection(categories=frozenset({Category.PII, Category.SECRET}), nlp_entities=("PERSON",))
    narrowed = selection.narrowed([Category.SECRET, Category.HYGIENE])

    assert frozenset({Category.SECRET}) == narrowed.categories
    assert () == narrowed.nlp_entities
