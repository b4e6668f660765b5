"""A folder to scan, and the command that scans it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.faults.kit import Scanner


@pytest.fixture(scope="session")
def warm(engine_cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cache, with the rules of the default policy compiled: what is tried happens to the scan."""
    folder = tmp_path_factory.mktemp("warm") / "run"
    folder.mkdir()
    (folder / "a.log").write_text("fine\n")
    Scanner(folder, {**os.environ, "LEAKGATE_CACHE_DIR": str(engine_cache)}).run()
    return engine_cache


@pytest.fixture
def scanner(tmp_path: Path, warm: Path) -> Scanner:
    folder = tmp_path / "run"
    folder.mkdir()
    return Scanner(folder, {**os.environ, "LEAKGATE_CACHE_DIR": str(warm)})
