"""Findings of parts of one member become findings of the member."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from leakgate.model.finding import Finding, Location, Sighting

_SHOWN_PLACES = 50


def merged(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """One finding per artifact, member and fingerprint, in the order of first sight.

    A place that two overlapping parts both saw counts once.
    """
    groups: dict[tuple[str, tuple[str, ...], str], list[Finding]] = {}
    for finding in findings:
        place = finding.location
        groups.setdefault((place.path, place.members, finding.fingerprint), []).append(finding)
    return tuple(group[0] if len(group) == 1 else _one(group) for group in groups.values())


def _one(group: list[Finding]) -> Finding:
    best = min(group, key=lambda finding: finding.confidence.rank)
    places: dict[Location, Sighting] = {}
    twice = 0
    for sighting in (sighting for finding in group for sighting in finding.sightings):
        twice += sighting.location in places
        places.setdefault(sighting.location, sighting)
    reasons = [finding.synthetic for finding in group]
    return replace(
        best,
        offer=next((finding.offer for finding in group if finding.offer is not None), None),
        synthetic=reasons[0] if all(reason is not None for reason in reasons) else None,
        sightings=tuple(places.values())[:_SHOWN_PLACES],
        occurrences=sum(finding.occurrences for finding in group) - twice,
    )
