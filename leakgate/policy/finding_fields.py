"""
A finding at one of its places, as expressions see it: plain values, all of them bounded.

Holds no more than reports show, and nothing of a place that was only counted.
"""

from __future__ import annotations

from typing import Any

from leakgate.model.data_class import data_class_of
from leakgate.model.finding import Finding
from leakgate.policy.carriers import carriers_of
from leakgate.policy.expressions import MAX_TEXT
from leakgate.policy.place import Place

_MOST = 50  # items of a list


def fields_of(finding: Finding, place: Place) -> dict[str, Any]:
    """The values of `expressions.FIELDS`; those that are not known of an unseen place are left out."""
    rule, where = finding.rule, place.sighting.location
    fields: dict[str, Any] = {
        "rule": rule.id,
        "entity": rule.entity,
        "category": str(rule.category),
        "data_class": str(data_class_of(rule).data_class),
        "family": rule.family,
        "provider": rule.provider,
        "severity": str(rule.severity),
        "confidence": str(finding.confidence),
        "path": where.path[:MAX_TEXT],
        "members": [name[:MAX_TEXT] for name in where.members[:_MOST]],
        "name": (where.members[-1] if where.members else where.path).rpartition("/")[2][:MAX_TEXT],
        "count": finding.occurrences,
        "synthetic": finding.synthetic is not None,
        "known": place.known,
    }
    return fields if place.unseen else fields | _circumstances(place)


def _circumstances(place: Place) -> dict[str, Any]:
    where, test = place.sighting.location, place.sighting.test
    return {
        "pointer": (where.pointer or "")[:MAX_TEXT],
        "carrier": sorted(carriers_of(where)),
        "decoded": list(where.decoded[:_MOST]),
        "test": "" if test is None else test.id[:MAX_TEXT],
        "line": where.line or 0,
    }
