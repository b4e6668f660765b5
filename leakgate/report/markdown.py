"""
The Markdown report: for a step summary or a comment on a pull request.

Verdict, counts, what blocks, then warnings and gaps folded away. Stays under the length limit of the
services with a clear mark. Scanned text only in code spans: it cannot mention, link or close anything.
"""

from __future__ import annotations

from typing import IO

from leakgate.model.acceptance import WaiverUse
from leakgate.model.finding import Finding, Location
from leakgate.model.result import ScanResult
from leakgate.model.verdict import Action, Decision, GapDecision, Outcome, Verdict
from leakgate.report import phrases
from leakgate.report.arrangement import decisions_of, gap_groups, reasons_for_leniency
from leakgate.report.markdown_page import Section, page
from leakgate.report.text_safety import NAME_LIMIT, PATH_LIMIT, for_markdown, for_markdown_prose
from leakgate.report.waiver_lines import STATES, listed

# GitHub refuses comments of more than 65,536 characters; GitLab's limit is larger.
COMMENT_LIMIT = 65_536
_SMALLEST = 8_192
_REASONS = 8
# No page of COMMENT_LIMIT holds more rows than that; building millions to drop them is a waste.
_ROWS = 2_000

_SIGNS = {Outcome.BLOCK: "\u274c", Outcome.INCOMPLETE: "\u26a0\ufe0f", Outcome.PASS: "\u2705"}
_TABLE = "| Where | What | Test | Why | Fix |\n| --- | --- | --- | --- | --- |"


class MarkdownReporter:
    """`limit` is in bytes of UTF-8, at least 8,192; the text stays below it."""

    def __init__(self, limit: int = COMMENT_LIMIT) -> None:
        self._limit = max(_SMALLEST, limit)

    def render(self, result: ScanResult, verdict: Verdict, out: IO[str]) -> None:
        out.write(page(_sections(result, verdict), self._limit))


def _sections(result: ScanResult, verdict: Verdict) -> list[Section]:
    sections = [
        _head(result, verdict),
        _counts(verdict),
        _blocking(decisions_of(verdict, Action.BLOCK)),
        _warnings(decisions_of(verdict, Action.WARN)),
        _gaps(verdict),
        _lenient(decisions_of(verdict, Action.WAIVED, Action.BASELINED, Action.ALLOWED)),
        _waivers(verdict),
        _foot(result, verdict),
    ]
    return [section for section in sections if section is not None]


def _head(result: ScanResult, verdict: Verdict) -> Section:
    sign, word = _SIGNS[verdict.outcome], phrases.headline_word(verdict)
    told = phrases.headline(result, verdict)
    title = f"### {sign} leakgate: {word}\n\n{told[0].upper()}{told[1:]}"
    policy = for_markdown(result.policy.name, NAME_LIMIT)
    reasons = [f"- {for_markdown_prose(reason)}" for reason in verdict.reasons[:_REASONS]]
    end = "\n" if reasons else ""
    return Section(0, f"{title} (policy {policy}).{end}", reasons, total=len(verdict.reasons))


def _counts(verdict: Verdict) -> Section:
    names = [action.value for action in Action]
    counts = [f"{verdict.count(action):,}" for action in Action]
    header = f"| {' | '.join((*names, 'gaps'))} |\n|{' ---: |' * (len(names) + 1)}"
    return Section(0, f"{header}\n| {' | '.join((*counts, f'{len(verdict.gaps):,}'))} |", ())


def _blocking(decisions: tuple[Decision, ...]) -> Section | None:
    if not decisions:
        return None
    rows = [_row(decision) for decision in decisions[:_ROWS]]
    return Section(1, f"#### What blocks\n\n{_TABLE}", rows, total=len(decisions))


def _warnings(decisions: tuple[Decision, ...]) -> Section | None:
    if not decisions:
        return None
    rows = [_row(decision) for decision in decisions[:_ROWS]]
    return _folded(3, phrases.plural(len(decisions), "warning", "warnings"), _TABLE, rows, len(decisions))


def _gaps(verdict: Verdict) -> Section | None:
    if not verdict.gaps:
        return None
    table = "| Decision | Reason | Where | Detail |\n| --- | --- | --- | --- |"
    ordered = [decision for group in gap_groups(verdict) for decision in group.decisions]
    title = phrases.plural(len(ordered), "gap in coverage", "gaps in coverage")
    return _folded(2, title, table, [_gap_row(decision) for decision in ordered[:_ROWS]], len(ordered))


