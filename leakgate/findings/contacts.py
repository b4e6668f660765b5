"""
Contacts of software that are data of the run as well.

Where a member holds the same value in a place that is no tool's own line, it is a find at all of its places.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from leakgate.findings.fingerprint import normalised
from leakgate.findings.placed import Placed
from leakgate.model.detection import CONTACT_FAMILY, Category, Match


def found_as_data(standing: Sequence[Placed]) -> Iterable[Placed]:
    """What stands, with each contact under the rule of the place where the same value is data."""
    if not any(_is_contact(each.match) for each in standing):
        return standing
    data = {
        normalised(each.match): each.match
        for each in standing
        if each.match.rule.category is Category.PII and not _is_contact(each.match)
    }
    return list(_judged_by(data, standing))


def _judged_by(data: dict[bytes, Match], standing: Iterable[Placed]) -> Iterator[Placed]:
    for each in standing:
        other = data.get(normalised(each.match)) if _is_contact(each.match) else None
        if other is None:
            yield each
        else:
            match = replace(
                each.match,
                rule=other.rule,
                confidence=other.confidence,
                because=other.because,
                synthetic=other.synthetic,
            )
            yield Placed(match, each.segment, each.raw)


def _is_contact(match: Match) -> bool:
    return match.rule.family == CONTACT_FAMILY
