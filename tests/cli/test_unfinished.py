"""Reports of runs that did not end, of runs that were stopped, and of runs that somebody expects."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from leakgate.cli import unfinished
from leakgate.report.registry import REPORTERS
from tests.conftest import Command

_COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clean run, and the working directory around it."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out/a.log").write_text("all tests passed\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GITHUB_SHA", _COMMIT)
    return tmp_path


@contextmanager
def waiting(folder: Path, engine_cache: Path, *formats: str) -> Iterator[subprocess.Popen[bytes]]:
    """A scan of standard input, which does not end; all its reports are there."""
    named = [word for name in formats for word in ("--report", f"{name}={folder / f'r.{name}'}")]
    process = subprocess.Popen(
        [sys.executable, "-m", "leakgate.cli.main", "scan", "-", "-q", *named],
        stdin=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env={**os.environ, "LEAKGATE_CACHE_DIR": str(engine_cache)},
    )
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until and not _blocked_on_input(process, folder, formats):
            time.sleep(0.05)
        yield process
    finally:
        process.kill()
        process.wait()
        assert process.stdin is not None
        process.stdin.close()


def _blocked_on_input(process: subprocess.Popen[bytes], folder: Path, formats: tuple[str, ...]) -> bool:
    there = all((folder / f"r.{name}").exists() for name in formats)
    channel = Path(f"/proc/{process.pid}/wchan")
    # `poll` and `select` wait in the same place of the kernel.
    return there and (not channel.exists() or "poll" in channel.read_text())


def document(path: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return read


def test_a_killed_run_leaves_no_old_pass(leakgate: Command, folder: Path, engine_cache: Path) -> None:
    """Every report says in its own way that the run did not end."""
    for name in REPORTERS:
        assert 0 == leakgate("scan", "out", "-q", "--report", f"{name}=r.{name}").code

    with waiting(folder, engine_cache, *REPORTERS) as process:
        until = time.monotonic() + 60
        while "did not end" not in (folder / "r.sarif").read_text() and time.monotonic() < until:
            time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
        process.wait()

    result = document(folder / "r.json")
    assert ("incomplete", 3, None) == (
        result["verdict"]["outcome"],
        result["verdict"]["exit_code"],
        result["run"]["ended"],
    )
    numbers = {
        "github-outputs": "verdict=incomplete",
        "openmetrics": '"incomplete"} 1',
        "prometheus": '"incomplete"} 1',
    }
    for name in REPORTERS:
        assert numbers.get(name, "the run did not end") in (folder / f"r.{name}").read_text(), name
    [errors] = [suite.get("errors") for suite in ElementTree.parse(folder / "r.junit").iter("testsuite")]
    assert "1" == errors
    [invocation] = document(folder / "r.sarif")["runs"][0]["invocations"]
    assert not invocation["executionSuccessful"]
    assert "failure" == document(folder / "r.gitlab-secret-detection")["scan"]["status"]
    assert "INCOMPLETE" in leakgate("report", "convert", "r.json", "--to", "markdown").out


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_reports_have_the_exit_code_of_the_process(
    folder: Path, engine_cache: Path, leakgate: Command, number: signal.Signals, code: int
) -> None:
    """Of whatever signal stopped it; and the result can be read back."""
    with waiting(folder, engine_cache, "json", "sarif") as process:
        process.send_signal(number)
        assert code == process.wait(timeout=60)

    verdict = document(folder / "r.json")["verdict"]
    assert (code, "incomplete") == (verdict["exit_code"], verdict["outcome"])
    assert code == document(folder / "r.sarif")["runs"][0]["invocations"][0]["exitCode"]
    assert "INTERRUPTED" in leakgate("report", "convert", "r.json", "--to", "console").out


@pytest.mark.parametrize(
    "wrong", [("nowhere",), ("out", "--policy", "nowhere.yaml"), ("out", "--baseline", "nowhere")]
)
def test_a_run_that_stops_at_an_error_leaves_no_old_pass(
    leakgate: Command, folder: Path, wrong: tuple[str, ...]
) -> None:
    """Whoever reads the report need not know the exit code."""
    leakgate("scan", "out", "-q", "--report", "json=r.json")

    assert 2 == leakgate("scan", *wrong, "-q", "--report", "json=r.json").code
    assert "incomplete" == document(folder / "r.json")["verdict"]["outcome"]


def test_a_report_in_a_new_folder_among_the_artifacts(leakgate: Command, folder: Path) -> None:
    """It is not scanned, not new, and not counted, this time and the next."""
    for _ in range(2):
        assert 0 == leakgate("scan", "out", "-q", "--report", "json=out/reports/r.json").code

        result = document(folder / "out/reports/r.json")
        assert ([], 1) == (result["gaps"], result["coverage"]["artifacts"])


def test_a_report_does_not_take_the_place_of_what_is_scanned(leakgate: Command, folder: Path) -> None:
    """The file is as it was."""
    run = leakgate("scan", "out/a.log", "--report", "json=./out/a.log")

    assert (2, "all tests passed\n") == (run.code, (folder / "out/a.log").read_text())


def test_the_result_names_its_run(leakgate: Command, folder: Path) -> None:
    """When it began and ended, and of which commit."""
    before = datetime.now(UTC).replace(microsecond=0)
    leakgate("scan", "out", "-q", "--report", "json=r.json")

    run = document(folder / "r.json")["run"]
    times = [datetime.fromisoformat(run[key]) for key in ("started", "ended")]
    assert before <= times[0] <= times[1] <= datetime.now(UTC)
    assert _COMMIT == run["commit"]


def _aged(path: Path, age: timedelta) -> None:
    result = document(path)
    when = (datetime.now(UTC) - age).strftime("%Y-%m-%dT%H:%M:%SZ")
    result["run"] |= {"started": when, "ended": when}
    path.write_text(json.dumps(result))


@pytest.mark.parametrize(
    ("asked", "age", "code"),
    [
        (("--expect-commit", _COMMIT), 0, 0),
        (("--expect-commit", _COMMIT[:12].upper()), 0, 0),
        (("--expect-commit", "fedcba9876543210"), 0, 2),
        (("--expect-commit", "main"), 0, 2),
        (("--max-age", "2h"), 1, 0),
        (("--max-age", "30m"), 1, 2),
        (("--max-age", "999999999d"), 1, 0),
        (("--max-age", "soon"), 1, 2),
        (("--max-age", "2h"), -1, 2),
    ],
)
def test_a_result_of_another_run_is_refused(
    leakgate: Command, folder: Path, asked: tuple[str, ...], age: int, code: int
) -> None:
    """Another commit, too old, or of a clock that was set back; `age` is in hours."""
    leakgate("scan", "out", "-q", "--report", "json=r.json")
    _aged(folder / "r.json", timedelta(hours=age))

    assert code == leakgate("report", "convert", "r.json", "--to", "markdown", *asked).code


def test_a_result_that_does_not_say_is_refused(leakgate: Command, folder: Path) -> None:
    """Releases before did not say of which run a result is; such a result can still be read."""
    leakgate("scan", "out", "-q", "--report", "json=r.json")
    result = document(folder / "r.json")
    del result["run"]
    (folder / "r.json").write_text(json.dumps(result))
    convert = ("report", "convert", "r.json", "--to", "markdown")

    assert [0, 2, 2] == [
        leakgate(*convert, *asked).code for asked in ((), ("--max-age", "1d"), ("--expect-commit", _COMMIT))
    ]


@pytest.mark.parametrize("service", ["github", "gitlab"])
def test_nothing_stale_is_published(
    leakgate: Command, folder: Path, monkeypatch: pytest.MonkeyPatch, service: str
) -> None:
    """The same questions, before anything is sent."""
    monkeypatch.setenv("GITHUB_TOKEN", "made-up")
    monkeypatch.setenv("GITLAB_TOKEN", "made-up")
    leakgate("scan", "out", "-q", "--report", "json=r.json")

    run = leakgate("publish", service, "--result", "r.json", "--expect-commit", "fedcba9876543210")

    assert 2 == run.code
    assert "another commit" in run.err


def test_a_signal_while_it_starts_is_told_in_the_reports(
    leakgate: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However early it comes: the reports are there, with the exit code of the process."""
    checked = unfinished.check_apart

    def early(*arguments: Any) -> None:
        signal.raise_signal(signal.SIGTERM)
        checked(*arguments)

    monkeypatch.setattr("leakgate.cli.scan.check_apart", early)

    run = leakgate("scan", "out", "-q", "--report", "json=r.json")

    assert (143, 143) == (run.code, document(folder / "r.json")["verdict"]["exit_code"])
