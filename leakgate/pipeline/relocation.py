"""
What scanning some bytes came to, told of the same bytes at another place.

Never looks at bytes: whether two units are the same is for others to know.
"""

from __future__ import annotations

from dataclasses import replace

from leakgate.model.finding import Finding
from leakgate.pipeline.outcome import UnitOutcome


def is_empty(outcome: UnitOutcome) -> bool:
    """Whether it says nothing of any place, but only how much was looked at."""
    return not (outcome.findings or outcome.gaps or outcome.claims)


def is_all_at(outcome: UnitOutcome, path: str) -> bool:
    """Whether all that it tells is told of `path`, as it is shown."""
    places = (seen.location.path for finding in outcome.findings for seen in finding.sightings)
    named = (*places, *(gap.path for gap in outcome.gaps), *(claim.path for claim in outcome.claims))
    return all(each == path for each in named)


def relocated(outcome: UnitOutcome, path: str) -> UnitOutcome:
    """The same outcome at `path`, as it is shown; it took no time."""
    return replace(
        outcome,
        findings=tuple(at_place(finding, path) for finding in outcome.findings),
        gaps=tuple(replace(gap, path=path) for gap in outcome.gaps),
        claims=tuple(replace(claim, path=path) for claim in outcome.claims),
        seconds={},
    )


def at_place(finding: Finding, path: str, members: tuple[str, ...] | None = None) -> Finding:
    """The same finding at `path` and, where they are given, `members`, as both are shown."""
    sightings = tuple(
        replace(
            seen,
            location=replace(
                seen.location, path=path, members=seen.location.members if members is None else members
            ),
        )
        for seen in finding.sightings
    )
    return replace(finding, sightings=sightings)
