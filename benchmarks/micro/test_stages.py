"""Each stage for itself, by pytest-benchmark: `make bench-micro`, or `BENCH='-k report'` for some."""

from __future__ import annotations

import atexit
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import pytest
from pytest_benchmark.fixture import BenchmarkFixture  # type: ignore[import-not-found,unused-ignore]

from benchmarks.micro.ground import Ground
from benchmarks.micro.stages import Stage, stages

_HOME = Path(mkdtemp(prefix="leakgate-micro-"))
_GROUND = Ground(_HOME, _HOME / "cache", size=5_000_000, many=2_000)
atexit.register(rmtree, _HOME, ignore_errors=True)


@pytest.mark.parametrize("stage", tuple(stages(_GROUND)), ids=lambda stage: stage.name)
def test_stage(benchmark: BenchmarkFixture, stage: Stage) -> None:
    """It has something to do; how long that takes is in the table."""
    benchmark.group = stage.name.partition(":")[0]

    assert benchmark(stage.work) > 0
