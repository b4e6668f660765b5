"""`leakgate explain`, as people call it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Command


def test_a_rule(leakgate: Command) -> None:
    """What it finds, what to do, and how to mask it."""
    done = leakgate("explain", "github-pat", "--framework", "vcrpy")

    assert 0 == done.code
    assert all(words in done.out for words in ("GitHub", "What to do now", "filter_headers"))


def test_no_command_of_a_runner(leakgate: Command) -> None:
    """The text on masking is no command itself, in a job's log."""
    done = leakgate("explain", "github-pat")

    assert "::add-mask::" in done.out
    assert not any(line.lstrip().startswith(("::", "##")) for line in done.out.splitlines())


def test_a_finding(leakgate: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it was found and why it fired."""
    monkeypatch.chdir(tmp_path)
    address = "kolbert.marie" + "@" + "mailforge-77.org"
    Path("mail.log").write_text(f"sent to {address}\n")
    leakgate("scan", "mail.log", "-q", "--report", "json=r.json")
    fingerprint = json.loads(Path("r.json").read_text())["findings"][0]["fingerprint"]

    done = leakgate("explain", fingerprint, "--result", "r.json")

    assert 0 == done.code
    assert "at mail.log:1:9" in done.out
    assert address not in done.out


@pytest.mark.parametrize("what", ["lg1:00c0ffee", "github-pta"])
def test_what_nobody_knows(leakgate: Command, what: str) -> None:
    """A fingerprint without a result, or a misspelt rule, is an error that says what to do."""
    done = leakgate("explain", what)

    assert (2, True) == (done.code, "hint:" in done.err)
