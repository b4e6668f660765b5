"""The JUnit report turns families of rules into test cases that CI servers can show."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given

from leakgate.model.segment import Emitter, TestRef
from leakgate.model.verdict import Action, GapAction, Outcome
from leakgate.report.junit import JUnitReporter
from tests.kit import results as kit
from tests.unit.report.hostile import HOSTILE, everywhere, rendered

# What the Jenkins xUnit schema (junit-10.xsd) allows: attributes, then children.
ALLOWED = {
    "testsuites": ({"name", "time", "tests", "failures", "errors"}, {"testsuite"}),
    "testsuite": (
        {"name", "tests", "failures", "errors", "time", "skipped", "id", "package", "hostname", "timestamp"},
        {"properties", "testcase", "system-out", "system-err"},
    ),
    "properties": (set(), {"property"}),
    "property": ({"name", "value"}, set()),
    "testcase": ({"name", "classname", "time"}, {"failure", "error", "skipped", "system-out", "system-err"}),
    "failure": ({"type", "message"}, set()),
    "error": ({"type", "message"}, set()),
    "skipped": ({"message", "type"}, set()),
    "system-out": (set(), set()),
}
REQUIRED = {
    "testsuite": {"name", "tests", "failures", "errors"},
    "testcase": {"name"},
    "property": {"name", "value"},
}


def parsed(judged, scanned=None):
    """The document, checked against the schema's constraints."""
    root = ElementTree.fromstring(rendered(JUnitReporter(), judged, scanned))
    for element in root.iter():
        attributes, children = ALLOWED[element.tag]
        assert set(element.keys()) <= attributes
        assert REQUIRED.get(element.tag, set()) <= set(element.keys())
        assert {child.tag for child in element} <= children
    suite = root.find("testsuite")
    assert re.fullmatch(r"\d{1,3}\.\d{3}", suite.get("time"))
    assert len(suite.findall("testcase")) == int(suite.get("tests"))
    assert len(suite.findall("testcase/failure")) == int(suite.get("failures"))
    assert len(suite.findall("testcase/skipped")) == int(suite.get("skipped"))
    assert len(suite.findall("testcase/error")) == int(suite.get("errors"))
    return root


def case(root, classname):
    return root.find(f".//testcase[@classname='{classname}']")


def test_nothing_found():
    """Every family that ran is a test case that passes, and so is coverage."""
    root = parsed(kit.verdict())
    expected = ["leakgate.pii.contact", "leakgate.secret.forge", "leakgate.coverage"]

    assert expected == [element.get("classname") for element in root.iter("testcase")]
    assert {"0"} == {root.get("failures"), root.get("errors")}


def test_one_finding():
    """The test that leaked fails; the message says what and where, the body how to fix it."""
    root = parsed(kit.verdict(kit.decision(Action.BLOCK)))
    failure = case(root, "tests.test_orders").find("failure")
    expected = """\
block: critical Forge access token frg_****
  at out/run.log:12:40 (test tests.test_orders::test_checkout)
  why: prefix and checksum match (high confidence)
  decided by: secrets/high
  data: credential (GDPR Art. 32(1), PCI DSS 8.6.2)
  fix: Revoke the token in the settings of Forge, then read it from the environment.
  id: lg1:00c0ffee"""
    message = "Forge access token frg_**** in out/run.log:12:40"

    assert message == failure.get("message")
    assert expected == failure.text


def test_every_place_is_told():
    """All known places, and the number of the others."""
    places = (kit.Sighting(kit.location("a.log")), kit.Sighting(kit.location("b.zip", "c.log")))
    root = parsed(kit.verdict(kit.decision(Action.BLOCK, kit.finding(*places, occurrences=9))))
    expected = "  at a.log:12:40\n  at b.zip!/c.log:12:40\n  and 7 more places\n"

    assert expected in case(root, "a.log").find("failure").text


def test_waived_and_baselined():
    """What does not block is told but fails nothing."""
    root = parsed(
        kit.verdict(
            kit.decision(Action.WAIVED, waiver="fixture"), kit.decision(Action.BASELINED, clause="baseline")
        )
    )
    told = case(root, "leakgate.secret.forge").find("system-out").text

    assert root.find(".//failure") is None
    assert "decided by: waiver fixture, secrets/high" in told
    assert "decided by: baseline" in told


