"""The SARIF report says what code scanning services need, in the shape they accept."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given

from leakgate.model.detection import Severity
from leakgate.model.segment import Emitter, TestRef
from leakgate.model.verdict import Action, GapAction
from leakgate.report.sarif import SarifReporter
from leakgate.report.sarif_places import uri_of
from tests.kit import results as kit
from tests.unit.report.hostile import HOSTILE, everywhere, rendered


def run_of(judged, scanned=None, reporter=None):
    """The only run of the document."""
    document = json.loads(rendered(reporter or SarifReporter(), judged, scanned))
    assert document["version"] == "2.1.0"
    [run] = document["runs"]
    return run


def result_of(decision, scanned=None):
    [result] = run_of(kit.verdict(decision), scanned)["results"]
    return result


def test_nothing_found():
    """No results, and no rules: a thousand rules that found nothing would be the report."""
    run = run_of(kit.verdict())

    assert not run["results"]
    assert not run["tool"]["driver"]["rules"]
    assert run["invocations"][0]["executionSuccessful"]


def test_a_rule_is_described():
    """Level, score, tags, weakness and help are where GitHub looks for them."""
    rule = run_of(kit.verdict(kit.decision(Action.BLOCK)))["tool"]["driver"]["rules"][0]
    advice = "Revoke the token in the settings of Forge, then read it from the environment."
    expected = {
        "id": "forge-token",
        "name": "ForgeToken",
        "shortDescription": {"text": "Forge access token"},
        "fullDescription": {"text": "Forge access token (FORGE_TOKEN) in the output of a test run"},
        "help": {"text": advice, "markdown": advice},
        "defaultConfiguration": {"level": "error"},
        "properties": {
            "tags": ["security", "secret", "forge", "external/cwe/cwe-798"],
            "security-severity": "9.5",
            "precision": "high",
            "problem.severity": "error",
            "cwe": "CWE-798",
        },
        "helpUri": "https://example.com/forge/tokens",
        "relationships": [
            {
                "target": {"id": "798", "index": 0, "toolComponent": {"name": "CWE", "index": 0}},
                "kinds": ["relevant"],
            }
        ],
    }

    assert expected == rule


def test_taxonomy_indices_point_at_the_weakness():
    """A relationship's index is the place of its taxon."""
    run = run_of(kit.verdict(kit.decision(Action.BLOCK)))
    taxa = run["taxonomies"][0]["taxa"]
    targets = [rule["relationships"][0]["target"] for rule in run["tool"]["driver"]["rules"]]

    assert [target["id"] for target in targets] == [taxa[target["index"]]["id"] for target in targets]


def test_one_finding():
    """Message, place, fingerprint and rank of a blocked finding."""
    result = result_of(kit.decision(Action.BLOCK))
    place = {
        "physicalLocation": {
            "artifactLocation": {"uri": "out/run.log", "index": 0},
            "region": {"startLine": 12, "startColumn": 40, "endLine": 12, "endColumn": 80},
        },
        "logicalLocations": [{"fullyQualifiedName": "tests.test_orders::test_checkout", "kind": "function"}],
    }
    expected = (
        "Forge access token frg_**** in out/run.log:12:40: prefix and checksum match."
        " Written by the test tests.test_orders::test_checkout."
        " Revoke the token in the settings of Forge, then read it from the environment."
    )
    fingerprints = {"leakgate/v1": "lg1:00c0ffee"}
    most_urgent = 100.0

    assert expected == result["message"]["text"]
    assert [place] == result["locations"]
    assert fingerprints == result["partialFingerprints"]
    assert most_urgent == result["rank"]


@pytest.mark.parametrize(
    ("test", "by", "uri", "line"),
    [
        (TestRef("t"), Emitter("src/pay.py", 41), "src/pay.py", 41),
        (
            TestRef("t", "tests/test pay.py", 7, in_sources=True),
            Emitter(service="pay"),
            "tests/test%20pay.py",
            7,
        ),
    ],
)
def test_source_that_is_known_is_the_place(test, by, uri, line):
    """Services show the result in the code; the artifact is related."""
    found = kit.finding(kit.Sighting(kit.location("out/a.log"), test, by))
    run = run_of(kit.verdict(kit.decision(Action.BLOCK, found)))
    [result] = run["results"]
    place = {"artifactLocation": {"uri": uri, "uriBaseId": "SRCROOT"}, "region": {"startLine": line}}
    logical = [
        {"fullyQualifiedName": "out/a.log", "kind": "resource"},
        {"fullyQualifiedName": "t", "kind": "function"},
    ]
    [related] = result["relatedLocations"]

    assert [{"physicalLocation": place, "logicalLocations": logical}] == result["locations"]
    assert "out/a.log" == related["physicalLocation"]["artifactLocation"]["uri"]
    assert "SRCROOT" in run["originalUriBaseIds"]


