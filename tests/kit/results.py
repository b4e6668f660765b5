"""
Results and verdicts for report tests, built from a few words.

Values are made up; nothing here looks like a live token.
"""

from __future__ import annotations

from collections.abc import Iterable

from leakgate.model.detection import Category, Confidence, Rule, Severity
from leakgate.model.finding import Finding, Location, Sighting
from leakgate.model.gap import Gap, GapReason, Stage
from leakgate.model.result import Coverage, PolicyIdentity, ScanResult, Timing
from leakgate.model.segment import TestRef
from leakgate.model.verdict import Action, Decision, GapAction, GapDecision, Outcome, Verdict

TOKEN_RULE = Rule(
    id="forge-token",
    name="Forge access token",
    entity="FORGE_TOKEN",
    category=Category.SECRET,
    severity=Severity.CRITICAL,
    confidence=Confidence.HIGH,
    family="forge",
    provider="Forge",
    prefix="frg_",
    cwe="CWE-798",
    reference="https://example.com/forge/tokens",
    remediation="Revoke the token in the settings of Forge, then read it from the environment.",
)
EMAIL_RULE = Rule(
    id="email-address",
    name="E-mail address",
    entity="EMAIL_ADDRESS",
    category=Category.PII,
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    family="contact",
    cwe="CWE-359",
)
RULES = (TOKEN_RULE, EMAIL_RULE)


def location(
    path: str = "out/run.log",
    *members: str,
    line: int | None = 12,
    column: int | None = 40,
    pointer: str | None = None,
    decoded: tuple[str, ...] = (),
    byte_start: int = 901,
) -> Location:
    """A place forty bytes wide."""
    return Location(
        path=path,
        members=members,
        byte_start=byte_start,
        byte_end=byte_start + 40,
        line=line,
        column=column,
        end_line=line,
        end_column=None if column is None else column + 40,
        pointer=pointer,
        decoded=decoded,
    )


def finding(
    *sightings: Sighting,
    rule: Rule = TOKEN_RULE,
    fingerprint: str = "lg1:00c0ffee",
    masked: str = "frg_****",
    because: str = "prefix and checksum match",
    synthetic: str | None = None,
    occurrences: int | None = None,
) -> Finding:
    """A finding in `out/run.log` unless it is told where."""
    places = sightings or (Sighting(location(), TestRef("tests.test_orders::test_checkout")),)
    return Finding(
        fingerprint=fingerprint,
        rule=rule,
        confidence=rule.confidence,
        masked=masked,
        because=because,
        synthetic=synthetic,
        sightings=places,
        occurrences=len(places) if occurrences is None else occurrences,
    )


def gap(
    path: str = "core.1234",
    *members: str,
    reason: GapReason = GapReason.TOO_LARGE,
    detail: str = "over the 4 GiB limit of a file: split it, or raise limits.max_artifact_bytes",
) -> Gap:
    """Something that unpacking did not look at."""
    return Gap(path, members, Stage.UNPACK, reason, detail)


def decision(
    action: Action, found: Finding | None = None, *, clause: str = "secrets/high", waiver: str | None = None
) -> Decision:
    """One finding with its fate."""
    return Decision(found or finding(), action, clause, waiver)


def gap_decision(action: GapAction, missed: Gap | None = None, *, clause: str = "coverage") -> GapDecision:
    """One gap with its fate."""
    return GapDecision(missed or gap(), action, clause)


def verdict(
    *decided: Decision | GapDecision, reasons: Iterable[str] = (), interrupted: bool = False
) -> Verdict:
    """The verdict that follows from the decisions."""
    decisions = tuple(one for one in decided if isinstance(one, Decision))
    gaps = tuple(one for one in decided if isinstance(one, GapDecision))
    return Verdict(_outcome(decisions, gaps, interrupted), decisions, gaps, tuple(reasons), interrupted)


def result(judged: Verdict, *, rules: tuple[Rule, ...] = RULES, ephemeral_key: bool = False) -> ScanResult:
    """The scan that led to the verdict."""
    return ScanResult(
        findings=tuple(one.finding for one in judged.decisions),
        gaps=tuple(one.gap for one in judged.gaps),
        coverage=Coverage(artifacts=12, members=88, bytes_scanned=1 << 20, bytes_decoded=4096),
        timing=Timing(0.42, {"unpack": 0.1, "detect": 0.2}),
        rules=rules,
        rules_digest="sha256:" + "ab" * 32,
        policy=PolicyIdentity("default", "sha256:" + "cd" * 32, "builtin"),
        tool_version="1.2.3",
        ephemeral_key=ephemeral_key,
    )


def _outcome(decisions: tuple[Decision, ...], gaps: tuple[GapDecision, ...], interrupted: bool) -> Outcome:
    blocks = any(one.action is Action.BLOCK for one in decisions)
    if blocks or any(one.action is GapAction.BLOCK for one in gaps):
        return Outcome.BLOCK
    if interrupted or any(one.action is GapAction.INCOMPLETE for one in gaps):
        return Outcome.INCOMPLETE
    return Outcome.PASS
