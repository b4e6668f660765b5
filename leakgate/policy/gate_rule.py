"""The rule behind findings that say: this change touches the gate that judges it."""

from __future__ import annotations

from leakgate.model.detection import Category, Confidence, Rule, Severity

GATE_RULE = Rule(
    id="gate-change",
    name="Change of the gate itself",
    entity="GATE_CHANGE",
    category=Category.HYGIENE,
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    family="gate",
    cwe="CWE-693",
    remediation="Have the owners of the gate review it, and merge it apart from what it would let through.",
)
