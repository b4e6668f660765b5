"""
The HTML report: one page for people, to open from an archive of artifacts, to mail and to print.

Verdict, counts, leaking tests, every finding with its story, gaps, what was let through. Complete without
its script, which only filters. Bounded: what is not shown is counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import IO

from leakgate.model.result import ScanResult
from leakgate.model.verdict import Action, Decision, Verdict
from leakgate.report import html_tables as tables
from leakgate.report import phrases
from leakgate.report.arrangement import decisions_of
from leakgate.report.html_filters import filters
from leakgate.report.html_finding import article, code, scanned
from leakgate.report.html_index import Index
from leakgate.report.html_page import head, tail
from leakgate.report.text_safety import NAME_LIMIT

_FINDINGS = 5_000  # a browser needs about a second for so many
_REASONS = 50
_GROUPS = {
    Action.BLOCK: "What blocks",
    Action.WARN: "Warnings",
    Action.WAIVED: "Waived",
    Action.BASELINED: "In the baseline",
    Action.ALLOWED: "Allowed",
}


class HtmlReporter:
    """One self-contained page."""

    def render(self, result: ScanResult, verdict: Verdict, out: IO[str]) -> None:
        for piece in _page(result, verdict):
            out.write(piece)


def _page(result: ScanResult, verdict: Verdict) -> Iterator[str]:
    decisions = decisions_of(verdict, *Action)
    index = Index.of(decisions[:_FINDINGS])
    yield from head(f"leakgate: {phrases.headline_word(verdict)}")
    yield from _banner(result, verdict)
    yield "<main>\n"
    yield from tables.section("summary", "Summary", _summary(result, verdict))
    yield from tables.tests(decisions, index)
    yield from tables.section("findings", "Findings", _findings(decisions, index))
    yield from tables.gaps(verdict)
    yield from tables.let_through(verdict)
    yield from tables.waivers(verdict)
    yield "</main>\n"
    yield from _foot(result, verdict)
    yield tail()


def _banner(result: ScanResult, verdict: Verdict) -> Iterator[str]:
    yield f'<header>\n<div class="verdict {verdict.outcome.value}">\n'
    yield f'<h1>leakgate: <span class="word">{phrases.headline_word(verdict)}</span></h1>\n'
    told = phrases.headline(result, verdict)
    yield f"<p>{told[0].upper()}{told[1:]} (policy {code(result.policy.name, NAME_LIMIT)}).</p>\n"
    if verdict.reasons:
        yield "<ul>\n"
        yield from (f"<li>{scanned(reason)}</li>\n" for reason in verdict.reasons[:_REASONS])
        if len(verdict.reasons) > _REASONS:
            yield f"<li>... and {len(verdict.reasons) - _REASONS:,} more reasons, see the JSON report</li>\n"
        yield "</ul>\n"
    yield "</div>\n</header>\n"


def _summary(result: ScanResult, verdict: Verdict) -> Iterator[str]:
    yield '<ul class="counts">\n'
    counts = [(verdict.count(action), action.value) for action in Action]
    for count, name in (*counts, (len(verdict.gaps), "gaps")):
        yield f"<li><strong>{count:,}</strong><span>{name}</span></li>\n"
    looked = scanned(phrases.coverage(result.coverage))
    yield f"</ul>\n<p>Scanned {looked} in {result.timing.seconds:.2f} s.</p>\n"
    for step in phrases.next_steps(verdict):
        yield f"<p><strong>Next:</strong> {scanned(step)}</p>\n"


def _findings(decisions: Sequence[Decision], index: Index) -> Iterator[str]:
    shown = decisions[:_FINDINGS]
    if not shown:
        yield "<p>Nothing was found.</p>\n"
    yield from filters(shown, index)
    for action, title in _GROUPS.items():
        chosen = [(number, one) for number, one in enumerate(shown) if one.action is action]
        if chosen:
            yield from _group(action, title, chosen, index)
    if len(decisions) > len(shown):
        more = f"{len(decisions) - len(shown):,} more findings are not in this page, see the JSON report"
        yield f"<p>{more}; none of them is graver than those above.</p>\n"


def _group(action: Action, title: str, chosen: list[tuple[int, Decision]], index: Index) -> Iterator[str]:
    name = f"g-{action.value}"
    yield f'<section class="group" aria-labelledby="{name}">\n'
    yield f'<h3 id="{name}">{title} ({len(chosen):,})</h3>\n'
    for number, decision in chosen:
        yield from article(number, decision, index)
    yield "</section>\n"


def _foot(result: ScanResult, verdict: Verdict) -> Iterator[str]:
    policy = f"policy {code(result.policy.name, NAME_LIMIT)} {code(result.policy.digest, NAME_LIMIT)}"
    rules = f"rules {code(result.rules_digest, NAME_LIMIT)}"
    yield f"<footer>\n<p>leakgate {scanned(result.tool_version, NAME_LIMIT)}, {policy}, {rules}.</p>\n"
    if result.ephemeral_key and verdict.decisions:
        yield f"<p>{scanned(phrases.EPHEMERAL_KEY)}</p>\n"
    yield "<p>No value is shown, only masks. What cannot be seen in a name is shown as an escape.</p>\n"
    yield "</footer>\n"
