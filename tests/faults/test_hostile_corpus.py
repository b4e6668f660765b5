"""All hostile files in one scan by the real command: bounded, the right exit code, nothing lost unsaid."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.corpus import CUT, ITEMS
from tests.faults.scanning import Scan, scanned

_PATIENCE = 240  # seconds; some 20 on an idle machine
_MEMORY = 600  # MiB at the peak; some 260


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory, engine_cache: Path) -> Scan:
    folder = tmp_path_factory.mktemp("corpus") / "run"
    folder.mkdir()
    for name, make in ITEMS.items():
        (folder / name).write_bytes(make())
    return scanned(folder, engine_cache, _PATIENCE)


def test_it_ends_with_a_verdict(scan: Scan) -> None:
    """Blocked, by what was found; no word on standard error."""
    assert (1, "") == (scan.code, scan.errors)


def test_memory_is_bounded(scan: Scan) -> None:
    """By limits, not by what files claim or unpack to."""
    assert scan.memory < _MEMORY


def test_nothing_broke(scan: Scan) -> None:
    """No recognizer, decoder or reader failed, and the time sufficed."""
    broken = ("recognizer_failed", "time_limit", "interrupted")

    assert [] == [gap for gap in scan.document["gaps"] if gap["reason"] in broken]


@pytest.mark.parametrize("name", sorted(set(ITEMS) - set(CUT)))
def test_a_leak_behind_hostile_bytes_is_found(scan: Scan, name: str) -> None:
    """What is around it hides nothing."""
    assert "github-pat" in {finding["rule"] for finding in scan.about(name, "findings")}


@pytest.mark.parametrize(("name", "reason"), CUT.items())
def test_what_was_not_looked_at_is_a_gap(scan: Scan, name: str, reason: str) -> None:
    """With the reason, and decided on by the policy."""
    assert reason in {gap["reason"] for gap in scan.about(name, "gaps")}
