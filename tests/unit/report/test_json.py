"""The JSON report keeps its promise to programs."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given

from leakgate.model.detection import Category, Confidence, Severity
from leakgate.model.gap import GapReason, Stage
from leakgate.model.segment import TestRef
from leakgate.model.verdict import Action, GapAction, Outcome
from leakgate.report import json_wire
from leakgate.report.json_schema import result_schema
from leakgate.report.json_v1 import JsonReporter
from tests.kit import results as kit
from tests.unit.report.hostile import HOSTILE, everywhere, rendered

PUBLISHED = Path(__file__).parents[3] / "docs" / "result.schema.json"
VALIDATOR = jsonschema.Draft202012Validator(result_schema())


def test_the_whole_document():
    """One blocked finding, one gap: every key, in the order of the contract."""
    place = kit.location("out/report.zip", "data/trace.zip", pointer="/request/body", decoded=("base64",))
    found = kit.finding(
        kit.Sighting(place, TestRef("tests.test_a::test_b", "tests/test_a.py", 41)), occurrences=3
    )
    judged = kit.verdict(
        kit.decision(Action.BLOCK, found), kit.gap_decision(GapAction.WARN), reasons=["1 finding is blocked."]
    )
    location = {
        "path": "out/report.zip",
        "members": ["data/trace.zip"],
        "pointer": "/request/body",
        "decoded": ["base64"],
        "line": 12,
        "column": 40,
        "end_line": 12,
        "end_column": 80,
        "byte_start": 901,
        "byte_end": 941,
    }
    test = {"id": "tests.test_a::test_b", "file": "tests/test_a.py", "line": 41}
    expected = {
        "schema": "leakgate.result/1",
        "tool": {"name": "leakgate", "version": "1.2.3", "rules_digest": "sha256:" + "ab" * 32},
        "policy": {"name": "default", "digest": "sha256:" + "cd" * 32, "source": "builtin"},
        "run": {"started": None, "ended": None, "commit": None, "url": None},
        "verdict": {
            "outcome": "block",
            "exit_code": 1,
            "reasons": ["1 finding is blocked."],
            "counts": {"block": 1, "warn": 0, "waived": 0, "baselined": 0, "allowed": 0},
            "gap_counts": {"block": 0, "incomplete": 0, "warn": 1, "allowed": 0},
        },
        "findings": [
            {
                "fingerprint": "lg1:00c0ffee",
                "rule": "forge-token",
                "entity": "FORGE_TOKEN",
                "category": "secret",
                "data_class": "credential",
                "regulations": ["GDPR Art. 32(1)", "PCI DSS 8.6.2"],
                "severity": "critical",
                "confidence": "high",
                "masked": "frg_****",
                "because": "prefix and checksum match",
                "synthetic": None,
                "location": location,
                "test": test,
                "emitter": None,
                "occurrences": 3,
                "locations": [{**location, "test": test, "emitter": None}],
                "decision": {"action": "block", "clause": "secrets/high", "waiver": None, "known": False},
            }
        ],
        "gaps": [
            {
                "path": "core.1234",
                "members": [],
                "stage": "unpack",
                "reason": "too_large",
                "detail": "over the 4 GiB limit of a file: split it, or raise limits.max_artifact_bytes",
                "decision": {"action": "warn", "clause": "coverage"},
            }
        ],
        "coverage": {
            "artifacts": 12,
            "members": 88,
            "bytes_scanned": 1048576,
            "bytes_decoded": 4096,
            "skipped": 0,
            "from_cache": 0,
            "pictures": 0,
        },
        "timing": {"seconds": 0.42, "stages": {"unpack": 0.1, "detect": 0.2}},
        "ephemeral_key": False,
        "key_check": None,
        "rules": [
            {
                "id": "forge-token",
                "name": "Forge access token",
                "entity": "FORGE_TOKEN",
                "category": "secret",
                "severity": "critical",
                "confidence": "high",
                "family": "forge",
                "provider": "Forge",
                "cwe": "CWE-798",
                "reference": "https://example.com/forge/tokens",
                "remediation": kit.TOKEN_RULE.remediation,
            }
        ],
        "waivers": [],
        "baseline": None,
    }

    text = rendered(JsonReporter(), judged)

    assert json.dumps(expected) == json.dumps(json.loads(text))


CASES = {
    "nothing": kit.verdict(),
    "one": kit.verdict(kit.decision(Action.BLOCK)),
    "waived and baselined": kit.verdict(
        kit.decision(Action.WAIVED, waiver="fixture"), kit.decision(Action.BASELINED, clause="baseline")
    ),
    "gaps only": kit.verdict(*(kit.gap_decision(action) for action in GapAction)),
    "interrupted": kit.verdict(interrupted=True),
    "many": kit.verdict(*[kit.decision(Action.WARN)] * 1000),
    "long": everywhere("x" * 100_000),
}


@pytest.mark.parametrize("judged", CASES.values(), ids=CASES.keys())
def test_every_report_is_valid(judged):
    """Whatever was found, the document fits its schema."""
    VALIDATOR.validate(json.loads(rendered(JsonReporter(), judged)))


@given(text=HOSTILE)
def test_hostile_text_does_not_break_it(text):
    """The document stays ASCII, parses, fits its schema and can be encoded as UTF-8."""
    written = rendered(JsonReporter(), everywhere(text))
    document = json.loads(written)

    assert written.isascii()
    VALIDATOR.validate(document)
    assert json.dumps(document, ensure_ascii=False).encode("utf-8")


def test_the_published_schema_is_that_of_the_code():
    """`docs/result.schema.json` is the output of `python -m leakgate.report.json_schema`."""
    assert result_schema() == json.loads(PUBLISHED.read_text(encoding="utf-8"))


def test_the_schema_is_a_schema():
    """It is valid JSON Schema 2020-12."""
    jsonschema.Draft202012Validator.check_schema(result_schema())


@pytest.mark.parametrize("where", [(), ("verdict",), ("verdict", "counts"), ("coverage",)], ids=str)
def test_an_unknown_key_is_refused(where):
    """No object of the document may hold a key that the schema does not name."""
    document = json.loads(rendered(JsonReporter(), kit.verdict()))
    inner = document
    for key in where:
        inner = inner[key]
    inner["surprise"] = 1

    assert not VALIDATOR.is_valid(document)


@pytest.mark.parametrize(
    ("words", "enumeration"),
    [
        (json_wire.ActionWord, Action),
        (json_wire.GapActionWord, GapAction),
        (json_wire.OutcomeWord, Outcome),
        (json_wire.CategoryWord, Category),
        (json_wire.SeverityWord, Severity),
        (json_wire.ConfidenceWord, Confidence),
        (json_wire.StageWord, Stage),
        (json_wire.ReasonWord, GapReason),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_the_words_are_those_of_the_model(words, enumeration):
    """A word that is added to the model must be added to the promise."""
    assert tuple(enumeration) == words.__args__


def test_the_same_result_gives_the_same_bytes():
    """Rendering is a pure function."""
    judged = everywhere("x")
    scanned = dataclasses.replace(kit.result(judged), tool_version="9")

    assert rendered(JsonReporter(), judged, scanned) == rendered(JsonReporter(), judged, scanned)
