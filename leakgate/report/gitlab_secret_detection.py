"""
GitLab's secret detection report, schema 15.2.1: what its security dashboard and merge request widget read.

Holds what the policy blocks or warns of, personal data too: a leak is a leak to whoever reads that page.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import IO, Any

from leakgate.model.detection import Severity
from leakgate.model.result import ScanResult
from leakgate.model.verdict import Action, Decision, GapAction, Outcome, Verdict
from leakgate.report import phrases
from leakgate.report.arrangement import decisions_of, gap_groups
from leakgate.report.gitlab_places import fingerprint_of, repository_path
from leakgate.report.json_text import write_object
from leakgate.report.text_safety import NAME_LIMIT, PATH_LIMIT, for_json, for_markdown, for_markdown_prose
from leakgate.report.waiver_lines import listed, waiver_line

Json = dict[str, Any]

_VERSION = "15.2.1"
_SCHEMA = (
    "https://gitlab.com/gitlab-org/security-products/security-report-schemas/-/raw/v15.2.1/dist/"
    "secret-detection-report-format.json"
)
_HOME = "https://github.com/leakgate/leakgate"
_MOST = 10_000  # findings; GitLab reads no more of one report
_MESSAGES = 100
_NO_COMMIT = "0000000"  # what GitLab's own scanner writes for a scan that is not of a commit
_SEVERITIES = {
    Severity.CRITICAL: "Critical",
    Severity.HIGH: "High",
    Severity.MEDIUM: "Medium",
    Severity.LOW: "Low",
    Severity.INFO: "Info",
}


class GitlabSecretDetectionReporter:
    """`now` is when the scan ended; it began as long before as it took."""

    def __init__(self, now: datetime | None = None) -> None:
        self._now = now

    def render(self, result: ScanResult, verdict: Verdict, out: IO[str]) -> None:
        ended = (self._now or datetime.now(UTC)).replace(microsecond=0)
        began = ended - timedelta(seconds=round(result.timing.seconds))
        told = decisions_of(verdict, Action.BLOCK, Action.WARN)
        write_object(
            {
                "version": _VERSION,
                "schema": _SCHEMA,
                "scan": _scan(result, verdict, (began, ended), left_out=len(told) - _MOST),
                "vulnerabilities": [_vulnerability(decision) for decision in told[:_MOST]],
            },
            out,
        )
        out.write("\n")


def _scan(result: ScanResult, verdict: Verdict, times: tuple[datetime, datetime], left_out: int) -> Json:
    who = {
        "id": "leakgate",
        "name": "leakgate",
        "url": _HOME,
        "version": for_json(result.tool_version, NAME_LIMIT),
        "vendor": {"name": "leakgate"},
    }
    began, ended = (f"{time:%Y-%m-%dT%H:%M:%S}" for time in times)
    return {
        "type": "secret_detection",
        "status": "failure" if verdict.interrupted or verdict.outcome is Outcome.INCOMPLETE else "success",
        "start_time": began,
        "end_time": ended,
        "analyzer": who,
        "scanner": who,
        "messages": _messages(verdict, left_out),
    }


def _messages(verdict: Verdict, left_out: int) -> list[Json]:
    """Gaps: the page must not look clean because something was not looked at."""
    told = [decision for group in gap_groups(verdict) for decision in group.decisions]
    messages = [
        {
            "level": "warn" if decision.action in (GapAction.WARN, GapAction.ALLOWED) else "fatal",
            "value": for_json(
                f"Not fully scanned: {phrases.gap_place(decision.gap)}: {decision.gap.detail}", PATH_LIMIT * 2
            ),
        }
        for decision in told[:_MESSAGES]
    ]
    if len(told) > _MESSAGES:
        messages.append({"level": "warn", "value": f"{len(told) - _MESSAGES:,} more gaps in coverage."})
    for use in listed(verdict)[:_MESSAGES]:
        level = "info" if use.state.waives else "warn"
        messages.append({"level": level, "value": for_json(f"Waiver {waiver_line(use)}", PATH_LIMIT * 2)})
    if left_out > 0:
        messages.append({"level": "warn", "value": f"{left_out:,} findings, the least severe, are left out."})
    return messages


def _vulnerability(decision: Decision) -> Json:
    finding = decision.finding
    return {
        "id": fingerprint_of(finding),
        "category": "secret_detection",
        "name": for_json(finding.rule.name, NAME_LIMIT),
        "description": _description(decision),
        "severity": _SEVERITIES[finding.rule.severity],
        "solution": for_json(finding.rule.remediation or "Keep the value out of what the tests write.", 6000),
        "identifiers": _identifiers(decision),
        "location": _location(decision),
        "raw_source_code_extract": for_json(finding.masked, NAME_LIMIT),
    }


def _description(decision: Decision) -> str:
    """Markdown, which is how GitLab shows it."""
    finding = decision.finding
    at = finding.location
    place = for_markdown(phrases.artifact_path(at.path, at.members) + phrases.position(at), PATH_LIMIT)
    because = for_markdown_prose(finding.because)
    judged = (
        f"{finding.confidence.value} confidence; {decision.action.value} by {for_markdown(decision.clause)}"
    )
    text = f"{for_markdown_prose(finding.rule.name)} in {place}: {because} ({judged})."
    if finding.test:
        text += f" Written by the test {for_markdown(finding.test.id, NAME_LIMIT)}."
    return text


def _identifiers(decision: Decision) -> list[Json]:
    rule = decision.finding.rule
    identifiers: list[Json] = [
        {
            "type": "leakgate_rule_id",
            "name": f"leakgate rule {for_json(rule.id, NAME_LIMIT)}",
            "value": for_json(rule.id, NAME_LIMIT),
        }
    ]
    number = rule.cwe.removeprefix("CWE-")
    if number.isdigit():
        url = f"https://cwe.mitre.org/data/definitions/{number}.html"
        identifiers.append({"type": "cwe", "name": f"CWE-{number}", "value": number, "url": url})
    return identifiers


def _location(decision: Decision) -> Json:
    at = decision.finding.location
    location: Json = {
        "file": repository_path(at.path, at.members),
        "commit": {"sha": _NO_COMMIT},
    }
    if at.line is not None:
        location |= {"start_line": at.line, "end_line": at.end_line or at.line}
    if decision.finding.test:
        location["method"] = for_json(decision.finding.test.id, NAME_LIMIT)
    return location
