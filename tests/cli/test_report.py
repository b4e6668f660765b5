"""`leakgate report convert`: what a scan wrote, as another report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from leakgate.report.registry import REPORTERS
from tests.conftest import Command
from tests.kit import tokens


@pytest.fixture
def result(leakgate: Command, tmp_path: Path) -> Path:
    """A scan that blocks, with its reports beside it as `scan.<format>`."""
    folder = tmp_path / "run"
    folder.mkdir()
    (folder / "app.log").write_text(f"token={tokens.github()}\nmail: someone@corp.test\n")
    (folder / "cut.zip").write_bytes(b"PK\x03\x04cut")
    reports = [word for name in REPORTERS for word in ("--report", f"{name}={tmp_path / f'scan.{name}'}")]
    leakgate("scan", folder, "-q", *reports)
    return tmp_path / "scan.json"


@pytest.mark.parametrize("chosen", [name for name in REPORTERS if name not in ("junit", "console")])
def test_a_converted_report_is_that_of_the_scan(leakgate: Command, result: Path, chosen: str) -> None:
    """Whoever keeps the JSON report needs no other."""
    target = result.parent / "converted"

    run = leakgate("report", "convert", result, "--to", chosen, "--output", target)

    assert (0, "", "") == (run.code, run.out, run.err)
    assert _told(result.with_suffix(f".{chosen}")) == _told(target)


def _told(path: Path) -> str:
    """A report without what only the scan knows: the rules that ran and found nothing."""
    text = path.read_text(encoding="utf-8")
    if '"$schema"' in text and "sarif" in text:
        sarif = json.loads(text)
        fired = {result["ruleId"] for result in sarif["runs"][0]["results"]}
        driver = sarif["runs"][0]["tool"]["driver"]
        driver["rules"] = [rule for rule in driver["rules"] if rule["id"] in fired]
        return json.dumps(driver["rules"]) + json.dumps(sarif["runs"][0]["invocations"])
    return text


@pytest.mark.parametrize("chosen", REPORTERS)
def test_every_format_goes_to_standard_output(leakgate: Command, result: Path, chosen: str) -> None:
    """The exit code says that it was written, not what it says."""
    run = leakgate("report", "convert", result, "--to", chosen)

    assert (0, "") == (run.code, run.err)
    assert "github" in run.out.lower() or (chosen, "verdict=block") == ("github-outputs", run.out.split()[0])


def test_standard_input_is_read(leakgate: Command, result: Path) -> None:
    """For pipes."""
    run = leakgate("report", "convert", "-", "--to", "json", stdin=result.read_bytes())

    assert (0, result.read_text()) == (run.code, run.out)


def test_a_forged_result_is_refused(leakgate: Command, result: Path) -> None:
    """Nothing is written of a document that contradicts itself."""
    document = json.loads(result.read_text())
    document["verdict"].update(outcome="pass", exit_code=0)
    result.write_text(json.dumps(document))
    target = result.parent / "converted"

    run = leakgate("report", "convert", result, "--to", "markdown", "--output", target)

    assert (2, "", False) == (run.code, run.out, target.exists())
    assert "contradicts itself" in run.err


@pytest.mark.parametrize("name", ["missing.json", "."])
def test_a_file_that_cannot_be_read_is_an_error(leakgate: Command, tmp_path: Path, name: str) -> None:
    """With the next step."""
    run = leakgate("report", "convert", tmp_path / name, "--to", "json")

    assert (2, "") == (run.code, run.out)
    assert "hint:" in run.err


def test_a_report_that_cannot_be_written_is_an_error(leakgate: Command, result: Path) -> None:
    """Exit code 4, as for a scan."""
    run = leakgate("report", "convert", result, "--to", "json", "--output", "/dev/full")

    assert 4 == run.code
