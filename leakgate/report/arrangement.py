"""
The order in which people read findings and gaps: what blocks first, then by severity, then by place.

Never drops anything; what a report leaves out it leaves out itself, and says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from leakgate.model.detection import Category, Rule
from leakgate.model.gap import GapReason
from leakgate.model.records import dataclass
from leakgate.model.result import ScanResult
from leakgate.model.verdict import Action, Decision, GapAction, GapDecision, Verdict


@dataclass(frozen=True, slots=True)
class GapGroup:
    """Gaps of one reason with one consequence."""

    action: GapAction
    reason: GapReason
    decisions: tuple[GapDecision, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """Rules that look for the same sort of thing, and what became of their findings."""

    category: Category
    name: str
    rules: tuple[Rule, ...]
    decisions: tuple[Decision, ...]


def decisions_of(verdict: Verdict, *actions: Action) -> tuple[Decision, ...]:
    """Decisions with one of the actions: action in the order given, then severity, then place."""
    chosen = (decision for decision in verdict.decisions if decision.action in actions)
    return tuple(sorted(chosen, key=lambda decision: (actions.index(decision.action), *_place(decision))))


def gap_groups(verdict: Verdict) -> tuple[GapGroup, ...]:
    """Every gap, grouped; the gravest action first, then the largest group."""
    groups: dict[tuple[GapAction, GapReason], list[GapDecision]] = {}
    for decision in verdict.gaps:
        groups.setdefault((decision.action, decision.gap.reason), []).append(decision)
    ordered = sorted(
        groups.items(), key=lambda item: (list(GapAction).index(item[0][0]), -len(item[1]), item[0][1])
    )
    return tuple(
        GapGroup(action, reason, tuple(sorted(decisions, key=lambda decision: decision.gap)))
        for (action, reason), decisions in ordered
    )


def families(result: ScanResult, verdict: Verdict) -> tuple[Family, ...]:
    """Every family of rules that ran or fired, by category and name."""
    rules: dict[tuple[Category, str], list[Rule]] = {}
    for rule in rules_of(result, verdict):
        rules.setdefault((rule.category, rule.family), []).append(rule)
    decisions: dict[tuple[Category, str], list[Decision]] = {}
    for decision in decisions_of(verdict, *Action):
        rule = decision.finding.rule
        decisions.setdefault((rule.category, rule.family), []).append(decision)
    return tuple(
        Family(category, name, tuple(members), tuple(decisions.get((category, name), ())))
        for (category, name), members in sorted(rules.items())
    )


def fired(verdict: Verdict) -> tuple[Rule, ...]:
    """The rules that found something, one for each id, by id."""
    by_id = {decision.finding.rule.id: decision.finding.rule for decision in verdict.decisions}
    return tuple(by_id[key] for key in sorted(by_id))


def rules_of(result: ScanResult, verdict: Verdict) -> tuple[Rule, ...]:
    """Every rule that ran, and any that fired without being listed; one for each id, by id."""
    by_id = {rule.id: rule for rule in (*fired(verdict), *result.rules)}
    return tuple(by_id[key] for key in sorted(by_id))


def reasons_for_leniency(decisions: Iterable[Decision]) -> tuple[tuple[str, int], ...]:
    """Why findings were let through, the most frequent first: the waiver, the known fake, or the clause."""
    counts = Counter(_leniency(decision) for decision in decisions)
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def rule_counts(decisions: Iterable[Decision]) -> tuple[tuple[str, int], ...]:
    """Names of rules with the number of their findings, the most frequent first."""
    counts = Counter(decision.finding.rule.name for decision in decisions)
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _leniency(decision: Decision) -> str:
    return decision.waiver or decision.finding.synthetic or decision.clause


def _place(decision: Decision) -> tuple[object, ...]:
    finding = decision.finding
    at = finding.location
    return (
        finding.rule.severity.rank,
        finding.confidence.rank,
        at.path,
        at.members,
        at.byte_start,
        finding.rule.id,
        finding.fingerprint,
    )
