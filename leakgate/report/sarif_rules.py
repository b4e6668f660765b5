"""
Rules in SARIF: what the tool looks for, and how its rules relate to CWE.

Levels and numbers follow what GitHub code scanning reads ("SARIF support for code scanning").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from leakgate.model.detection import Confidence, Rule, Severity
from leakgate.model.expressions import expression
from leakgate.report.text_safety import LINE_LIMIT, NAME_LIMIT, for_json, for_markdown_prose, for_sarif

Json = dict[str, Any]

LEVELS = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "note",
    Severity.INFO: "note",
}
# GitHub: over 9.0 critical, 7.0 to 8.9 high, 4.0 to 6.9 medium, 0.1 to 3.9 low.
_SCORES = {
    Severity.CRITICAL: "9.5",
    Severity.HIGH: "8.0",
    Severity.MEDIUM: "5.5",
    Severity.LOW: "2.0",
    Severity.INFO: "0.1",
}
_PRECISIONS = {Confidence.HIGH: "high", Confidence.MEDIUM: "medium", Confidence.LOW: "low"}
_CWE = expression(r"CWE-(\d{1,5})", re.IGNORECASE)
_WEB = expression(r"https?://[!-~]{1,500}")


def cwe_taxonomy(rules: Sequence[Rule]) -> Json:
    """The CWE entries that the rules name, as a `toolComponent`."""
    return {
        "name": "CWE",
        "organization": "MITRE",
        "shortDescription": {"text": "The MITRE Common Weakness Enumeration"},
        "informationUri": "https://cwe.mitre.org/",
        "isComprehensive": False,
        "taxa": [
            {"id": number, "helpUri": f"https://cwe.mitre.org/data/definitions/{number}.html"}
            for number in cwe_numbers(rules)
        ],
    }


def cwe_numbers(rules: Sequence[Rule]) -> list[str]:
    """Every CWE number that a rule names, ascending."""
    return sorted({number for rule in rules if (number := _cwe(rule))}, key=int)


def descriptor(rule: Rule, taxa: Sequence[str]) -> Json:
    """A rule as a `reportingDescriptor`; `taxa` are the numbers of the CWE taxonomy, in its order."""
    level = LEVELS[rule.severity]
    described: Json = {
        "id": for_json(rule.id, NAME_LIMIT),
        "name": _identifier(rule.id),
        "shortDescription": {"text": for_sarif(rule.name, NAME_LIMIT)},
        "fullDescription": {"text": for_sarif(f"{rule.name} ({rule.entity}) in the output of a test run")},
        "help": _help(rule),
        "defaultConfiguration": {"level": level},
        "properties": {
            "tags": _tags(rule),
            "security-severity": _SCORES[rule.severity],
            "precision": _PRECISIONS[rule.confidence],
            "problem.severity": {"note": "recommendation"}.get(level, level),
        },
    }
    if rule.cwe:
        described["properties"]["cwe"] = for_sarif(rule.cwe, NAME_LIMIT)
    if _WEB.fullmatch(rule.reference):
        described["helpUri"] = rule.reference
    number = _cwe(rule)
    if number:
        target = {"id": number, "index": taxa.index(number), "toolComponent": {"name": "CWE", "index": 0}}
        described["relationships"] = [{"target": target, "kinds": ["relevant"]}]
    return described


def _help(rule: Rule) -> Json:
    advice = rule.remediation or "Keep the value out of what tests write, and replace it if it was real."
    return {"text": for_sarif(advice), "markdown": for_markdown_prose(advice, LINE_LIMIT)}


def _tags(rule: Rule) -> list[str]:
    tags = ["security", rule.category.value, for_sarif(rule.family, NAME_LIMIT)]
    number = _cwe(rule)
    return [*tags, f"external/cwe/cwe-{number.zfill(3)}"] if number else tags


def _cwe(rule: Rule) -> str:
    hit = _CWE.fullmatch(rule.cwe.strip())
    return str(int(hit[1])) if hit else ""


def _identifier(rule_id: str) -> str:
    """Pascal case, as SARIF wants a rule's `name` (section 3.49.7)."""
    words = re.findall(r"[A-Za-z0-9]+", rule_id)
    return "".join(word[0].upper() + word[1:] for word in words)[:NAME_LIMIT] or "Rule"
