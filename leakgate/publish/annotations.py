"""
Findings as notes beside lines of source: what services show in the diff.

A leak is seen in an artifact, which is in no diff. The note goes to the line of source that wrote it, else to
the test that did, else to the artifact.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from leakgate.model.verdict import Action, Decision, Verdict
from leakgate.report import phrases
from leakgate.report.arrangement import decisions_of
from leakgate.report.github_commands import source_of
from leakgate.report.text_safety import NAME_LIMIT, PATH_LIMIT, visible


@dataclass(frozen=True, slots=True)
class Annotation:
    """`line` is 1-based; `blocking` tells an error from a warning. All text is one visible line."""

    path: str
    line: int
    blocking: bool
    title: str
    message: str


def notes(verdict: Verdict) -> Iterator[Annotation]:
    """New findings first, then what blocks, then by severity."""
    told = decisions_of(verdict, Action.BLOCK, Action.WARN)
    for decision in sorted(told, key=lambda one: one.known):
        yield _annotation(decision)


def _annotation(decision: Decision) -> Annotation:
    finding = decision.finding
    at = finding.location
    path, line = source_of(finding)
    seen = visible(phrases.artifact_path(at.path, at.members) + phrases.position(at), PATH_LIMIT)
    test = f" Written by the test {visible(finding.test.id, NAME_LIMIT)}." if finding.test else ""
    fix = f" {finding.rule.remediation}" if finding.rule.remediation else ""
    return Annotation(
        path=visible(path, PATH_LIMIT),
        line=line,
        blocking=decision.action is Action.BLOCK,
        title=visible(f"{finding.rule.severity.value}: {finding.rule.name}", NAME_LIMIT),
        message=visible(f"{finding.masked} in {seen}: {finding.because}.{test}{fix}", 2 * NAME_LIMIT + 400),
    )
