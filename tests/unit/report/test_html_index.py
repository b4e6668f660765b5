"""What the HTML report can be filtered by."""

from __future__ import annotations

from leakgate.model.finding import Sighting
from leakgate.model.segment import TestRef
from leakgate.model.verdict import Action
from leakgate.report.html_index import leaking_tests
from tests.kit import results as kit


def test_a_test_has_one_row_however_it_is_spelled():
    """A console log has the node id, a JUnit report class and name."""
    spelled = ("tests/test_pay.py::test_card", "tests.test_pay::test_card")
    decisions = [
        kit.decision(Action.BLOCK, kit.finding(Sighting(kit.location(), TestRef(name)))) for name in spelled
    ]

    assert [("tests.test_pay::test_card", 2, 0)] == list(leaking_tests(decisions))