def test_a_test_file_that_is_not_below_the_root_is_no_place():
    """A report's word for a file is not enough to send somebody there."""
    found = kit.finding(kit.Sighting(kit.location("out/a.log"), TestRef("t", "tests/test_pay.py", 7)))
    result = result_of(kit.decision(Action.BLOCK, found))

    assert "out/a.log" == result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert "relatedLocations" not in result


@pytest.mark.parametrize(
    ("action", "level", "suppressed"),
    [
        (Action.BLOCK, "error", False),
        (Action.WARN, "warning", False),
        (Action.WAIVED, "note", True),
        (Action.BASELINED, "note", True),
        (Action.ALLOWED, "note", True),
    ],
)
def test_level_and_suppression_follow_the_decision(action, level, suppressed):
    """The policy's word counts, not the rule's severity."""
    result = result_of(kit.decision(action))

    assert (level, suppressed) == (result["level"], "suppressions" in result)


def test_a_suppression_says_who_let_it_through():
    """Waiver, clause and the reason why it is a fake."""
    found = kit.finding(synthetic="documented example key")
    result = result_of(kit.decision(Action.WAIVED, found, waiver="fixture"))
    why = "waived by waiver fixture, policy clause secrets/high; known fake: documented example key"
    expected = [{"kind": "external", "status": "accepted", "justification": why}]

    assert expected == result["suppressions"]


def test_a_fingerprint_of_one_run_is_not_offered_for_matching():
    """With an ephemeral key every run would look new to the service."""
    judged = kit.verdict(kit.decision(Action.BLOCK))
    [result] = run_of(judged, kit.result(judged, ephemeral_key=True))["results"]

    assert "partialFingerprints" not in result


def test_members_are_nested_artifacts():
    """Each member points at what contains it; the result at the innermost one."""
    place = kit.location("out/a b.zip", "c.zip", "d.log", pointer="/x", decoded=("base64",))
    found = kit.finding(kit.Sighting(place, TestRef("t")))
    run = run_of(kit.verdict(kit.decision(Action.BLOCK, found)))
    artifacts = [
        {"location": {"uri": "out/a%20b.zip"}},
        {"location": {"uri": "out/a%20b.zip!/c.zip"}, "parentIndex": 0},
        {"location": {"uri": "out/a%20b.zip!/c.zip!/d.log"}, "parentIndex": 1},
    ]
    logical = [
        {"fullyQualifiedName": "out/a b.zip!/c.zip!/d.log", "kind": "member", "name": "d.log"},
        {"fullyQualifiedName": "/x", "kind": "property"},
        {"fullyQualifiedName": "t", "kind": "function"},
    ]
    innermost = {"uri": "out/a%20b.zip!/c.zip!/d.log", "index": 2}
    [location] = run["results"][0]["locations"]

    assert artifacts == run["artifacts"]
    assert innermost == location["physicalLocation"]["artifactLocation"]
    assert logical == location["logicalLocations"]


def test_a_place_without_lines_is_a_range_of_bytes():
    """Binary members have offsets only."""
    found = kit.finding(kit.Sighting(kit.location("core", line=None, column=None)))
    [location] = result_of(kit.decision(Action.BLOCK, found))["locations"]
    region = {"byteOffset": 901, "byteLength": 40}

    assert region == location["physicalLocation"]["region"]


