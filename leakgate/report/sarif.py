"""
The SARIF 2.1.0 report: for code scanning services and editors.

What the policy blocks is an error, what it warns of a warning; what it lets through is a suppressed
note. Gaps are notifications of the invocation. Keeps to GitHub's limits, and says so where one is hit.
"""

from __future__ import annotations

from typing import IO, Any

from leakgate.model.data_class import data_class_of
from leakgate.model.finding import Finding
from leakgate.model.result import ScanResult
from leakgate.model.verdict import Action, Decision, GapAction, GapDecision, Outcome, Verdict
from leakgate.report import phrases
from leakgate.report.arrangement import decisions_of, fired, gap_groups
from leakgate.report.json_text import write_object
from leakgate.report.sarif_accepted import waiver_properties, with_acceptance
from leakgate.report.sarif_places import (
    SOURCE_ROOT,
    ArtifactTable,
    artifact_location,
    gap_location,
    sighting_location,
)
from leakgate.report.sarif_rules import cwe_numbers, cwe_taxonomy, descriptor
from leakgate.report.text_safety import NAME_LIMIT, PATH_LIMIT, for_json, for_sarif

Json = dict[str, Any]

# GitHub refuses a run with more results, or with more rules.
_MOST = 25_000
_NOTIFICATIONS = 1_000
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_HOME = "https://github.com/leakgate/leakgate"

_LEVELS = {
    Action.BLOCK: "error",
    Action.WARN: "warning",
    Action.WAIVED: "note",
    Action.BASELINED: "note",
    Action.ALLOWED: "note",
}
_GAP_LEVELS = {
    GapAction.BLOCK: "error",
    GapAction.INCOMPLETE: "error",
    GapAction.WARN: "warning",
    GapAction.ALLOWED: "note",
}


class SarifReporter:
    """One document with one run."""

    def __init__(self, most_results: int = _MOST) -> None:
        self._most = most_results

    def render(self, result: ScanResult, verdict: Verdict, out: IO[str]) -> None:
        run = _run(result, verdict, self._most)
        out.write(f'{{"$schema": "{_SCHEMA}", "version": "2.1.0", "runs": [')
        write_object(run, out)
        out.write("]}\n")


def _run(result: ScanResult, verdict: Verdict, most: int) -> Json:
    rules = fired(verdict)[:_MOST]
    indices = {rule.id: index for index, rule in enumerate(rules)}
    taxa = cwe_numbers(rules)
    artifacts = ArtifactTable()
    decisions = decisions_of(verdict, *Action)
    left_out = len(decisions) - most
    results = [
        with_acceptance(_result(one, indices, artifacts, result.ephemeral_key), one, verdict)
        for one in decisions[:most]
    ]
    run: Json = {
        "tool": {"driver": _driver(result, verdict, [descriptor(rule, taxa) for rule in rules])},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {SOURCE_ROOT: {"description": {"text": "The checkout that was tested."}}},
        "invocations": [_invocation(verdict, artifacts, left_out)],
        "results": results,
        "artifacts": artifacts.entries,
        "properties": _properties(result, verdict),
    }
    if taxa:
        run["taxonomies"] = [cwe_taxonomy(rules)]
        run["tool"]["driver"]["supportedTaxonomies"] = [{"name": "CWE", "index": 0}]
    return run


def _driver(result: ScanResult, verdict: Verdict, rules: list[Json]) -> Json:
    reasons = dict.fromkeys(group.reason for group in gap_groups(verdict))
    return {
        "name": "leakgate",
        "version": for_sarif(result.tool_version, NAME_LIMIT),
        "informationUri": _HOME,
        "rules": rules,
        "notifications": [
            {"id": f"gap/{reason.value}", "shortDescription": {"text": phrases.GAP_WORDS[reason]}}
            for reason in reasons
        ],
    }


def _result(decision: Decision, indices: dict[str, int], artifacts: ArtifactTable, ephemeral: bool) -> Json:
    finding = decision.finding
    shown: Json = {"ruleId": for_json(finding.rule.id, NAME_LIMIT)}
    if finding.rule.id in indices:
        shown["ruleIndex"] = indices[finding.rule.id]
    shown |= {
        "level": _LEVELS[decision.action],
        "message": {"text": _message(decision)},
        "locations": [sighting_location(seen, artifacts) for seen in finding.sightings],
        "occurrenceCount": max(1, finding.occurrences),
        "rank": _rank(finding),
        "properties": _result_properties(decision),
    }
    seen = (artifact_location(one, artifacts, number) for number, one in enumerate(finding.sightings, 1))
    if related := [place for place in seen if place is not None]:
        shown["relatedLocations"] = related
    if not ephemeral:
        # Consumers match results of different runs by these; a key of one run would make all of them new.
        shown["partialFingerprints"] = {"leakgate/v1": for_json(finding.fingerprint, NAME_LIMIT)}
    if decision.action not in (Action.BLOCK, Action.WARN):
        shown["suppressions"] = [_suppression(decision)]
    return shown


