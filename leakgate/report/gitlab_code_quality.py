"""
GitLab's code quality report: findings as annotations in the merge request, in every tier of GitLab.

Holds what the policy blocks or warns of, and gaps, since this format has no other place for them.
"""

from __future__ import annotations

import hashlib
from typing import IO, Any

from leakgate.model.acceptance import WaiverUse
from leakgate.model.detection import Severity
from leakgate.model.result import ScanResult
from leakgate.model.verdict import Action, Decision, GapAction, GapDecision, Verdict
from leakgate.report import phrases
from leakgate.report.arrangement import decisions_of, gap_groups
from leakgate.report.gitlab_places import fingerprint_of, repository_path
from leakgate.report.json_text import encode
from leakgate.report.text_safety import LINE_LIMIT, NAME_LIMIT, for_json, visible
from leakgate.report.waiver_lines import listed, waiver_line

Json = dict[str, Any]

_MOST = 10_000  # entries; GitLab shows a few hundred
_SEVERITIES = {
    Severity.CRITICAL: "blocker",
    Severity.HIGH: "critical",
    Severity.MEDIUM: "major",
    Severity.LOW: "minor",
    Severity.INFO: "info",
}
_GAP_SEVERITIES = {
    GapAction.BLOCK: "critical",
    GapAction.INCOMPLETE: "critical",
    GapAction.WARN: "minor",
    GapAction.ALLOWED: "info",
}


class GitlabCodeQualityReporter:
    """One array; an entry for each finding and each gap."""

    def render(self, result: ScanResult, verdict: Verdict, out: IO[str]) -> None:
        entries = [_finding(decision) for decision in decisions_of(verdict, Action.BLOCK, Action.WARN)]
        entries += [_gap(decision) for group in gap_groups(verdict) for decision in group.decisions]
        entries += [_waiver(use) for use in listed(verdict)]
        out.write("[")
        for number, entry in enumerate(entries[:_MOST]):
            out.write(f"{',' if number else ''}\n{encode(entry)}")
        out.write("\n]\n")


def _finding(decision: Decision) -> Json:
    finding = decision.finding
    at = finding.location
    test = f" Written by the test {finding.test.id}." if finding.test else ""
    because = f"{finding.because} ({decision.action.value} by {decision.clause})"
    return {
        "description": visible(f"{finding.rule.name} {finding.masked}: {because}.{test}", LINE_LIMIT),
        "check_name": for_json(finding.rule.id, NAME_LIMIT),
        "fingerprint": fingerprint_of(finding),
        "severity": _SEVERITIES[finding.rule.severity],
        "location": {"path": repository_path(at.path, at.members), "lines": {"begin": at.line or 1}},
    }


def _gap(decision: GapDecision) -> Json:
    gap = decision.gap
    path = repository_path(gap.path, gap.members)
    identity = "\0".join((gap.reason.value, gap.path, *gap.members, gap.detail))
    return {
        "description": visible(
            f"Not fully scanned, {phrases.GAP_WORDS[gap.reason]}: {gap.detail}", LINE_LIMIT
        ),
        "check_name": f"gap/{gap.reason.value}",
        "fingerprint": hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest(),
        "severity": _GAP_SEVERITIES[decision.action],
        "location": {"path": path, "lines": {"begin": 1}},
    }


def _waiver(use: WaiverUse) -> Json:
    """Beside nothing in the change: the file of waivers is where it is written."""
    return {
        "description": visible(f"Waiver {waiver_line(use)}. {use.detail}", LINE_LIMIT),
        "check_name": f"waiver/{use.state.value}",
        "fingerprint": hashlib.sha256(f"waiver\0{use.id}".encode("utf-8", "surrogatepass")).hexdigest(),
        "severity": "info" if use.state.waives else "minor",
        "location": {"path": ".leakgate/waivers.yaml", "lines": {"begin": 1}},
    }
