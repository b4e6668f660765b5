"""
Outcomes as text, for a store: all that a finding, gap or claim says but its path, and never a raw value.

Rules are told by their ids; an outcome whose rule is not exactly one that runs has no text.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import astuple
from typing import Any

from leakgate.findings.attachments import Claim
from leakgate.model.detection import Confidence, Rule
from leakgate.model.finding import Finding, Location, Sighting
from leakgate.model.gap import Gap, GapReason, Stage
from leakgate.model.result import Coverage
from leakgate.model.segment import Emitter, TestRef
from leakgate.pipeline.outcome import UnitOutcome

_COUNTED = ("artifacts", "members", "bytes_scanned", "bytes_decoded")


def written(outcome: UnitOutcome, rules: Mapping[str, Rule]) -> bytes | None:
    """One line of ASCII; None where a finding is of a rule that `rules`, by id, does not have."""
    if any(rules.get(finding.rule.id) != finding.rule for finding in outcome.findings):
        return None
    text = [
        [getattr(outcome.coverage, name) for name in _COUNTED],
        [_of_finding(finding) for finding in outcome.findings],
        [[gap.members, gap.stage, gap.reason, gap.detail] for gap in outcome.gaps],
        [[claim.members, claim.name, astuple(claim.test)] for claim in outcome.claims],
        sorted(piece.hex() for piece in outcome.pieces),
    ]
    return json.dumps(text, separators=(",", ":")).encode("ascii")


def read(raw: bytes, rules: Mapping[str, Rule]) -> UnitOutcome:
    """What `written` wrote. Raises ValueError, TypeError or LookupError for anything else."""
    counted, findings, gaps, claims, pieces = json.loads(raw)
    coverage = Coverage(**dict(zip(_COUNTED, map(int, counted), strict=True)))
    return UnitOutcome(
        findings=tuple(_finding(told, rules) for told in findings),
        gaps=tuple(
            Gap("", tuple(members), Stage(stage), GapReason(reason), detail)
            for members, stage, reason, detail in gaps
        ),
        coverage=coverage,
        claims=tuple(Claim("", tuple(members), name, TestRef(*test)) for members, name, test in claims),
        pieces=frozenset(map(bytes.fromhex, pieces)),
    )


def _of_finding(finding: Finding) -> list[Any]:
    told = [finding.fingerprint, finding.rule.id, finding.confidence, finding.masked, finding.because]
    return [*told, finding.synthetic, finding.occurrences, [_of_sighting(seen) for seen in finding.sightings]]


def _of_sighting(seen: Sighting) -> list[Any]:
    _path, *place = astuple(seen.location)
    return [place, seen.test and astuple(seen.test), seen.emitter and astuple(seen.emitter)]


def _finding(told: list[Any], rules: Mapping[str, Rule]) -> Finding:
    fingerprint, rule, confidence, masked, because, synthetic, occurrences, sightings = told
    seen = tuple(_sighting(one) for one in sightings)
    if not seen:
        raise ValueError("a finding without a place")
    return Finding(
        fingerprint, rules[rule], Confidence(confidence), masked, because, synthetic, seen, occurrences
    )


def _sighting(told: list[Any]) -> Sighting:
    place, test, emitter = told
    members, start, end, line, column, end_line, end_column, pointer, decoded = place
    lines = (line, column, end_line, end_column)
    location = Location("", tuple(members), start, end, *lines, pointer, tuple(decoded))
    return Sighting(location, TestRef(*test) if test else None, Emitter(*emitter) if emitter else None)
