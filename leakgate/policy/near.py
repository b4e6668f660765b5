"""
Why a finding was decided as it was: at each place, the clause that decided and those that came close.

Never decides: it asks the clauses what `evaluate` asks them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from leakgate.model.data_class import data_class_of
from leakgate.model.finding import Finding
from leakgate.model.records import dataclass
from leakgate.model.verdict import Action
from leakgate.policy.carriers import carriers_of
from leakgate.policy.clauses import WHEN_KEYS, Clause, When
from leakgate.policy.evaluate import first_match
from leakgate.policy.place import Place
from leakgate.policy.places import places
from leakgate.policy.policy import Policy


@dataclass(frozen=True, slots=True)
class Failed:
    """One condition that did not hold: its key, what the clause wants, and what the finding has there."""

    key: str
    wanted: Any
    has: str


@dataclass(frozen=True, slots=True)
class Near:
    """A clause that did not decide: one condition failed, or all hold and it stands too far behind."""

    clause: Clause
    failed: Failed | None


@dataclass(frozen=True, slots=True)
class Explained:
    """One place of a finding; `clause` is None where no clause holds, which blocks."""

    place: Place
    action: Action
    decided: str
    clause: Clause | None
    near: tuple[Near, ...]


def explained(policy: Policy, finding: Finding, *, known: bool) -> tuple[Explained, ...]:
    """Every place that is kept, and one for those that were only counted, in their order."""
    return tuple(_at(policy, finding, place) for place in places(finding, known=known, each=True))


def _at(policy: Policy, finding: Finding, place: Place) -> Explained:
    action, decided = first_match(policy.clauses, finding, place)
    clause = next((one for one in policy.clauses if one.id == decided), None)
    return Explained(place, action, decided, clause, tuple(_near(policy, finding, place, clause)))


def _near(policy: Policy, finding: Finding, place: Place, decided: Clause | None) -> Iterator[Near]:
    for clause in policy.clauses:
        if clause is decided:
            continue
        conditions = [key for key in WHEN_KEYS if getattr(clause.when, key) is not None]
        failed = [key for key in conditions if not _holds(clause.when, key, finding, place)]
        if not failed:
            yield Near(clause, None)
        elif len(failed) == 1 and len(conditions) > 1:
            [key] = failed
            yield Near(clause, Failed(key, clause.when.as_written()[key], _has(key, finding, place)))


def _holds(when: When, key: str, finding: Finding, place: Place) -> bool:
    return When(**{key: getattr(when, key)}).holds(finding, place)


def _has(key: str, finding: Finding, place: Place) -> str:
    rule, where = finding.rule, place.sighting.location
    if place.unseen and key in ("test", "decoded", "expr"):
        return "not kept for this place"
    values: dict[str, object] = {
        "category": rule.category,
        "data_class": data_class_of(rule).data_class,
        "entity": rule.entity,
        "rule": rule.id,
        "family": rule.family,
        "severity": rule.severity,
        "confidence": finding.confidence,
        "path": "!/".join((where.path, *where.members)),
        "carrier": ", ".join(sorted(carriers_of(where))) or "none that has a name",
        "test": place.sighting.test.id if place.sighting.test else "none known",
        "synthetic": _yes(finding.synthetic is not None),
        "decoded": _yes(bool(where.decoded)),
        "known": _yes(place.known),
        "count": finding.occurrences,
        "expr": "false here, or it cannot be evaluated",
    }
    return str(values[key])


def _yes(fact: bool) -> str:
    return "true" if fact else "false"
