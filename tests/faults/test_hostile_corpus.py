"""All hostile files in one scan by the real command: bounded, the right exit code, nothing lost unsaid."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.faults.corpus import CUT, ITEMS

_PATIENCE = 240.0  # seconds; some 10 on an idle machine
_MEMORY = 600  # MiB at the peak; some 180


@dataclass(frozen=True)
class Scan:
    """What was left of the one scan; `memory` is in MiB."""

    code: int
    errors: str
    memory: int
    document: dict[str, Any]

    def about(self, name: str, key: str) -> list[dict[str, Any]]:
        entries: list[dict[str, Any]] = self.document[key]
        if key == "findings":
            return [e for e in entries if any(place["path"].endswith("/" + name) for place in e["locations"])]
        return [entry for entry in entries if entry["path"].endswith("/" + name)]


# A process counts the memory of whoever started it as its own, so a small one has to start it.
_MEASURED = (
    "import resource, subprocess, sys; code = subprocess.call(sys.argv[1:]); "
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss); sys.exit(code)"
)


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory, engine_cache: Path) -> Scan:
    folder = tmp_path_factory.mktemp("corpus") / "run"
    folder.mkdir()
    for name, make in ITEMS.items():
        (folder / name).write_bytes(make())
    report = folder.parent / "report.json"
    words = [
        sys.executable,
        "-m",
        "leakgate",
        "scan",
        str(folder),
        "-q",
        "--report",
        f"json={report}",
        "--jobs",
        "1",
    ]
    environment = {**os.environ, "LEAKGATE_CACHE_DIR": str(engine_cache)}
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, *words, "--max-seconds", str(int(_PATIENCE))],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    memory = int(done.stdout) // (1024 if sys.platform == "linux" else 1024 * 1024)
    document = json.loads(report.read_text(encoding="utf-8"))
    return Scan(done.returncode, done.stderr, memory, document)


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
