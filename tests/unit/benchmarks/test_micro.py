"""The micro-benchmarks still import and run, and each stage has something to do."""

from __future__ import annotations

from pathlib import Path

from benchmarks.micro.ground import Ground
from benchmarks.micro.stages import stages
from leakgate.report.registry import REPORTERS


def test_every_stage_has_something_to_do(tmp_path: Path, engine_cache: Path) -> None:
    """On little input; one that does nothing would be measured as fast."""
    ground = Ground(tmp_path, engine_cache, size=20_000, many=30)

    done = {stage.name: stage.work() for stage in stages(ground)}

    assert [] == [name for name, amount in done.items() if amount == 0]
    assert {f"report: {name}" for name in REPORTERS} < set(done)
