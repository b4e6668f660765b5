"""Policies and findings for policy tests, built from a few words."""

from __future__ import annotations

from dataclasses import replace

from leakgate.model.detection import Category, Confidence, Rule, Severity
from leakgate.model.finding import Finding, Location, Sighting
from leakgate.model.gap import Gap, GapReason, Stage
from leakgate.model.result import Coverage
from leakgate.model.segment import TestRef
from leakgate.policy.load import load_policy
from leakgate.policy.policy import Policy

SOMETHING = Coverage(artifacts=1, bytes_scanned=100)
RULE = Rule(
    id="forge-token",
    name="Forge access token",
    entity="FORGE_TOKEN",
    category=Category.SECRET,
    severity=Severity.CRITICAL,
    confidence=Confidence.HIGH,
    family="forge",
)


def policy(*clauses: str, rest: str = "") -> Policy:
    """The policy of these clauses, each in flow style, and of further top-level lines."""
    listed = "".join(f"  - {clause}\n" for clause in clauses)
    return load_policy("p.yaml", text=f"version: 1\n{rest}\nclauses:\n{listed}")


def rule(
    *,
    category: Category = Category.SECRET,
    severity: Severity = Severity.CRITICAL,
    entity: str = "FORGE_TOKEN",
    id: str = "forge-token",
    family: str = "forge",
) -> Rule:
    return replace(RULE, category=category, severity=severity, entity=entity, id=id, family=family)


def seen(
    path: str = "out/ci.log", *members: str, test: str | None = None, decoded: tuple[str, ...] = ()
) -> Sighting:
    where = Location(path, members, 10, 20, line=1, column=11, decoded=decoded)
    return Sighting(where, None if test is None else TestRef(test))


def finding(
    *sightings: Sighting,
    of: Rule = RULE,
    confidence: Confidence = Confidence.HIGH,
    synthetic: str | None = None,
    occurrences: int | None = None,
    fingerprint: str = "lg1:00",
) -> Finding:
    places = sightings or (seen(),)
    times = len(places) if occurrences is None else occurrences
    return Finding(fingerprint, of, confidence, "frg_****", "checksum", synthetic, places, times)


def gap(reason: GapReason = GapReason.TOO_LARGE, path: str = "core.1234") -> Gap:
    return Gap(path, (), Stage.UNPACK, reason, "over a limit")
