"""The class of data as a condition of a clause."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leakgate.model.data_class import DataClass
from leakgate.model.detection import Category
from leakgate.policy.clauses import When
from leakgate.policy.place import Place
from tests.kit import results as kit


@pytest.mark.parametrize(
    ("entity", "holds"), [("RELIGION", True), ("HEALTH", True), ("EMAIL_ADDRESS", False)]
)
def test_class_of_data_is_a_condition(entity, holds):
    """A clause that names classes holds for the entities of those classes alone."""
    finding = kit.finding(rule=replace(kit.TOKEN_RULE, entity=entity, category=Category.PII))
    when = When(data_class=frozenset({DataClass.HEALTH, DataClass.SPECIAL}))

    assert holds is when.holds(finding, Place(finding.sightings[0]))
