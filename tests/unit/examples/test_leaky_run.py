"""The bundled example run: reproducible, complete, and without a token in its source."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

EXAMPLES = Path(__file__).parents[3] / "examples"


def make(directory: Path, *options: str) -> int:
    command = [sys.executable, str(EXAMPLES / "make_leaky_run.py"), str(directory), *options]
    return subprocess.run(command, check=False, stderr=subprocess.DEVNULL).returncode


def contents(directory: Path) -> dict[str, bytes]:
    files = (path for path in sorted(directory.rglob("*")) if path.is_file())
    return {str(path.relative_to(directory)): path.read_bytes() for path in files}


def line_of(directory: Path, entry: dict[str, str | int | None]) -> bytes:
    path = directory / str(entry["path"])
    raw = path.read_bytes()
    if path.suffix == ".zip":
        raw = zipfile.ZipFile(path).read(str(entry["member"]))
    elif path.suffix == ".gz":
        raw = gzip.decompress(raw)
    return raw.split(b"\n")[int(entry["line"] or 0) - 1]


def test_same_seed_makes_the_same_bytes(tmp_path):
    """Two runs from one seed are equal, one from another seed is not."""
    for name, seed in (("a", "7"), ("b", "7"), ("c", "8")):
        assert 0 == make(tmp_path / name, "--seed", seed)

    assert contents(tmp_path / "a") == contents(tmp_path / "b")
    assert contents(tmp_path / "a") != contents(tmp_path / "c")


def test_manifest_points_at_what_was_planted(tmp_path):
    """Path, member and line of the manifest lead to the tokens."""
    make(tmp_path / "run", "--manifest", str(tmp_path / "manifest"))
    entries = [json.loads(line) for line in (tmp_path / "manifest").read_text().splitlines()]

    tokens = [entry for entry in entries if entry["type"] == "GITHUB_TOKEN"]

    assert {"console.log", "reports/junit.xml", "debug/.env"} == {entry["path"] for entry in tokens}
    assert all(re.search(rb"gh[p]_\w{36}\b", line_of(tmp_path / "run", entry)) for entry in tokens)
    assert all(line_of(tmp_path / "run", entry) for entry in entries)


def test_other_files_are_not_overwritten(tmp_path):
    """A directory with something else in it is refused and left alone."""
    (tmp_path / "thesis.txt").write_text("mine")

    assert 2 == make(tmp_path)
    assert {"thesis.txt": b"mine"} == contents(tmp_path)


def test_every_planted_leak_is_some_test_s(tmp_path):
    """Every file that shows a planted value is one test's: its output, its trace, or what it attached."""
    make(tmp_path / "run", "--manifest", str(tmp_path / "manifest"))
    planted = {json.loads(line)["path"] for line in (tmp_path / "manifest").read_text().splitlines()}
    report = (tmp_path / "run" / "reports" / "junit.xml").read_text()

    own = {path for path in planted if f"[[ATTACHMENT|{path}]]" in report}

    traced = {path for path in planted if path.endswith("/trace.zip")}
    assert {"console.log", "reports/junit.xml"} == planted - own - traced
