"""
What a GitHub workflow reads from a step: annotations as workflow commands, and the step's outputs.

Source: GitHub's documentation of workflow commands. A step may annotate ten errors and ten warnings; what
does not fit is counted in the last one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import IO

from leakgate.model.acceptance import WaiverUse
from leakgate.model.result import ScanResult
from leakgate.model.verdict import Action, Decision, GapAction, GapDecision, Verdict
from leakgate.report import phrases
from leakgate.report.arrangement import decisions_of, gap_groups
from leakgate.report.markdown import MarkdownReporter
from leakgate.report.notes import note_of
from leakgate.report.text_safety import NAME_LIMIT, for_workflow_command
from leakgate.report.waiver_lines import listed, waiver_line

_EACH = 10  # errors, and warnings
_SUMMARY_LIMIT = 1_000_000  # GitHub drops a step summary of more than 1 MiB


class GithubAnnotationsReporter:
    """One workflow command a line, the gravest first; findings and the gaps that do not pass."""

    def render(self, result: ScanResult, verdict: Verdict, out: IO[str]) -> None:
        blocking = sorted(decisions_of(verdict, Action.BLOCK), key=lambda one: one.known)
        errors = [_finding("error", one) for one in blocking]
        errors += [_gap("error", one) for one in _gaps(verdict, GapAction.BLOCK, GapAction.INCOMPLETE)]
        warnings = [_finding("warning", one) for one in decisions_of(verdict, Action.WARN)]
        warnings += [_gap("warning", one) for one in _gaps(verdict, GapAction.WARN)]
        for line in (*_fitting("error", errors), *_fitting("warning", warnings)):
            out.write(f"{line}\n")
        for line in _fitting("notice", [_waiver(use) for use in listed(verdict)]):
            out.write(f"{line}\n")
        told = for_workflow_command(f"{phrases.headline_word(verdict)}: {phrases.headline(result, verdict)}")
        out.write(f"::debug::leakgate: {told}\n")


class GithubSummaryReporter:
    """Markdown for `$GITHUB_STEP_SUMMARY`."""

    def render(self, result: ScanResult, verdict: Verdict, out: IO[str]) -> None:
        MarkdownReporter(_SUMMARY_LIMIT).render(result, verdict, out)


class GithubOutputsReporter:
    """`name=value` lines for `$GITHUB_OUTPUT`; words and numbers of ours, no scanned text."""

    def render(self, result: ScanResult, verdict: Verdict, out: IO[str]) -> None:
        told = (Action.BLOCK, Action.WARN)
        new = sum(one.action in told and not one.known for one in verdict.decisions)
        out.write(f"verdict={'interrupted' if verdict.interrupted else verdict.outcome.value}\n")
        out.write(f"findings={sum(one.action in told for one in verdict.decisions)}\n")
        out.write(f"new-findings={new}\n")
        out.write(f"gaps={len(verdict.gaps)}\n")


def _gaps(verdict: Verdict, *actions: GapAction) -> Iterator[GapDecision]:
    return (one for group in gap_groups(verdict) for one in group.decisions if one.action in actions)


def _fitting(level: str, lines: Sequence[str]) -> Iterator[str]:
    if len(lines) <= _EACH:
        yield from lines
        return
    yield from lines[: _EACH - 1]
    more = f"{len(lines) - _EACH + 1:,} more; the summary of this step and the reports list them"
    yield f"::{level} title=leakgate::{more}"


def _finding(level: str, decision: Decision) -> str:
    note = note_of(decision.finding)
    place = f"file={_attribute(note.path)},line={note.line}"
    title = _attribute(f"leakgate: {note.title}")
    return f"::{level} {place},title={title}::{for_workflow_command(note.message, 1200)}"


def _gap(level: str, decision: GapDecision) -> str:
    gap = decision.gap
    message = f"{phrases.gap_place(gap)}: {phrases.GAP_WORDS[gap.reason]}. {gap.detail}"
    return f"::{level} title=leakgate%3A not fully scanned::{for_workflow_command(message, 1000)}"


def _waiver(use: WaiverUse) -> str:
    message = for_workflow_command(f"{waiver_line(use)}. {use.detail}", 1000)
    return f"::notice title=leakgate%3A waiver {_attribute(use.state.value)}::{message}"


def _attribute(text: str) -> str:
    return for_workflow_command(text, NAME_LIMIT, attribute=True)
