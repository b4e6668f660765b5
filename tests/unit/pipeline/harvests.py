"""What a run gathered, out of its box: for tests of how it is gathered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from leakgate.model.finding import Finding
from leakgate.model.gap import Gap
from leakgate.model.result import Coverage, Timing
from leakgate.pipeline import run as real


@dataclass(frozen=True)
class Harvest:
    """The same as that of a run, with names as the pipeline has them."""

    findings: tuple[Finding, ...]
    gaps: tuple[Gap, ...]
    coverage: Coverage
    timing: Timing
    interrupted: bool


def run(*given: Any, **named: Any) -> Harvest:
    """A run, as the pipeline does it."""
    got = real.run(*given, **named)
    findings, gaps = got.told.masked(lambda held: held)
    return Harvest(findings, gaps, got.coverage, got.timing, got.interrupted)
