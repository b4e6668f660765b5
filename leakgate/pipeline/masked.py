"""An outcome as it may be stored: with no piece of a value of the run in any name."""

from __future__ import annotations

from dataclasses import replace

from leakgate.findings.masking import Masker
from leakgate.pipeline.outcome import UnitOutcome


def masked_outcome(masker: Masker, outcome: UnitOutcome) -> UnitOutcome:
    """The same outcome, of the same places."""
    return replace(
        outcome,
        findings=tuple(map(masker.finding, outcome.findings)),
        gaps=tuple(map(masker.gap, outcome.gaps)),
        claims=tuple(
            replace(
                claim,
                path=masker(claim.path),
                members=tuple(map(masker, claim.members)),
                name=None if claim.name is None else masker(claim.name),
                test=masker.test(claim.test),
            )
            for claim in outcome.claims
        ),
    )
