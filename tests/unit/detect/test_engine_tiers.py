"""A compiled database serves every processor that can run it."""

from __future__ import annotations

from pathlib import Path

import pytest

from leakgate.detect.engine import hyperscan_engine
from leakgate.detect.engine.cache import DatabaseCache
from leakgate.detect.engine.hyperscan_engine import HyperscanEngine
from leakgate.model.detection import Pattern

SMALL = "flags : fpu sse2 ssse3 popcnt avx avx2\n"
BIG = "flags : fpu sse2 ssse3 popcnt avx avx2 avx512f avx512bw avx512vbmi\n"
PATTERNS = ((Pattern("p", b"needle"),),)


def built_on(monkeypatch: pytest.MonkeyPatch, flags: str, folder: Path) -> set[str]:
    """The files that an engine on such a processor leaves or finds."""
    monkeypatch.setattr(hyperscan_engine, "_features", lambda: flags)
    HyperscanEngine(PATTERNS, DatabaseCache(folder, key=b"k" * 32))
    return {file.name for file in folder.iterdir()}


@pytest.mark.parametrize(
    ("flags", "tiers"),
    [
        ("flags : fpu sse2\n", ("x86",)),
        (SMALL, ("avx2", "x86")),
        ("flags : avx2 avx512f avx512bw avx512dq\n", ("avx512", "avx2", "x86")),
        (BIG, ("avx512vbmi", "avx512", "avx2", "x86")),
        ("Features : fp asimd sve\n", ("Features : fp asimd sve\n",)),
        ("", ("",)),
    ],
)
def test_tiers_of_a_processor(monkeypatch, flags, tiers):
    """The best first, and everything below it."""
    monkeypatch.setattr(hyperscan_engine, "_features", lambda: flags)

    assert tiers == hyperscan_engine._tiers()


def test_a_database_of_a_smaller_processor_is_used(monkeypatch, tmp_path):
    """Nothing is compiled again on a bigger one."""
    small = built_on(monkeypatch, SMALL, tmp_path)

    assert small == built_on(monkeypatch, BIG, tmp_path)


def test_a_database_of_a_bigger_processor_is_not(monkeypatch, tmp_path):
    """It would not run."""
    big = built_on(monkeypatch, BIG, tmp_path)

    assert 2 * len(big) == len(built_on(monkeypatch, SMALL, tmp_path))


def test_other_flags_do_not_matter(monkeypatch, tmp_path):
    """Two processors of one tier share a database."""
    one = built_on(monkeypatch, SMALL, tmp_path)

    assert one == built_on(monkeypatch, SMALL.replace("fpu", "fpu erms bmi2 sha_ni"), tmp_path)
