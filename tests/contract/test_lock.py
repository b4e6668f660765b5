"""The locked dependencies are those of the project, each with its hashes."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==\S+", re.MULTILINE)
_EXTRAS = {"image": ("pdf",), "ci": ("pdf", "parquet", "dev", "fuzz")}


def _plain(name: str) -> str:
    """As PEP 503 compares names."""
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("lock", _EXTRAS)
def test_every_dependency_is_locked(lock: str) -> None:
    """`make lock` was run after pyproject.toml changed."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *(word for extra in _EXTRAS[lock] for word in extras[extra])]
    names = {_plain(re.split(r"[<>=!~\[; ]", word)[0]) for word in wanted}

    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")

    assert set() == names - {_plain(name) for name in _PIN.findall(text)}


@pytest.mark.parametrize("lock", _EXTRAS)
def test_every_locked_version_has_a_hash(lock: str) -> None:
    """A package that was exchanged is not installed."""
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    entries = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]

    assert [] == [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry]


def test_image_is_made_of_what_is_locked() -> None:
    """Nothing is resolved when it is built."""
    assert "--require-hashes" in (ROOT / "Dockerfile").read_text(encoding="utf-8")
