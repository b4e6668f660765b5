"""
The matrix: every carrier scanned once, every cell judged by what was found and where.

A cell is found where a finding that the default policy blocks or warns of names the value's own entity,
overlaps the bytes that carry it, stays within their lines, and says the right line and column.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from leakgate.findings.fingerprint import Key
from leakgate.model.artifact import Artifact, Unit
from leakgate.model.finding import Finding, Location
from leakgate.model.result import Coverage
from leakgate.model.verdict import Action
from leakgate.pipeline.unit import UnitScanner
from leakgate.policy.evaluate import evaluate
from leakgate.policy.load import load_policy
from leakgate.policy.policy import Policy
from leakgate.unpack.readers import HeldBytes
from leakgate.wiring import build_detector, build_scanner
from tests.carriers.document import Carrier, Document, Place
from tests.carriers.values import VALUES, Value

_LOUD = (Action.BLOCK, Action.WARN)


@dataclass(frozen=True, slots=True)
class Cell:
    """One value in one carrier; `trouble` says what is wrong with its finding, None if it is there."""

    carrier: str
    value: str
    trouble: str | None


class Bench:
    """A scanner that is built once. Without a language model: every value has a form or a label."""

    def __init__(self, cache: Path) -> None:
        self._policy: Policy = load_policy("default")
        detector = build_detector(replace(self._policy.detect, nlp_entities=()), cache)
        self._scanner: UnitScanner = build_scanner(detector, Key.of("matrix"), self._policy.limits)

    def cells(self, carrier: Carrier) -> tuple[Cell, ...]:
        """The cells of `carrier`, in the order of the values; without those that it cannot hold."""
        document = carrier.make(fitting(carrier))
        findings = self._loud(document)
        cells = (
            Cell(carrier.name, place.value.name, _trouble(place, document, findings))
            for place in document.places
        )
        return tuple(sorted(cells, key=lambda cell: _NAMES.index(cell.value)))

    def _loud(self, document: Document) -> list[Finding]:
        unit = Unit(Artifact(document.name), HeldBytes(document.data))
        outcome = self._scanner.scan(unit, lambda: False)
        verdict = evaluate(self._policy, outcome.findings, outcome.gaps, Coverage(artifacts=1))
        return [decision.finding for decision in verdict.decisions if decision.action in _LOUD]


_NAMES = [value.name for value in VALUES]


def fitting(carrier: Carrier) -> tuple[Value, ...]:
    """The values that `carrier` can hold."""
    unfit = {name for name, _ in carrier.unfit}
    return tuple(value for value in VALUES if value.name not in unfit)


def _trouble(place: Place, document: Document, findings: list[Finding]) -> str | None:
    """What keeps the cell from being found; the least of it."""
    named = [f for f in findings if f.rule.entity in place.value.entities]
    if not named:
        others = sorted({f.rule.id for f in findings if any(_covers(s, place, document) for s in _spots(f))})
        return f"not found; here: {', '.join(others) or 'nothing'}"
    spots = [spot for finding in named for spot in _spots(finding)]
    here = [spot for spot in spots if _covers(spot, place, document)]
    if not here:
        return (
            "found in another place: "
            + "; ".join(
                f"{'!'.join(spot.members)}:{spot.byte_start}-{spot.byte_end} {'+'.join(spot.decoded)}"
                for spot in spots[:3]
            )
            + f" instead of {'!'.join(document.members)}:{place.start}-{place.end}"
        )
    wrong = [spot for spot in here if (spot.line, spot.column) != _line_and_column(document, spot.byte_start)]
    return "wrong line or column" if wrong else None


def _spots(finding: Finding) -> Iterator[Location]:
    return (sighting.location for sighting in finding.sightings)


def _covers(spot: Location, place: Place, document: Document) -> bool:
    """Whether `spot` overlaps the place and stays within its lines."""
    overlaps = spot.byte_start < place.end and spot.byte_end > place.start
    low, high = _lines_of(place, document)
    return spot.members == document.members and overlaps and low <= spot.byte_start and spot.byte_end <= high


def _lines_of(place: Place, document: Document) -> tuple[int, int]:
    """The bytes of the lines over which the place stretches; label and value where there are no lines."""
    if document.encoding is None:
        return place.start - len(place.value.before), place.end
    newline = "\n".encode(document.encoding)
    behind = document.text.find(newline, place.end)
    before = document.text.rfind(newline, 0, place.start)
    # The end of a line is a part of it: a YAML block scalar ends with one.
    return (
        before + len(newline) if before >= 0 else 0,
        behind + len(newline) if behind >= 0 else len(document.text),
    )


def _line_and_column(document: Document, offset: int) -> tuple[int | None, int | None]:
    if document.encoding is None:
        return None, None
    before = document.text[:offset].decode(document.encoding).removeprefix("\ufeff")
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
