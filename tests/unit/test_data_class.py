"""Every entity has a class of data, and its regulations are cited in one form."""

from __future__ import annotations

import re

import pytest

from leakgate.model.data_class import PERSONAL_ENTITIES, REFERENCES, DataClass, data_class_of
from leakgate.model.detection import Category
from leakgate.wiring import all_rules


def test_every_personal_entity_has_a_class():
    """No rule for personal data exists whose entity the table does not know."""
    known = {rule.entity for rule in all_rules() if rule.category is Category.PII}

    assert set() == known - PERSONAL_ENTITIES.keys()


def test_every_secret_is_a_credential():
    """Whatever opens something is of the class of credentials."""
    classes = {data_class_of(rule).data_class for rule in all_rules() if rule.category is Category.SECRET}

    assert {DataClass.CREDENTIAL} == classes


@pytest.mark.parametrize("entity", sorted(PERSONAL_ENTITIES))
def test_clauses_are_cited_in_one_form(entity):
    """A clause begins with the short name of a regulation that is referred to."""
    cited = PERSONAL_ENTITIES[entity].regulations

    assert all(re.fullmatch(rf"(?:{'|'.join(REFERENCES)}) \S.*", clause) for clause in cited)


@pytest.mark.parametrize(
    ("entity", "data_class", "clause"),
    [
        ("CREDIT_CARD", DataClass.FINANCIAL, "PCI DSS 3.5.1"),
        ("RELIGION", DataClass.SPECIAL, "GDPR Art. 9(1)"),
        ("HEALTH", DataClass.HEALTH, "GDPR Art. 9(1)"),
        ("US_SSN", DataClass.IDENTIFIER, "HIPAA 164.514(b)(2)(i)(G)"),
        ("EMAIL_ADDRESS", DataClass.CONTACT, "GDPR Art. 4(1)"),
    ],
)
def test_class_and_clause(entity, data_class, clause):
    """The well-known ones are where a privacy officer looks for them."""
    found = PERSONAL_ENTITIES[entity]

    assert (data_class, True) == (found.data_class, clause in found.regulations)
