"""
The tables of the HTML report: leaking tests, gaps, what was let through.

Bounded: rows that are left out are counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from leakgate.model.acceptance import WaiverUse
from leakgate.model.verdict import Action, Decision, GapDecision, Verdict
from leakgate.report import phrases
from leakgate.report.arrangement import decisions_of, gap_groups, reasons_for_leniency
from leakgate.report.html_finding import code, scanned
from leakgate.report.html_index import Index, leaking_tests, title_of
from leakgate.report.text_safety import NAME_LIMIT, PATH_LIMIT
from leakgate.report.waiver_lines import STATES, listed

_ROWS = 5_000
_TESTS = 100


def section(name: str, title: str, content: Iterable[str]) -> Iterator[str]:
    """A landmark with a heading."""
    yield f'<section id="{name}" aria-labelledby="{name}-title">\n<h2 id="{name}-title">{title}</h2>\n'
    yield from content
    yield "</section>\n"


def tests(decisions: Sequence[Decision], index: Index) -> Iterator[str]:
    """Which tests leak, each with a link to its first finding; nothing where no test is known."""
    leaking = [entry for entry in leaking_tests(decisions) if entry[0] in index.tests]
    if not leaking:
        return
    first = _first_findings(decisions)
    rows = (
        (_test_link(test, first[test], index), _number(blocks), _number(warnings))
        for test, blocks, warnings in leaking[:_TESTS]
    )
    heads = ("Test", "Blocks", "Warnings")
    yield from section("tests", "Tests that leak", _table(heads, rows, len(leaking) - _TESTS))


def gaps(verdict: Verdict) -> Iterator[str]:
    """What was in scope and not, or not fully, looked at."""
    ordered = [decision for group in gap_groups(verdict) for decision in group.decisions]
    if not ordered:
        nothing = ("<p>Everything in scope was scanned.</p>\n",)
        yield from section("gaps", "Not fully scanned", nothing)
        return
    rows = (_gap_row(decision) for decision in ordered[:_ROWS])
    heads = ("Decision", "Reason", "Where", "What to do")
    yield from section("gaps", "Not fully scanned", _table(heads, rows, len(ordered) - _ROWS))


def let_through(verdict: Verdict) -> Iterator[str]:
    """Waivers, known fakes and clauses that let findings through, with how many."""
    told = [
        (action, reason, count)
        for action in (Action.WAIVED, Action.BASELINED, Action.ALLOWED)
        for reason, count in reasons_for_leniency(decisions_of(verdict, action))
    ]
    if not told:
        return
    rows = (
        (f"<td>{action.value}</td>", f"<td>{scanned(reason, NAME_LIMIT)}</td>", _number(count))
        for action, reason, count in told[:_ROWS]
    )
    heads = ("Decision", "Waiver, known fake or clause", "Findings")
    yield from section("lenient", "Let through, and why", _table(heads, rows, len(told) - _ROWS))


def waivers(verdict: Verdict) -> Iterator[str]:
    """Every waiver that speaks of something here, with who answers for it and until when."""
    uses = listed(verdict)
    if not uses:
        return
    heads = ("Waiver", "State", "Waived", "Until", "Owner", "Approver", "Ticket", "Reason")
    rows = (_waiver_row(use) for use in uses[:_ROWS])
    yield from section("waivers", "Waivers", _table(heads, rows, len(uses) - _ROWS))


def _waiver_row(use: WaiverUse) -> Sequence[str]:
    return (
        f"<td>{scanned(use.id, NAME_LIMIT)}</td>",
        f"<td>{STATES[use.state]}</td>",
        f"<td>{use.waived:,} of {use.covers:,}</td>",
        f"<td>{use.expires.isoformat()}</td>",
        f"<td>{scanned(use.owner, NAME_LIMIT)}</td>",
        f"<td>{scanned(use.approver, NAME_LIMIT) if use.approver else 'nobody'}</td>",
        f"<td>{scanned(use.ticket, NAME_LIMIT) if use.ticket else ''}</td>",
        f"<td>{scanned(use.reason)}</td>",
    )


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]], more: int) -> Iterator[str]:
    cells = "".join(f'<th scope="col">{head}</th>' for head in heads)
    yield f'<div class="scroll">\n<table>\n<thead><tr>{cells}</tr></thead>\n<tbody>\n'
    yield from (f"<tr>{''.join(row)}</tr>\n" for row in rows)
    yield "</tbody>\n</table>\n</div>\n"
    if more > 0:
        yield f"<p>... and {more:,} more, see the JSON report.</p>\n"


def _number(count: int) -> str:
    return f'<td class="number">{count:,}</td>'


def _test_link(test: str, finding: int, index: Index) -> str:
    name = code(test, NAME_LIMIT)
    return f'<td><a href="#f{finding}" data-test="{index.tests[test]}">{name}</a></td>'


def _first_findings(decisions: Sequence[Decision]) -> dict[str, int]:
    """The number of the first finding of each test."""
    first: dict[str, int] = {}
    for number, decision in enumerate(decisions):
        for seen in decision.finding.sightings:
            if seen.test is not None:
                first.setdefault(title_of(seen.test), number)
    return first


def _gap_row(decision: GapDecision) -> tuple[str, ...]:
    gap, action = decision.gap, decision.action.value
    return (
        f'<td class="act-{action}">{action}</td>',
        f"<td>{phrases.GAP_WORDS[gap.reason]}</td>",
        f"<td>{code(phrases.gap_place(gap), PATH_LIMIT)}</td>",
        f"<td>{scanned(gap.detail)}</td>",
    )
