"""
The places of a finding as far as a condition could tell them apart.

Never judges; those who judge ask about each place.
"""

from __future__ import annotations

from collections.abc import Iterator

from leakgate.model.finding import Finding, Sighting
from leakgate.policy.clauses import Place, When


def places(finding: Finding) -> Iterator[Place]:
    """The places that a clause could tell apart, and one for all that were only counted."""
    seen: set[object] = set()
    for sighting in finding.sightings:
        key = _distinct(sighting)
        if key not in seen:
            seen.add(key)
            yield Place(sighting)
    if finding.occurrences > len(finding.sightings):
        yield Place(Sighting(finding.location), unseen=True)


def holds_everywhere(when: When, finding: Finding) -> bool:
    return all(when.holds(finding, place) for place in places(finding))


def holds_anywhere(when: When, finding: Finding) -> bool:
    return any(when.holds(finding, place) for place in places(finding))


def _distinct(sighting: Sighting) -> object:
    where, test = sighting.location, sighting.test
    return where.path, where.members, bool(where.decoded), None if test is None else test.id
