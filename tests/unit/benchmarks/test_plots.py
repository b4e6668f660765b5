"""The plots of the benchmark, where matplotlib is installed: `pip install -e '.[bench]'`."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.throughput.plots import write_plots
from benchmarks.throughput.record import Record, Sample, Series, Work

pytest.importorskip("matplotlib", reason="drawn by `make bench` alone")

SAMPLES = tuple(Sample(wall, 1.0, 1, 30_000_000, 0, True, True, 1) for wall in (1.0, 2.0))
WORKS = tuple(Work(f"clean-{size}", f"{size} MB", size * 1_000_000, 1, size) for size in (1, 10))
RECORD = Record(
    {},
    {"leakgate-plain": "leakgate", "other": "other"},
    WORKS,
    tuple(Series(key, work.key, SAMPLES, {}, 0) for work in WORKS for key in ("leakgate-plain", "other")),
)


def test_plots_are_the_same_every_time(tmp_path: Path) -> None:
    """Of the same samples, to the byte: no date, no identifiers by chance."""
    homes = [tmp_path / name for name in ("a", "b")]
    drawn = [sorted(write_plots(RECORD, home).values()) for home in homes]

    assert [["cpu.svg", "memory.svg", "scaling.svg", "wall.svg"]] * 2 == drawn
    assert [] == [name for name in drawn[0] if len({(home / name).read_bytes() for home in homes}) > 1]
