"""`--max-seconds`: less time than the policy gives, never more."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from leakgate.pipeline import clock
from tests.conftest import Command
from tests.kit import tokens


class _Clock:
    """Ten seconds go by between one look and the next."""

    def __init__(self) -> None:
        self._now = 0.0

    def monotonic(self) -> float:
        self._now += 10.0
        return self._now


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(5):
        (tmp_path / f"{number}.log").write_text("all tests passed\n")
    return tmp_path


def test_what_is_not_reached_is_a_gap(
    leakgate: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The default policy does not accept it: incomplete, exit code 3."""
    monkeypatch.setattr(clock, "time", _Clock())

    run = leakgate("scan", folder, "--max-seconds", "1", "--format", "json")

    assert 3 == run.code
    reasons = [gap["reason"] for gap in json.loads(run.out)["gaps"]]
    assert ["time_limit"] * 5 == [reason for reason in reasons if reason != "nothing_scanned"]


def test_it_never_gives_more_than_the_policy(
    leakgate: Command, folder: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A change cannot buy itself time on the command line of its own job."""
    policy = tmp_path_factory.mktemp("policy") / "policy.yaml"
    policy.write_text("version: 1\nname: ours\nextends: default\nlimits: {max_seconds: 1s}\n")
    monkeypatch.setattr(clock, "time", _Clock())

    assert 3 == leakgate("scan", folder, "--policy", policy, "--max-seconds", "86400").code


@pytest.mark.parametrize("wrong", ["0", "-1", "soon"])
def test_a_time_that_is_none_is_a_mistake(leakgate: Command, folder: Path, wrong: str) -> None:
    """Exit code 2."""
    assert 2 == leakgate("scan", folder, "--max-seconds", wrong).code


def test_a_step_of_the_clock_changes_nothing(
    leakgate: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Deadlines are counted on a clock that is never set."""
    times = iter(range(10**9, 0, -(10**6)))
    monkeypatch.setattr("time.time", lambda: next(times))

    assert 0 == leakgate("scan", folder, "--max-seconds", "60").code


@pytest.mark.parametrize("seconds", ["1", "600"])
def test_a_name_in_a_gap_shows_no_secret(
    leakgate: Command, folder: Path, monkeypatch: pytest.MonkeyPatch, seconds: str
) -> None:
    """Neither that of a file that was not reached, nor that of one that cannot be read."""
    token = tokens.github()
    (folder / f"{token}.log").write_text("")
    (folder / f"link-{token}.log").symlink_to("/nowhere")
    if seconds == "1":
        monkeypatch.setattr(clock, "time", _Clock())

    run = leakgate("scan", folder, "--max-seconds", seconds, "--format", "json")

    assert token not in run.out
    assert 1 <= len(json.loads(run.out)["gaps"])
