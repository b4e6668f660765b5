"""When a clause holds."""

from __future__ import annotations

import pytest

from leakgate.model.detection import Category, Confidence, Severity
from leakgate.model.finding import Finding
from leakgate.policy.place import Place
from tests.unit.policy.cases import finding, policy, rule, seen

CASES: dict[str, tuple[str, Finding, bool]] = {
    "nothing": ("{}", finding(), True),
    "category": ("{category: secret}", finding(), True),
    "category-other": ("{category: [pii, hygiene]}", finding(), False),
    "entity": ("{entity: FORGE_TOKEN}", finding(), True),
    "entity-glob": ("{entity: ['US_*', 'FORGE_*']}", finding(), True),
    "entity-other": ("{entity: FORGE}", finding(), False),
    "rule-glob": ("{rule: 'detect-secrets/*'}", finding(of=rule(id="detect-secrets/aws")), True),
    "rule-other": ("{rule: forge}", finding(), False),
    "family": ("{family: forge}", finding(), True),
    "family-other": ("{family: cloud}", finding(), False),
    "severity": ("{severity: [low, critical]}", finding(), True),
    "severity-at-least": ("{severity: {at_least: high}}", finding(), True),
    "severity-equal": ("{severity: {at_least: low}}", finding(of=rule(severity=Severity.LOW)), True),
    "severity-below": ("{severity: {at_least: high}}", finding(of=rule(severity=Severity.MEDIUM)), False),
    "severity-at-most": ("{severity: {at_most: medium}}", finding(), False),
    "confidence": ("{confidence: high}", finding(), True),
    "confidence-of-finding": ("{confidence: high}", finding(confidence=Confidence.LOW), False),
    "synthetic": ("{synthetic: true}", finding(synthetic="test card"), True),
    "synthetic-empty-reason": ("{synthetic: true}", finding(synthetic=""), True),
    "not-synthetic": ("{synthetic: true}", finding(), False),
    "synthetic-false": ("{synthetic: false}", finding(), True),
    "count": ("{count: {at_least: 2}}", finding(occurrences=2), True),
    "count-below": ("{count: {at_least: 2}}", finding(), False),
    "count-above": ("{count: {at_most: 2}}", finding(occurrences=3), False),
    "path": ("{path: 'out/*'}", finding(), True),
    "path-other": ("{path: ['in/**', '*.har']}", finding(), False),
    "test": ("{test: 'tests.login::*'}", finding(seen(test="tests.login::test_a/b")), True),
    "test-none": ("{test: '*'}", finding(), False),
    "decoded": ("{decoded: true}", finding(seen(decoded=("base64",))), True),
    "decoded-not": ("{decoded: false}", finding(seen(decoded=("base64",))), False),
    "all-must-hold": ("{category: secret, confidence: low}", finding(), False),
    "all-hold": ("{category: secret, confidence: high, path: '*.log'}", finding(), True),
    "carrier": ("{carrier: [har, log]}", finding(), True),
    "carrier-other": ("{carrier: har}", finding(), False),
    "carrier-encoding": ("{carrier: base64}", finding(seen(decoded=("gzip", "base64"))), True),
    "carrier-archive": ("{carrier: [archive]}", finding(seen("a.zip", "b.bin")), True),
    "new": ("{new_only: true}", finding(), True),
    "new-not-asked": ("{new_only: false}", finding(), True),
    "known": ("{known: true}", finding(), False),
    "expr": ("{expr: \"finding.entity.startsWith('FORGE')\"}", finding(), True),
    "expr-other": ("{expr: finding.count > 1}", finding(), False),
    "expr-and-others": ("{category: pii, expr: finding.count == 1}", finding(), False),
    "pii": ("{category: pii}", finding(of=rule(category=Category.PII)), True),
}


@pytest.mark.parametrize(("when", "found", "holds"), CASES.values(), ids=CASES.keys())
def test_when(when: str, found: Finding, holds: bool):
    """A clause holds when each of its conditions does, by any of its alternatives."""
    clause = policy(f"{{id: a, when: {when}, then: block}}").clauses[0]

    assert holds is clause.when.holds(found, Place(found.sightings[0]))
