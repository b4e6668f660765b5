"""
The console report: what a developer with a red pipeline reads first.

Verdict, then what blocks and how to fix it, then the rest in ever fewer words. Plain lines without boxes,
so that a CI log shows it as it is. Bounded: what is not shown is counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from leakgate.model.records import dataclass
from leakgate.model.result import ScanResult
from leakgate.model.verdict import Action, Decision, GapAction, Outcome, Verdict
from leakgate.report import phrases
from leakgate.report.arrangement import GapGroup, decisions_of, gap_groups, reasons_for_leniency, rule_counts
from leakgate.report.console_entry import EntryWriter
from leakgate.report.paint import Paint, Style
from leakgate.report.text_safety import NAME_LIMIT, PATH_LIMIT, for_terminal
from leakgate.report.waiver_lines import STATES, listed, waiver_line

_HEADLINES = {Outcome.BLOCK: Style.BAD, Outcome.INCOMPLETE: Style.WARN, Outcome.PASS: Style.GOOD}
_REASONS = 8


@dataclass(frozen=True, slots=True)
class _Caps:
    blocking: int
    lines: int
    gaps_each: int


_BRIEF = _Caps(blocking=20, lines=10, gaps_each=3)
_VERBOSE = _Caps(blocking=500, lines=500, gaps_each=100)


class ConsoleReporter:
    """`width` is in columns; `verbose` 1 also lists what was let through, 2 shows every known place."""

    def __init__(self, color: bool = False, width: int = 100, verbose: int = 0) -> None:
        self._paint = Paint(color, max(40, width))
        self._entries = EntryWriter(self._paint, every_place=verbose > 1)
        self._caps = _VERBOSE if verbose > 0 else _BRIEF
        self._lists_lenient = verbose > 0

    def render(self, result: ScanResult, verdict: Verdict, out: IO[str]) -> None:
        blocks = ("\n".join(lines) for lines in self._blocks(result, verdict))
        text = "\n\n".join(block for block in blocks if block) + "\n"
        out.write(_encodable(text, getattr(out, "encoding", None)))

    def _blocks(self, result: ScanResult, verdict: Verdict) -> Iterator[Iterator[str]]:
        yield self._head(result, verdict)
        blocking = decisions_of(verdict, Action.BLOCK)
        for number, decision in enumerate(blocking[: self._caps.blocking]):
            yield self._blocking_entry(decision, first=number == 0, count=len(blocking))
        yield self._left_out(blocking[self._caps.blocking :])
        yield self._list("WARNINGS", decisions_of(verdict, Action.WARN))
        yield self._gaps(verdict)
        yield self._lenient(verdict)
        yield self._waivers(verdict)
        yield self._foot(result, verdict)

    def _head(self, result: ScanResult, verdict: Verdict) -> Iterator[str]:
        word = self._paint.style(_HEADLINES[verdict.outcome], phrases.headline_word(verdict))
        policy = for_terminal(result.policy.name, NAME_LIMIT)
        yield f"leakgate: {word}  {phrases.headline(result, verdict)} (policy {policy})"
        for reason in verdict.reasons[:_REASONS]:
            yield from self._paint.paragraph(for_terminal(reason), lead="  - ")
        yield from self._rest(len(verdict.reasons) - _REASONS, "reasons")

    def _blocking_entry(self, decision: Decision, *, first: bool, count: int) -> Iterator[str]:
        if first:
            yield self._paint.style(Style.BOLD, f"BLOCKING ({count:,})")
        yield from self._entries.full(decision)

    def _left_out(self, decisions: tuple[Decision, ...]) -> Iterator[str]:
        """What there was no room for, by rule: a thousand findings are often a few causes."""
        yield from self._rest(len(decisions), "that block")
        if decisions:
            yield from self._paint.paragraph(
                _counted(rule_counts(decisions), 8, "other rules"), lead="      "
            )

    def _list(self, title: str, decisions: tuple[Decision, ...]) -> Iterator[str]:
        if not decisions:
            return
        yield self._paint.style(Style.BOLD, f"{title} ({len(decisions):,})")
        for decision in decisions[: self._caps.lines]:
            yield self._entries.line(decision)
        yield from self._rest(len(decisions) - self._caps.lines)

    def _gaps(self, verdict: Verdict) -> Iterator[str]:
        if not verdict.gaps:
            return
        yield self._paint.style(Style.BOLD, f"NOT FULLY SCANNED ({len(verdict.gaps):,})")
        for group in gap_groups(verdict):
            yield from self._gap_group(group)

    def _gap_group(self, group: GapGroup) -> Iterator[str]:
        style = Style.BAD if group.action is GapAction.BLOCK else Style.WARN
        word = self._paint.style(style, group.action.value.ljust(10))
        yield f"  {word} {phrases.GAP_WORDS[group.reason]} ({len(group.decisions):,})"
        common = len({decision.gap.detail for decision in group.decisions}) == 1
        if common:
            yield from self._paint.paragraph(for_terminal(group.decisions[0].gap.detail), lead="    ")
        for decision in group.decisions[: self._caps.gaps_each]:
            gap = decision.gap
            yield f"    {for_terminal(phrases.gap_place(gap), PATH_LIMIT)}"
            if not common:
                yield from self._paint.paragraph(for_terminal(gap.detail), lead="      ")
        yield from self._rest(len(group.decisions) - self._caps.gaps_each, indent=4)

    def _lenient(self, verdict: Verdict) -> Iterator[str]:
        for action in (Action.WAIVED, Action.BASELINED, Action.ALLOWED):
            decisions = decisions_of(verdict, action)
            if self._lists_lenient:
                yield from self._list(action.value.upper(), decisions)
            elif decisions:
                yield from self._paint.paragraph(
                    _leniency(decisions), lead=f"{action.value}: {len(decisions):,} - "
                )

    def _waivers(self, verdict: Verdict) -> Iterator[str]:
        """Every waiver that speaks of something here, also one that waives nothing any more."""
        uses = listed(verdict)
        if not uses:
            return
        yield self._paint.style(Style.BOLD, f"WAIVERS ({len(uses):,})")
        for use in uses[: self._caps.lines]:
            word = STATES[use.state].ljust(12)
            yield from self._paint.paragraph(for_terminal(f"{word} {waiver_line(use)}"), lead="  ")
        yield from self._rest(len(uses) - self._caps.lines)

    def _foot(self, result: ScanResult, verdict: Verdict) -> Iterator[str]:
        looked = f"scanned {phrases.coverage(result.coverage)} in {phrases.timing(result.timing)}"
        yield self._paint.style(Style.DIM, for_terminal(looked))
        fingerprints_shown = verdict.count(Action.BLOCK) > 0
        if result.ephemeral_key and fingerprints_shown:
            yield from self._paint.paragraph(phrases.EPHEMERAL_KEY, lead="note: ")
        for step in phrases.next_steps(verdict):
            yield from self._paint.paragraph(step, lead="next: ")

    def _rest(self, more: int, what: str = "", *, indent: int = 2) -> Iterator[str]:
        if more > 0:
            words = f"{more:,} more {what}".rstrip()
            yield f"{' ' * indent}... and {words}, see the JSON report"


def _leniency(decisions: tuple[Decision, ...]) -> str:
    return _counted(reasons_for_leniency(decisions), 3, "other reasons")


def _counted(counts: tuple[tuple[str, int], ...], most: int, others: str) -> str:
    told = "; ".join(f"{for_terminal(name, NAME_LIMIT)} ({count:,})" for name, count in counts[:most])
    return told + (f"; and {len(counts) - most:,} {others}" if len(counts) > most else "")


def _encodable(text: str, encoding: str | None) -> str:
    """An ASCII or Latin-1 stream shows what it lacks as escapes instead of failing halfway."""
    if encoding is None:
        return text
    return text.encode(encoding, "backslashreplace").decode(encoding)