def _lenient(decisions: tuple[Decision, ...]) -> Section | None:
    if not decisions:
        return None
    reasons = reasons_for_leniency(decisions)
    rows = [f"- {for_markdown(reason, NAME_LIMIT)}: {count:,}" for reason, count in reasons[:_ROWS]]
    title = f"{phrases.plural(len(decisions), 'finding', 'findings')} let through"
    return _folded(4, title, "Waived, baselined or allowed, by reason:\n", rows, len(reasons))


def _waivers(verdict: Verdict) -> Section | None:
    uses = listed(verdict)
    if not uses:
        return None
    table = "| Waiver | State | Waived | Until | Owner | Approver | Reason |\n|" + " --- |" * 7
    title = phrases.plural(len(uses), "waiver", "waivers")
    return _folded(3, title, table, [_waiver_row(use) for use in uses[:_ROWS]], len(uses))


def _waiver_row(use: WaiverUse) -> str:
    cells = (
        for_markdown(use.id, NAME_LIMIT),
        STATES[use.state],
        f"{use.waived:,} of {use.covers:,}",
        use.expires.isoformat(),
        for_markdown(use.owner, NAME_LIMIT),
        for_markdown(use.approver, NAME_LIMIT) if use.approver else "nobody",
        for_markdown(use.reason),
    )
    return f"| {' | '.join(cells)} |"


def _folded(rank: int, title: str, head: str, rows: list[str], total: int) -> Section:
    # Markdown inside <details> is only read after an empty line.
    opening = f"<details><summary>{title}</summary>\n\n{head}"
    return Section(rank, opening, rows, tail="\n\n</details>", total=total)


def _foot(result: ScanResult, verdict: Verdict) -> Section:
    looked = f"Scanned {phrases.coverage(result.coverage)} in {result.timing.seconds:.2f} s."
    lines = [looked, *(f"**Next:** {step}" for step in phrases.next_steps(verdict))]
    if result.ephemeral_key and verdict.decisions:
        lines.append(phrases.EPHEMERAL_KEY.replace("_", r"\_"))
    return Section(0, "\n\n".join(lines), ())


def _row(decision: Decision) -> str:
    finding = decision.finding
    cells = (_where(finding), _what(finding), _test(finding), _why(decision), _fix(finding))
    return f"| {' | '.join(cells)} |"


def _where(finding: Finding) -> str:
    at: Location = finding.location
    more = finding.occurrences - 1
    rest = f"<br>and {phrases.plural(more, 'more place', 'more places')}" if more > 0 else ""
    path = phrases.artifact_path(at.path, at.members)
    return for_markdown(path + phrases.position(at), PATH_LIMIT) + rest


def _what(finding: Finding) -> str:
    name = for_markdown_prose(finding.rule.name, NAME_LIMIT)
    masked = for_markdown(finding.masked, NAME_LIMIT)
    fingerprint = for_markdown(finding.fingerprint, NAME_LIMIT)
    data = for_markdown_prose(phrases.data_class(finding.rule))
    return f"**{finding.rule.severity.value}** {name} {masked}<br>{data}<br>{fingerprint}"


def _test(finding: Finding) -> str:
    test = for_markdown(finding.test.id, NAME_LIMIT) if finding.test else ""
    if finding.emitter is None:
        return test
    by = finding.emitter
    written = f"{phrases.emitted(by)} {for_markdown(phrases.written_by(by), PATH_LIMIT)}"
    return f"{test}<br>{written}" if test else written


def _why(decision: Decision) -> str:
    because = for_markdown_prose(decision.finding.because)
    return f"{because} ({for_markdown(decision.clause, NAME_LIMIT)})"


def _fix(finding: Finding) -> str:
    return for_markdown_prose(finding.rule.remediation) if finding.rule.remediation else ""


def _gap_row(decision: GapDecision) -> str:
    gap = decision.gap
    where = for_markdown(phrases.gap_place(gap), PATH_LIMIT)
    words = phrases.GAP_WORDS[gap.reason]
    return f"| {decision.action.value} | {words} | {where} | {for_markdown_prose(gap.detail)} |"
