"""
Clauses: conditions on a finding at one of its places, and what follows when all hold.

Never decides which clause comes first (`evaluate` does); knows nothing of files but where it was written.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from leakgate.model.data_class import DataClass, data_class_of
from leakgate.model.detection import Category, Confidence, Severity
from leakgate.model.finding import Finding
from leakgate.model.gap import GapReason
from leakgate.model.records import dataclass
from leakgate.model.verdict import Action, GapAction
from leakgate.policy.carriers import carriers_of
from leakgate.policy.expressions import Expression
from leakgate.policy.finding_fields import fields_of
from leakgate.policy.globs import name_matches, place_matches
from leakgate.policy.place import Place


@dataclass(frozen=True, slots=True)
class Origin:
    """Where something was written: `builtin` or a path, and the line."""

    source: str
    line: int


@dataclass(frozen=True, slots=True)
class Counts:
    """A range of occurrences, both ends included; no `at_most` is no upper end."""

    at_least: int = 1
    at_most: int | None = None

    def __contains__(self, number: int) -> bool:
        return self.at_least <= number and (self.at_most is None or number <= self.at_most)

    def covers(self, other: Counts) -> bool:
        above = self.at_most is None or (other.at_most is not None and other.at_most <= self.at_most)
        return self.at_least <= other.at_least and above


@dataclass(frozen=True, slots=True)
class When:
    """Conditions of a clause; None holds for everything, an alternative of a tuple or set is enough."""

    category: frozenset[Category] | None = None
    data_class: frozenset[DataClass] | None = None
    entity: tuple[str, ...] | None = None
    rule: tuple[str, ...] | None = None
    family: tuple[str, ...] | None = None
    severity: frozenset[Severity] | None = None
    confidence: frozenset[Confidence] | None = None
    path: tuple[str, ...] | None = None
    carrier: frozenset[str] | None = None
    test: tuple[str, ...] | None = None
    synthetic: bool | None = None
    decoded: bool | None = None
    known: bool | None = None
    count: Counts | None = None
    expr: Expression | None = None

    def holds(self, finding: Finding, place: Place, *, in_doubt: bool = False) -> bool:
        """Whether every condition holds for the finding at that place; `in_doubt` where that fails."""
        held = self.judged(finding, place)
        return in_doubt if held is None else held

    def judged(self, finding: Finding, place: Place) -> bool | None:
        """Whether every condition holds there; None where the others do and the expression fails."""
        if not (self._holds_for(finding) and self._holds_at(place)):
            return False
        return True if self.expr is None else self.expr.truth(fields_of(finding, place))

    def _holds_for(self, finding: Finding) -> bool:
        rule = finding.rule
        return (
            (self.category is None or rule.category in self.category)
            and (self.severity is None or rule.severity in self.severity)
            and (self.confidence is None or finding.confidence in self.confidence)
            and (self.synthetic is None or (finding.synthetic is not None) is self.synthetic)
            and (self.count is None or finding.occurrences in self.count)
            and (self.data_class is None or data_class_of(rule).data_class in self.data_class)
            and _named(rule.entity, self.entity)
            and _named(rule.id, self.rule)
            and _named(rule.family, self.family)
        )

    def _holds_at(self, place: Place) -> bool:
        if place.unseen and (self.test is not None or self.decoded is not None):
            return False
        location, test = place.sighting.location, place.sighting.test
        return (
            (self.path is None or any(place_matches(location, glob) for glob in self.path))
            and (self.test is None or (test is not None and _named(test.id, self.test)))
            and (self.decoded is None or bool(location.decoded) is self.decoded)
            and (self.known is None or place.known is self.known)
            and (self.carrier is None or not self.carrier.isdisjoint(carriers_of(location)))
        )

    def covers(self, other: When) -> bool:
        """Whether this surely holds wherever `other` does; False where that is not plain to see."""
        return all(_implied(getattr(self, name), getattr(other, name)) for name in WHEN_KEYS)

    def as_written(self) -> dict[str, Any]:
        """The conditions as plain values in the words of the file, in one canonical order."""
        return {name: _plain(value) for name in WHEN_KEYS if (value := getattr(self, name)) is not None}


WHEN_KEYS = tuple(When.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Clause:
    """What happens to a finding for which `when` holds; `action` is block, warn or allowed."""

    id: str
    when: When
    action: Action
    note: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class CoverageClause:
    """What happens to gaps of one reason; `origin` is None where leakgate's default stands."""

    reason: GapReason
    action: GapAction
    origin: Origin | None = None

    @property
    def id(self) -> str:
        return f"coverage/{self.reason}"


def _named(name: str, globs: tuple[str, ...] | None) -> bool:
    return globs is None or any(name_matches(name, glob) for glob in globs)


def _implied(mine: Any, theirs: Any) -> bool:
    if mine is None or mine == theirs:
        return True
    if isinstance(mine, frozenset) and isinstance(theirs, frozenset):
        return mine >= theirs
    if isinstance(mine, Counts) and isinstance(theirs, Counts):
        return mine.covers(theirs)
    return isinstance(mine, tuple) and isinstance(theirs, tuple) and set(mine) >= set(theirs)


def _plain(value: Any) -> Any:
    if isinstance(value, Expression):
        return value.text
    if isinstance(value, Counts):
        most = {} if value.at_most is None else {"at_most": value.at_most}
        return {"at_least": value.at_least, **most}
    if isinstance(value, frozenset):
        return _ranked(value)
    return sorted(value) if isinstance(value, tuple) else value


def _ranked(words: Iterable[str]) -> list[str]:
    """Grades from the highest down, other words by the alphabet or as they are defined."""
    return [str(word) for word in sorted(words, key=_rank)]


def _rank(word: str) -> tuple[int, str]:
    if isinstance(word, StrEnum):
        return list(type(word).__members__).index(word.name), ""
    return 0, word
