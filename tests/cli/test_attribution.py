"""What the command says of who leaked: the example run, whose every leak has a test, in every report."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.conftest import Command

EXAMPLES = Path(__file__).parents[2] / "examples"
TESTS = ("pays by card", "test_pays_by_card", "test_restores_cart", "test_uploads_notes")


@pytest.fixture
def leaky(tmp_path: Path) -> Path:
    """The example run."""
    made = [sys.executable, str(EXAMPLES / "make_leaky_run.py"), str(tmp_path / "run"), "--seed", "5"]
    subprocess.run(made, check=True)
    return tmp_path / "run"


def test_every_leak_of_the_example_has_its_test_in_every_report(leakgate: Command, leaky: Path) -> None:
    """The test by its name, and the line of source where the log says it."""
    files = {name: leaky.parent / name for name in ("json", "junit", "sarif", "markdown")}
    reports = [word for name, file in files.items() for word in ("--report", f"{name}={file}")]

    run = leakgate("scan", leaky, "--source-root", EXAMPLES / "shop", *reports, "-v")

    findings = json.loads(files["json"].read_text())["findings"]
    blocking = [one for one in findings if one["decision"]["action"] == "block"]
    failing = [
        case
        for case in ElementTree.parse(files["junit"]).iter("testcase")
        if case.find("failure") is not None
    ]
    results = json.loads(files["sarif"].read_text())["runs"][0]["results"]
    errors = [one["locations"][0]["physicalLocation"] for one in results if one["level"] == "error"]
    assert all(one["test"] for one in findings)
    assert sorted(TESTS) == sorted(str(case.get("name")) for case in failing)
    assert {"SRCROOT"} == {place["artifactLocation"].get("uriBaseId") for place in errors}
    assert len(blocking) == run.out.count("\n    test  ")
    assert "written by shop/refunds.py:12" in run.out
    assert all(name in files["markdown"].read_text() for name in (*TESTS, "shop/db.py:13"))
