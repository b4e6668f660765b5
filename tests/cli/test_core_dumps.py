"""A crash of the scanner leaves nothing of its memory behind."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

_LOOK = """
import json, sys
from leakgate.pipeline import unit
whole = unit.UnitScanner.scan

def look(self, *arguments, **named):
    limits = open("/proc/self/limits").read()
    line = next(line for line in limits.splitlines() if line.startswith("Max core file size"))
    with open(sys.argv[1], "a") as seen:
        seen.write(json.dumps(line.split()[4:6]) + "\\n")
    return whole(self, *arguments, **named)

unit.UnitScanner.scan = look
from leakgate.cli.main import main
main(["scan", "-q", "--jobs", sys.argv[2], "out"])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_no_process_may_dump_its_memory(tmp_path: Path, jobs: str) -> None:
    """Neither the process of the command nor one that scans for it."""
    (tmp_path / "out").mkdir()
    for number in range(4):
        (tmp_path / "out" / f"{number}.log").write_text(f"{number} tests passed\n" * 40_000)

    subprocess.run(
        [sys.executable, "-c", _LOOK, "seen", jobs],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        timeout=120,
    )

    seen = [json.loads(line) for line in (tmp_path / "seen").read_text().splitlines()]
    assert seen
    assert all(["0", "0"] == limits for limits in seen)
