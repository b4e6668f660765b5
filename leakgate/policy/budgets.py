"""
Budgets: how many different values of a kind one run may hold, whatever the clauses say about each.

Only ever makes a verdict stricter. What waivers and the baseline let through was accepted, and does not
count.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from leakgate.model.records import dataclass
from leakgate.model.verdict import Action, Decision
from leakgate.policy.clauses import Origin, When
from leakgate.policy.places import holds_anywhere

_SAID = {Action.BLOCK: "blocked", Action.WARN: "warned about"}


@dataclass(frozen=True, slots=True)
class Budget:
    """Over `at_most`, all that it counts is raised to `action` (block or warn).

    It counts different values, by fingerprint, unless `distinct` is False: then every occurrence. What
    clauses allow counts if `allowed` says so, and always where `action` is to warn.
    """

    id: str
    when: When
    at_most: int
    distinct: bool
    action: Action
    allowed: bool
    note: str
    origin: Origin

    @property
    def clause(self) -> str:
        """As decisions name it."""
        return f"budget/{self.id}"

    def counts(self, decision: Decision) -> bool:
        """Whether the finding is among those that it counts."""
        counted = decision.action in (Action.BLOCK, Action.WARN)
        if decision.action is Action.ALLOWED:
            counted = self.allowed or self.action is Action.WARN
        return counted and holds_anywhere(self.when, decision.finding, known=decision.known)

    def used(self, decisions: Sequence[Decision]) -> int:
        """How much of it these decisions use."""
        counted = [one.finding for one in decisions if self.counts(one)]
        if self.distinct:
            return len({finding.fingerprint for finding in counted})
        return sum(finding.occurrences for finding in counted)

    def as_written(self) -> dict[str, Any]:
        """In the words of the file, without the note."""
        then = "block" if self.action is Action.BLOCK else "warn"
        return {
            "id": self.id,
            "when": self.when.as_written(),
            "at_most": self.at_most,
            "distinct": self.distinct,
            "allowed": self.allowed,
            "then": then,
        }


def within_budgets(
    budgets: Sequence[Budget], decisions: tuple[Decision, ...]
) -> tuple[tuple[Decision, ...], tuple[str, ...]]:
    """The decisions with what exceeded budgets raise, in the same order; a sentence for each exceeded one.

    All budgets count the same decisions, those of clauses and acceptance. Their order does not matter, but
    that the first of the strictest is named.
    """
    exceeded = [(budget, used) for budget in budgets if (used := budget.used(decisions)) > budget.at_most]
    if not exceeded:
        return decisions, ()
    strictest = sorted((budget for budget, _ in exceeded), key=lambda one: one.action is not Action.BLOCK)
    raised = tuple(_raised(one, strictest) for one in decisions)
    return raised, tuple(_sentence(budget, used, raised) for budget, used in exceeded)


def _raised(decision: Decision, budgets: Sequence[Budget]) -> Decision:
    order = list(Action)
    for budget in budgets:
        if order.index(budget.action) < order.index(decision.action) and budget.counts(decision):
            return replace(decision, action=budget.action, clause=budget.clause)
    return decision


def _sentence(budget: Budget, used: int, raised: Sequence[Decision]) -> str:
    unit = "different values" if budget.distinct else "occurrences"
    number = sum(one.clause == budget.clause for one in raised)
    findings = "1 finding is" if number == 1 else f"{number} findings are"
    what = f"{findings} {_SAID[budget.action]} by it" if number else "no finding had to be raised by it"
    return f"Over budget {budget.id}: {used} {unit}, and at most {budget.at_most} may pass; {what}."


def override(layers: Sequence[Sequence[Budget]]) -> tuple[Budget, ...]:
    """Those of the first, then those of the next whose id is not taken, and so on."""
    return tuple(_first_of_each(layers))


def _first_of_each(layers: Sequence[Sequence[Budget]]) -> Iterator[Budget]:
    seen: set[str] = set()
    for budgets in layers:
        yield from (budget for budget in budgets if budget.id not in seen)
        seen.update(budget.id for budget in budgets)
