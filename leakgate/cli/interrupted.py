"""
The judgement of a scan that was interrupted before it had any: reports say that nothing was scanned.

Never knows of findings; a scan that is interrupted on its way keeps what it found by itself.
"""

from __future__ import annotations

from leakgate import __version__
from leakgate.detect.rules.digest import rules_digest
from leakgate.model.gap import Gap, GapReason, Stage
from leakgate.model.result import Coverage, ScanResult, Timing
from leakgate.policy.evaluate import evaluate
from leakgate.wiring import Judged, Settings

_GAP = Gap(
    "(run)",
    (),
    Stage.RUN,
    GapReason.INTERRUPTED,
    "the run was interrupted before it began to scan, or after it: nothing that it found is known",
)


def unjudged(settings: Settings) -> Judged:
    """Incomplete at best."""
    result = ScanResult(
        findings=(),
        gaps=(_GAP,),
        coverage=Coverage(),
        timing=Timing(0.0),
        rules=(),
        rules_digest=rules_digest(()),
        policy=settings.policy.identity,
        tool_version=__version__,
        ephemeral_key=settings.key.ephemeral,
        key_check=None if settings.key.ephemeral else settings.key.check,
        run=settings.run,
    )
    verdict = evaluate(
        settings.policy,
        result.findings,
        result.gaps,
        result.coverage,
        interrupted=True,
        accepted=settings.accepted,
    )
    return Judged(result, verdict, paths=settings.paths)