@pytest.mark.parametrize(
    ("action", "level", "successful"),
    [
        (GapAction.BLOCK, "error", True),
        (GapAction.INCOMPLETE, "error", False),
        (GapAction.WARN, "warning", True),
        (GapAction.ALLOWED, "note", True),
    ],
)
def test_gaps_only(action, level, successful):
    """A gap is a notification; only what leaves the run incomplete makes it unsuccessful."""
    [invocation] = run_of(kit.verdict(kit.gap_decision(action)))["invocations"]
    [notification] = invocation["toolExecutionNotifications"]
    descriptor, artifact = {"id": "gap/too_large"}, {"uri": "core.1234", "index": 0}

    assert (level, successful) == (notification["level"], invocation["executionSuccessful"])
    assert descriptor == notification["descriptor"]
    assert artifact == notification["locations"][0]["physicalLocation"]["artifactLocation"]


def test_interrupted():
    """An interrupted run was not successful."""
    assert not run_of(kit.verdict(interrupted=True))["invocations"][0]["executionSuccessful"]


def test_too_many_results_are_cut_from_the_harmless_end():
    """The limit of services is kept, what blocks stays, and a notification says what is gone."""
    judged = kit.verdict(*[kit.decision(Action.ALLOWED)] * 30, *[kit.decision(Action.BLOCK)] * 5)
    run = run_of(judged, reporter=SarifReporter(most_results=10))
    levels = ["error"] * 5 + ["note"] * 5
    [notification] = run["invocations"][0]["toolExecutionNotifications"]

    assert levels == [result["level"] for result in run["results"]]
    assert notification["message"]["text"].startswith("25 findings")


@pytest.mark.parametrize(
    ("path", "members", "expected"),
    [
        ("out/a.log", (), "out/a.log"),
        ("./out/a.log", (), "out/a.log"),
        ("../a.log", (), "../a.log"),
        ("/var/a b.log", (), "file:///var/a%20b.log"),
        ("c:/x", (), "c%3A/x"),
        ("javascript:alert(1)", (), "javascript%3Aalert(1)"),
        ("a?b#c%d", ("e",), "a%3Fb%23c%25d!/e"),
        ("\u65e5.log", (), "%E6%97%A5.log"),
        ("name\udcff", (), "name%FF"),
        ("\ud800", (), "%EF%BF%BD"),
        ("-", (), "-"),
        (".", (), "."),
    ],
)
def test_uris(path, members, expected):
    """A URI is relative, encoded, and cannot have a scheme of its own."""
    assert expected == uri_of(path, members)


def test_an_odd_weakness_or_link_is_left_out():
    """A rule with a CWE or reference that is none is described without it."""
    rule = kit.Rule(
        "odd", "Odd", "ODD", kit.Category.SECRET, Severity.INFO, kit.Confidence.LOW, "odd",
        cwe="see docs", reference="javascript:alert(1)",
    )  # fmt: skip
    run = run_of(kit.verdict(kit.decision(Action.BLOCK, kit.finding(rule=rule))))
    [described] = run["tool"]["driver"]["rules"]

    assert {"helpUri", "relationships"}.isdisjoint(described)
    assert "taxonomies" not in run


@given(text=HOSTILE)
def test_hostile_text_does_not_break_it(text):
    """ASCII, no lone surrogates, URIs of URI characters, regions that count from one."""
    written = rendered(SarifReporter(), everywhere(text))
    run = json.loads(written)["runs"][0]
    uris = [artifact["location"]["uri"] for artifact in run["artifacts"]]

    assert written.isascii()
    assert json.dumps(run, ensure_ascii=False).encode("utf-8")
    assert all(re.fullmatch(r"[A-Za-z0-9%/!()+,;=@~$&'*._:-]+", uri) for uri in uris)
    assert not any(re.match(r"(?!file:)[A-Za-z][A-Za-z0-9+.-]*:", uri) for uri in uris)


@given(text=HOSTILE)
def test_indices_hold(text):
    """Every index of a location, parent or rule points at its entry."""
    run = run_of(everywhere(text))
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        for location in (*result["locations"], *result.get("relatedLocations", ())):
            artifact = location["physicalLocation"]["artifactLocation"]
            if "uriBaseId" in artifact:
                continue
            assert run["artifacts"][artifact["index"]]["location"]["uri"] == artifact["uri"]
    for index, artifact in enumerate(run["artifacts"]):
        assert artifact.get("parentIndex", -1) < index


def test_long_names_are_cut():
    """Five megabytes of a name do not end up in the file."""
    assert len(rendered(SarifReporter(), everywhere("p" * 5_000_000))) < 200_000
