"""
Clauses: conditions on a finding at one of its places, and what follows when all hold.

Never decides which clause comes first (`evaluate` does); knows nothing of files but where it was written.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from leakgate.model.data_class import DataClass, data_class_of
from leakgate.model.detection import Category, Confidence, Severity
from leakgate.model.finding import Finding, Sighting
from leakgate.model.gap import GapReason
from leakgate.model.verdict import Action, GapAction
from leakgate.policy.globs import name_matches, place_matches


@dataclass(frozen=True, slots=True)
class Origin:
    """Where something was written: `builtin` or a path, and the line."""

    source: str
    line: int


@dataclass(frozen=True, slots=True)
class Place:
    """A sighting to be judged; `unseen` where only its number is known, not its test or decoding."""

    sighting: Sighting
    unseen: bool = False


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
    test: tuple[str, ...] | None = None
    synthetic: bool | None = None
    decoded: bool | None = None
    count: Counts | None = None

    def holds(self, finding: Finding, place: Place) -> bool:
        """Whether every condition holds for the finding at that place."""
        return self._holds_for(finding) and self._holds_at(place)

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
    if isinstance(value, Counts):
        most = {} if value.at_most is None else {"at_most": value.at_most}
        return {"at_least": value.at_least, **most}
    if isinstance(value, frozenset):
        return _ranked(value)
    return sorted(value) if isinstance(value, tuple) else value


def _ranked(words: Iterable[StrEnum]) -> list[str]:
    """In the order of definition, which for grades is from the highest down."""
    return [
        str(word) for word in sorted(words, key=lambda word: list(type(word).__members__).index(word.name))
    ]
