"""
The places of a finding as far as a condition could tell them apart.

Never judges; those who judge ask about each place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from leakgate.model.finding import Finding, Sighting
from leakgate.policy.clauses import When
from leakgate.policy.place import Place


def places(finding: Finding, *, known: bool = False, each: bool = False) -> Iterator[Place]:
    """The places that a clause could tell apart (or `each`), and one for all that were only counted.

    `known` says that the baseline holds the finding.
    """
    seen: set[object] = set()
    for sighting in finding.sightings:
        key = _distinct(sighting)
        if each or key not in seen:
            seen.add(key)
            yield Place(sighting, known=known)
    if finding.occurrences > len(finding.sightings):
        # Of an archive and its members all places share the names; how these were encoded is not known.
        yield Place(Sighting(replace(finding.location, decoded=())), unseen=True, known=known)


def holds_everywhere(when: When, finding: Finding, *, known: bool = False) -> bool:
    """An expression that fails does not hold."""
    return all(when.holds(finding, place) for place in places(finding, known=known, each=_is_exact(when)))


def holds_anywhere(when: When, finding: Finding, *, known: bool = False) -> bool:
    """An expression that fails holds."""
    asked = places(finding, known=known, each=_is_exact(when))
    return any(when.holds(finding, place, in_doubt=True) for place in asked)


def _is_exact(when: When) -> bool:
    """Expressions see lines and pointers."""
    return when.expr is not None


def _distinct(sighting: Sighting) -> object:
    where, test = sighting.location, sighting.test
    return where.path, where.members, where.decoded, None if test is None else test.id
