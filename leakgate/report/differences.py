"""
What changed between two results: values that are new, gone, elsewhere, or decided otherwise.

A value is known again by its fingerprint alone, so both results must have been made under one key. Lines do
not count: in logs they move with every run.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from leakgate.model.errors import UsageError
from leakgate.model.finding import Finding, Sighting
from leakgate.model.records import dataclass
from leakgate.model.result import ScanResult
from leakgate.model.verdict import Action, Decision, Outcome, Verdict
from leakgate.report.phrases import artifact_path


class Change(StrEnum):
    """In the order in which a reader wants to know."""

    NEW = "new"
    DECISION = "decision"
    MOVED = "moved"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Side:
    """A value in one of the results: the strictest decision on it, and every artifact that holds it."""

    action: Action
    clause: str
    waiver: str | None
    occurrences: int
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """One value; `old` is None where it is new, `new` where it is gone. `changes` is never empty."""

    finding: Finding
    changes: tuple[Change, ...]
    old: Side | None
    new: Side | None

    @property
    def is_worse(self) -> bool:
        """New and not let through, or decided more strictly than before."""
        if self.new is None:
            return False
        before = Action.ALLOWED if self.old is None else self.old.action
        return _ORDER.index(self.new.action) < _ORDER.index(before)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`same` counts values without any change. Policy and rules say what else may be why."""

    outcomes: tuple[Outcome, Outcome]
    same_policy: bool
    same_rules: bool
    differences: tuple[Difference, ...]
    same: int

    def count(self, change: Change) -> int:
        return sum(change in one.changes for one in self.differences)

    @property
    def is_worse(self) -> bool:
        return any(one.is_worse for one in self.differences)


_ORDER = list(Action)


def compare(old: tuple[ScanResult, Verdict], new: tuple[ScanResult, Verdict]) -> Comparison:
    """From the one to the other. Raises UsageError for results whose fingerprints cannot be compared."""
    _check_keys(old[0], new[0])
    before, after = _grouped(old[1].decisions), _grouped(new[1].decisions)
    every = [_difference(before.get(key, ()), after.get(key, ())) for key in {**after, **before}]
    changed = sorted((one for one in every if one.changes), key=_rank)
    return Comparison(
        (old[1].outcome, new[1].outcome),
        old[0].policy.digest == new[0].policy.digest,
        old[0].rules_digest == new[0].rules_digest,
        tuple(changed),
        len(every) - len(changed),
    )


def _check_keys(old: ScanResult, new: ScanResult) -> None:
    names = [name for name, one in (("first", old), ("second", new)) if one.ephemeral_key]
    if names:
        which = "both results were" if len(names) == 2 else f"the {names[0]} result was"
        raise UsageError(
            f"{which} made without a key: fingerprints of that run cannot be compared with others",
            hint="set LEAKGATE_KEY to the same value for both scans, and scan again",
        )
    if old.key_check != new.key_check:
        raise UsageError(
            "the results were made under different keys: their fingerprints cannot be compared",
            hint="scan again with the LEAKGATE_KEY of the other",
        )


def _grouped(decisions: Sequence[Decision]) -> dict[str, tuple[Decision, ...]]:
    groups: dict[str, list[Decision]] = {}
    for decision in decisions:
        groups.setdefault(decision.finding.fingerprint, []).append(decision)
    return {fingerprint: tuple(same) for fingerprint, same in groups.items()}


def _difference(before: Sequence[Decision], after: Sequence[Decision]) -> Difference:
    old, new = _side(before), _side(after)
    finding = (after or before)[0].finding
    return Difference(finding, tuple(change for change in Change if _is(change, old, new)), old, new)


def _is(change: Change, old: Side | None, new: Side | None) -> bool:
    if old is None or new is None:
        return change is (Change.NEW if old is None else Change.GONE)
    match change:
        case Change.DECISION:
            return (old.action, old.clause, old.waiver) != (new.action, new.clause, new.waiver)
        case Change.MOVED:
            return old.places != new.places
        case _:
            return False


def _side(same: Sequence[Decision]) -> Side | None:
    if not same:
        return None
    strictest = min(same, key=lambda one: _ORDER.index(one.action))
    wheres = {artifact_path(seen.location.path, seen.location.members) for seen in _sightings(same)}
    return Side(
        strictest.action,
        strictest.clause,
        strictest.waiver,
        sum(one.finding.occurrences for one in same),
        tuple(sorted(wheres)),
    )


def _sightings(same: Sequence[Decision]) -> list[Sighting]:
    return [seen for one in same for seen in one.finding.sightings]


def _rank(one: Difference) -> tuple[int, int, int, str, str]:
    side = one.new or one.old
    action = 0 if side is None else _ORDER.index(side.action)
    order = list(Change).index(one.changes[0])
    return order, action, one.finding.rule.severity.rank, one.finding.rule.id, one.finding.fingerprint
