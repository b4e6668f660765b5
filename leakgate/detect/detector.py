"""
Hands every suspect of a segment to its owner.

Knows which recognizer or decoder owns which pattern; decides nothing itself.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import TypeVar

from leakgate.detect.contacts.judge import RULES, Contacts
from leakgate.model.detection import Category, Decoder, Engine, Match, Pattern, Recognizer, Rule, Suspect
from leakgate.model.errors import RuleError
from leakgate.model.segment import Segment


@dataclass(frozen=True, slots=True)
class Recognition:
    """Suspects of one recognizer in one segment."""

    owner: Recognizer
    suspects: tuple[Suspect, ...]


@dataclass(frozen=True, slots=True)
class Decoding:
    """Suspects of one decoder in one segment."""

    owner: Decoder
    suspects: tuple[Suspect, ...]


def patterns_of(recognizers: Sequence[Recognizer], decoders: Sequence[Decoder]) -> tuple[Pattern, ...]:
    """Every pattern of the one pass, in a stable order."""
    owners: tuple[Recognizer | Decoder, ...] = (*recognizers, *decoders)
    return tuple(pattern for owner in owners for pattern in owner.patterns)


def pattern_groups(
    recognizers: Sequence[Recognizer], decoders: Sequence[Decoder]
) -> tuple[tuple[Pattern, ...], ...]:
    """The same, those of recognizers of one kind together, and those of all decoders."""
    groups: dict[type, list[Pattern]] = {}
    for owner in recognizers:
        groups.setdefault(type(owner), []).extend(owner.patterns)
    return (*map(tuple, groups.values()), tuple(p for owner in decoders for p in owner.patterns))


class Detector:
    """One engine and the owners of its patterns; matches of rules that nobody wants are not matches."""

    def __init__(
        self,
        engine: Engine,
        recognizers: Sequence[Recognizer],
        decoders: Sequence[Decoder] = (),
        wants: Callable[[Rule], bool] = lambda rule: True,
    ) -> None:
        self._engine = engine
        self.recognizers = tuple(recognizers)
        self._recognizers = _owners(recognizers)
        self._decoders = _owners(decoders)
        own = tuple(rule for recognizer in recognizers for rule in recognizer.rules)
        entities = {rule.entity for rule in own if rule.category is Category.PII}
        contacts = (rule for entity, rule in RULES.items() if entity in entities)
        self.rules: tuple[Rule, ...] = (*own, *contacts)
        self._wanted = frozenset(rule.id for rule in self.rules)
        self._silent: frozenset[int] = frozenset()

    def without(self, recognizers: Collection[Recognizer]) -> Detector:
        """The same, but some recognizers are not asked."""
        other = copy(self)
        other._silent = frozenset(map(id, recognizers))
        return other

    def tasks(self, segment: Segment) -> Iterator[Recognition | Decoding]:
        """What to ask whom about `segment`: one task per owner with suspects."""
        recognitions: dict[int, tuple[Recognizer, list[Suspect]]] = {}
        decodings: dict[int, tuple[Decoder, list[Suspect]]] = {}
        for pattern, group in groupby(self._engine.scan(segment.data), key=_PATTERN):
            recognizer = self._recognizers.get(pattern.id)
            if recognizer is not None:
                recognitions.setdefault(id(recognizer), (recognizer, []))[1].extend(group)
            else:
                decoder = self._decoders[pattern.id]
                decodings.setdefault(id(decoder), (decoder, []))[1].extend(group)
        for recognizer, suspects in recognitions.values():
            if id(recognizer) in self._silent:
                continue
            yield Recognition(recognizer, tuple(suspects))
        for decoder, suspects in decodings.values():
            yield Decoding(decoder, tuple(suspects))

    def confirmed(self, segment: Segment, task: Recognition) -> Iterator[Match]:
        """What the owner of `task` says is real, of the wanted rules; contacts of software as such."""
        contacts = Contacts(segment)
        return (
            contacts.judged(match)
            for match in task.owner.confirm(segment, task.suspects)
            if match.rule.id in self._wanted and match.span.width > 0
        )

    def matches(self, segment: Segment) -> Iterator[Match]:
        """All matches of `segment` alone, nothing decoded."""
        for task in self.tasks(segment):
            if isinstance(task, Recognition):
                yield from self.confirmed(segment, task)


_PATTERN = attrgetter("pattern")
Owner = TypeVar("Owner", Recognizer, Decoder)


def _owners(owners: Sequence[Owner]) -> dict[str, Owner]:
    by_pattern: dict[str, Owner] = {}
    for owner in owners:
        for pattern in owner.patterns:
            if pattern.id in by_pattern:
                raise RuleError(f"pattern id {pattern.id!r} is used twice", hint="pattern ids are unique")
            by_pattern[pattern.id] = owner
    return by_pattern
