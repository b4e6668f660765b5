"""
Writes what several test runs left behind, by the example that makes leaky runs.

Starts that example as a process; knows nothing of what it writes.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_EXAMPLE = Path(__file__).parents[2] / "examples" / "make_leaky_run.py"
_RUNS = 20


def write_runs(home: Path, seed: int, count: int = _RUNS) -> None:
    """A folder for each run, of another seed each."""
    home.mkdir(parents=True)
    for number in range(count):
        run = (str(home / f"run-{number}"), "--seed", str(seed * 1000 + number))
        command = (sys.executable, str(_EXAMPLE), *run)
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own words