@pytest.mark.parametrize(
    ("action", "tag"), [(GapAction.BLOCK, "failure"), (GapAction.INCOMPLETE, "error"), (GapAction.WARN, None)]
)
def test_gaps_only(action, tag):
    """A gap fails coverage where it blocks, is an error where it leaves the run incomplete."""
    coverage = case(parsed(kit.verdict(kit.gap_decision(action))), "leakgate.coverage")
    trouble = [element for element in coverage if element.tag != "system-out"]

    assert ([tag] if tag else []) == [element.tag for element in trouble]
    assert "core.1234: over the 4 GiB limit" in "".join(coverage.itertext())


@pytest.mark.parametrize("outcome", [Outcome.BLOCK, Outcome.INCOMPLETE])
def test_a_verdict_that_is_no_pass_is_never_green(outcome):
    """Even where no finding and no gap explains it, something in the file is red."""
    judged = kit.Verdict(outcome, (), (), ("A waiver is over.",))
    error = case(parsed(judged), "leakgate.coverage").find("error")

    assert error.get("message").endswith("A waiver is over.")


def test_interrupted():
    """An interrupted run is an error."""
    assert case(parsed(kit.verdict(interrupted=True)), "leakgate.coverage").find("error") is not None


def test_a_rule_that_was_not_listed_still_shows():
    """A finding of a rule outside `result.rules` has a test case too."""
    judged = kit.verdict(kit.decision(Action.BLOCK))

    assert case(parsed(judged, kit.result(judged, rules=())), "leakgate.secret.forge") is not None


def test_many_findings_are_counted():
    """The body is bounded; the rest is a number."""
    judged = kit.verdict(*[kit.decision(Action.BLOCK)] * 3000)
    failure = case(parsed(judged), "tests.test_orders").find("failure")

    assert failure.get("message").endswith("and 2,999 more")
    assert failure.text.endswith("... and 2,800 more, see the JSON report")


@given(text=HOSTILE)
def test_hostile_text_does_not_break_it(text):
    """The document is well-formed and has the shape of the schema."""
    written = rendered(JUnitReporter(), everywhere(text))

    assert parsed(everywhere(text)) is not None
    assert written.encode("utf-8")


def test_long_names_are_cut():
    """Five megabytes of a name do not end up in the file."""
    assert len(rendered(JUnitReporter(), everywhere("p" * 5_000_000))) < 100_000


@pytest.mark.parametrize(
    ("identifier", "file", "expected"),
    [
        ("tests/test_a.py::TestB::test_c[x::y]", "tests/test_a.py", ("tests.test_a.TestB", "test_c[x::y]")),
        ("tests.test_a::test_c", None, ("tests.test_a", "test_c")),
        ("com.acme.PayTest::pays", None, ("com.acme.PayTest", "pays")),
        ("cart.spec.ts > cart > adds", "cart.spec.ts", ("cart.spec.ts", "cart › adds")),
        ("e2e/a.spec.ts:3 › cart › adds", "e2e/a.spec.ts", ("e2e/a.spec.ts", "cart › adds")),
        ("suite > cart > adds", "a.test.ts", ("suite > cart", "adds")),
        ("cart › adds", None, ("cart", "adds")),
        ("adds to the cart", "cart.spec.ts", ("cart.spec.ts", "adds to the cart")),
        ("TestPay/card", None, ("leakgate.test", "TestPay/card")),
    ],
)
def test_the_test_that_leaked_fails_under_its_own_name(identifier, file, expected):
    """The case has the class and the name that the runner's own report gives the test."""
    found = kit.finding(kit.Sighting(kit.location(), TestRef(identifier, file)))
    root = parsed(kit.verdict(kit.decision(Action.BLOCK, found)))
    failing = [
        (one.get("classname"), one.get("name"))
        for one in root.iter("testcase")
        if one.find("failure") is not None
    ]

    assert [expected] == failing


def test_a_finding_without_a_test_fails_its_artifact():
    """Artifact and rule name the case; its family is no pass either, but not counted twice."""
    found = kit.finding(kit.Sighting(kit.location("b.zip", "c.log"), None, Emitter("src/pay.py", 41)))
    root = parsed(kit.verdict(kit.decision(Action.BLOCK, found)))
    failing = case(root, "b.zip!/c.log")

    assert "Forge access token" == failing.get("name")
    assert "  at b.zip!/c.log:12:40, written by src/pay.py:41\n" in failing.find("failure").text
    assert case(root, "leakgate.secret.forge").find("skipped") is not None


def test_a_value_that_several_tests_wrote_fails_each_of_them():
    """Fixing one of them does not turn the others green."""
    places = [kit.Sighting(kit.location(), TestRef(f"t::{name}")) for name in "aba"]
    root = parsed(kit.verdict(kit.decision(Action.BLOCK, kit.finding(*places))))

    assert ["a", "b"] == [one.get("name") for one in root.iter("testcase") if one.find("failure") is not None]
