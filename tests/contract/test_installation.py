"""Wherever leakgate is installed by us, it is of what is locked, as far as the lock is at hand."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# A Python that writes down how pip is called, and makes environments of itself.
_PYTHON = """#!/bin/sh
case "$*" in
  "-m venv "*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" && cp "$0" "$3/bin/leakgate" ;;
  "-m pip "*) echo "$*" >>"$CALLS" ;;
  *) echo "leakgate, version 1.2.3" ;;
esac
"""


def _calls(tmp_path: Path, version: str) -> list[str]:
    """What the action's installer asks pip for."""
    python = tmp_path / "python"
    python.write_text(_PYTHON)
    python.chmod(0o755)
    calls = tmp_path / "calls"
    calls.touch()
    here = {
        "PATH": os.environ["PATH"],
        "CALLS": str(calls),
        "RUNNER_TEMP": str(tmp_path),
        "GITHUB_OUTPUT": str(tmp_path / "output"),
        "LEAKGATE_PYTHON": str(python),
        "LEAKGATE_VERSION": version,
        "LEAKGATE_ACTION_PATH": "/the/action",
    }
    subprocess.run(["bash", ROOT / "action" / "install.sh"], env=here, check=True, timeout=60)
    return calls.read_text().splitlines()


def test_the_action_installs_what_is_locked(tmp_path: Path) -> None:
    """Itself comes behind it, and brings nothing along."""
    lock, itself = _calls(tmp_path, "")

    assert "--require-hashes --requirement /the/action/requirements/image.txt" in lock
    assert itself.endswith("--no-deps /the/action")


def test_the_action_installs_a_version_by_its_number(tmp_path: Path) -> None:
    """Its lock is not at hand."""
    [itself] = _calls(tmp_path, "1.2.3")

    assert itself.endswith(" leakgate-ci==1.2.3")


@pytest.mark.parametrize(
    ("place", "begin"), [("Makefile", "\n$(READY):"), ("Dockerfile", "\nRUN python -m venv")]
)
def test_nothing_is_resolved_when_it_is_installed(place: str, begin: str) -> None:
    """Neither in CI, which uses make, nor in the image."""
    text = (ROOT / place).read_text(encoding="utf-8").replace("\\\n", " ")
    installs = text.split(begin)[1].split("\n\n")[0].split("pip install")[1:]

    assert 2 == len(installs)
    assert [] == [one for one in installs if "--require-hashes" not in one and "--no-deps" not in one]
