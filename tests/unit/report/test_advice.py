"""Texts on what leaked values are, and how to prevent the next one."""

from __future__ import annotations

import logging
from dataclasses import replace

import pytest

from leakgate import wiring
from leakgate.model.finding import Sighting
from leakgate.model.segment import Emitter, TestRef
from leakgate.policy.carriers import CARRIERS, carriers_of
from leakgate.report.advice import advice_for, frameworks, frameworks_of
from tests.kit.results import EMAIL_RULE, TOKEN_RULE, finding, location

_BY_ID = {one.id: one for one in frameworks()}


def test_every_rule_has_advice():
    """Whatever can be found, there is a text for it."""
    assert all(advice_for(rule).what and advice_for(rule).steps for rule in wiring.all_rules())


def test_advice_differs():
    """A person is not revoked."""
    assert advice_for(TOKEN_RULE) != advice_for(EMAIL_RULE)


def test_known_values_have_their_own():
    """The particular stands before the general."""
    known = replace(TOKEN_RULE, family="known-values")

    assert "this very pipeline" in advice_for(known).what


@pytest.mark.parametrize("name", _BY_ID)
def test_texts_are_short(name: str):
    """Each fits on a screen, and names carriers that there are."""
    one = _BY_ID[name]

    assert 1 <= len(one.code.splitlines()) <= 20
    assert set(one.told_by.get("carrier", ())) <= set(CARRIERS)


@pytest.mark.parametrize("name", [one.id for one in frameworks() if one.language == "python"])
def test_python_is_python(name: str):
    """What is shown can be parsed."""
    compile(_BY_ID[name].code, name, "exec")


def test_the_filter_of_logging_works():
    """Labelled values do not get into a record; the rest of the line does."""
    before = logging.getLogRecordFactory()
    line, values = "Authorization: Bearer %s for order %d", ("abc" * 9, 7)
    try:
        exec(_BY_ID["pytest"].code, {})
        record = logging.Logger("shop").makeRecord("shop", logging.WARNING, "a.py", 1, line, values, None)
    finally:
        logging.setLogRecordFactory(before)

    assert "Authorization: Bearer *** for order 7" == record.getMessage()


@pytest.mark.parametrize(
    ("sighting", "wanted"),
    [
        (Sighting(location("out/trace.zip", "0-trace.network")), "playwright"),
        (Sighting(location("tests/cassettes/login.yaml")), "vcrpy"),
        (Sighting(location("spec/vcr_cassettes/login.yml")), "vcr-ruby"),
        (Sighting(location("a/__recordings__/x/recording.har")), "polly"),
        (Sighting(location("target/surefire-reports/TEST-a.xml")), "logback"),
        (Sighting(location(), TestRef("tests.test_orders::test_checkout")), "pytest"),
        (Sighting(location(), None, Emitter(file="pkg/orders_test.go", line=3)), "slog"),
        (Sighting(location(), None, Emitter(file="src/Orders.cs", line=3)), "serilog"),
        (Sighting(location(), None, Emitter(file="src/app.ts", line=3)), "pino"),
    ],
)
def test_frameworks_are_told(sighting: Sighting, wanted: str):
    """By carrier, test, or the source that wrote the value."""
    found = finding(sighting)

    assert wanted in {one.id for one in frameworks_of(found, carriers_of(found.location))}


def test_nothing_is_told():
    """A plain log tells no framework; the masks of CI services are always there."""
    found = finding(Sighting(location("out/run.log")))

    assert ["github", "gitlab"] == [one.id for one in frameworks_of(found, carriers_of(found.location))]
