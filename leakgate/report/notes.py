"""
A finding as a note beside a line of source: what services show in the diff.

A leak is seen in an artifact, which is in no diff. The note goes to the line of source that wrote it, else to
the test that did, else to the artifact.
"""

from __future__ import annotations

from leakgate.model.finding import Finding
from leakgate.model.records import dataclass
from leakgate.report import phrases
from leakgate.report.text_safety import NAME_LIMIT, PATH_LIMIT, visible


@dataclass(frozen=True, slots=True)
class Note:
    """`line` is 1-based. All text is one visible line, not yet escaped for any service."""

    path: str
    line: int
    title: str
    message: str


def note_of(finding: Finding) -> Note:
    """What was found, where, why, by which test, and what to do."""
    at = finding.location
    path, line = _place(finding)
    seen = visible(phrases.artifact_path(at.path, at.members) + phrases.position(at), PATH_LIMIT)
    test = f" Written by the test {visible(finding.test.id, NAME_LIMIT)}." if finding.test else ""
    fix = f" {finding.rule.remediation}" if finding.rule.remediation else ""
    return Note(
        path=visible(path, PATH_LIMIT),
        line=line,
        title=visible(f"{finding.rule.severity.value} {finding.rule.name}", NAME_LIMIT),
        message=visible(f"{finding.masked} in {seen}: {finding.because}.{test}{fix}", 1000),
    )


def _place(finding: Finding) -> tuple[str, int]:
    emitter, test, at = finding.emitter, finding.test, finding.location
    if emitter is not None and emitter.file is not None:
        chosen, line = emitter.file, emitter.line
    elif test is not None and test.file is not None:
        chosen, line = test.file, test.line
    else:
        chosen, line = at.path, at.line if not at.members else None
    while chosen.startswith("./"):
        chosen = chosen[2:]
    return chosen, line or 1