def _message(decision: Decision) -> str:
    finding = decision.finding
    at = finding.location
    place = for_sarif(phrases.artifact_path(at.path, at.members), PATH_LIMIT) + phrases.position(at)
    what = f"{for_sarif(finding.rule.name, NAME_LIMIT)} {for_sarif(finding.masked, NAME_LIMIT)}"
    sentences = [f"{what} in {place}: {for_sarif(finding.because)}."]
    if finding.test:
        sentences.append(f"Written by the test {for_sarif(finding.test.id, NAME_LIMIT)}.")
    if finding.emitter:
        by = finding.emitter
        lead = phrases.emitted(by).capitalize()
        sentences.append(f"{lead} {for_sarif(phrases.written_by(by), PATH_LIMIT)}.")
    if finding.rule.remediation:
        sentences.append(for_sarif(finding.rule.remediation))
    return for_sarif(" ".join(sentences), limit=10_000)


def _suppression(decision: Decision) -> Json:
    by = f"waiver {decision.waiver}, " if decision.waiver else ""
    fake = f"; known fake: {decision.finding.synthetic}" if decision.finding.synthetic else ""
    why = f"{decision.action.value} by {by}policy clause {decision.clause}{fake}"
    return {"kind": "external", "status": "accepted", "justification": for_sarif(why)}


def _rank(finding: Finding) -> float:
    """0 to 100: a step of severity weighs more than all of confidence."""
    return 100.0 - 20.0 * finding.rule.severity.rank - 5.0 * finding.confidence.rank


def _result_properties(decision: Decision) -> Json:
    finding = decision.finding
    properties: Json = {
        "action": decision.action.value,
        "clause": for_sarif(decision.clause, NAME_LIMIT),
        "entity": for_sarif(finding.rule.entity, NAME_LIMIT),
        "dataClass": data_class_of(finding.rule).data_class.value,
        "regulations": list(data_class_of(finding.rule).regulations),
        "severity": finding.rule.severity.value,
        "confidence": finding.confidence.value,
        "fingerprint": for_sarif(finding.fingerprint, NAME_LIMIT),
    }
    if finding.location.decoded:
        properties["decoded"] = [for_sarif(name, NAME_LIMIT) for name in finding.location.decoded]
    return properties


def _invocation(verdict: Verdict, artifacts: ArtifactTable, left_out: int) -> Json:
    incomplete = any(decision.action is GapAction.INCOMPLETE for decision in verdict.gaps)
    whole = verdict.outcome is not Outcome.INCOMPLETE and not verdict.interrupted and not incomplete
    ordered = [decision for group in gap_groups(verdict) for decision in group.decisions]
    told = [_notification(decision, artifacts) for decision in ordered[:_NOTIFICATIONS]]
    if len(ordered) > _NOTIFICATIONS:
        told.append(_left_out(len(ordered) - _NOTIFICATIONS, "gaps in coverage"))
    if left_out > 0:
        told.append(_left_out(left_out, "findings, the least severe"))
    return {
        "executionSuccessful": whole,
        "exitCode": verdict.exit_code,
        "exitCodeDescription": phrases.headline_word(verdict).lower(),
        "toolExecutionNotifications": told,
    }


def _notification(decision: GapDecision, artifacts: ArtifactTable) -> Json:
    gap = decision.gap
    place = for_sarif(phrases.gap_place(gap), PATH_LIMIT)
    text = f"Not fully scanned, {phrases.GAP_WORDS[gap.reason]}: {place}. {for_sarif(gap.detail)}"
    notification: Json = {
        "descriptor": {"id": f"gap/{gap.reason.value}"},
        "level": _GAP_LEVELS[decision.action],
        "message": {"text": for_sarif(text, limit=10_000)},
        "properties": {"action": decision.action.value, "stage": gap.stage.value},
    }
    location = gap_location(gap, artifacts)
    return notification if location is None else {**notification, "locations": [location]}


def _left_out(count: int, what: str) -> Json:
    text = f"{count:,} {what}, are left out of this file, which services limit; see the JSON report."
    return {"level": "warning", "message": {"text": text}}


def _properties(result: ScanResult, verdict: Verdict) -> Json:
    return {
        "outcome": verdict.outcome.value,
        "reasons": [for_sarif(reason) for reason in verdict.reasons[:100]],
        "policy": for_sarif(result.policy.name, NAME_LIMIT),
        "policyDigest": for_sarif(result.policy.digest, NAME_LIMIT),
        "rulesDigest": for_sarif(result.rules_digest, NAME_LIMIT),
        "ephemeralFingerprints": result.ephemeral_key,
        "waivers": waiver_properties(verdict),
    }
