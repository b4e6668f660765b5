"""
What happens to a run from outside: killed, starved, full disks, lost files.

Never a pass with something unscanned; never a half report.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from tests.conftest import Command
from tests.faults.kit import LINES, PATIENCE, Outcome, Scanner, gone, logs, workers
from tests.kit import tokens

linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@linux
@pytest.mark.parametrize("number", range(3))
def test_a_killed_worker_costs_nothing_unsaid(scanner: Scanner, number: int) -> None:
    """What it had is scanned again, or told as a gap."""
    size = logs(scanner.folder, 24)
    process = scanner.start("--jobs", "2")
    for child in workers(process)[:1]:
        time.sleep(0.05 * number)
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)

    outcome = scanner.finish(process)

    assert outcome.is_honest
    assert outcome.document is not None
    assert outcome.code != 0 or size == outcome.document["coverage"]["bytes_scanned"]


@linux
def test_workers_that_are_all_killed_cost_nothing_unsaid(scanner: Scanner) -> None:
    """Again and again, as a system short of memory does."""
    size = logs(scanner.folder, 24)
    process = scanner.start("--jobs", "3")
    for _ in range(3):
        for child in workers(process, patience=2):
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        time.sleep(0.02)

    outcome = scanner.finish(process)

    assert outcome.is_honest
    assert outcome.document is not None
    assert outcome.code != 0 or size == outcome.document["coverage"]["bytes_scanned"]


@linux
def test_a_stopped_worker_does_not_stop_the_run(scanner: Scanner) -> None:
    """Nobody hears from it: long behind the time limit it is killed, and what it had is a gap."""
    logs(scanner.folder, 24)
    process = scanner.start("--jobs", "2", "--max-seconds", "1")
    found = workers(process)
    for child in found[:1]:
        os.kill(child, signal.SIGSTOP)

    outcome = scanner.finish(process)

    assert 3 == outcome.code
    assert {"time_limit"} == set(outcome.reasons)
    assert gone(found)


@linux
@pytest.mark.parametrize("mebibytes", [120, 250, 600])
def test_too_little_memory_is_no_pass(scanner: Scanner, mebibytes: int) -> None:
    """Whether it fails on importing, on compiling or in a reader; with enough, it passes."""
    (scanner.folder / "big.json").write_bytes(b'{"a": [' + b'"some text",' * 300_000 + b'""]}')

    def starve() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (mebibytes << 20, mebibytes << 20))

    assert scanner.run("--jobs", "2", prepare=starve).is_honest


def test_a_full_disk_keeps_no_half_report(scanner: Scanner) -> None:
    """Exit code 4, and what stood in the report's place stands there still."""
    (scanner.folder / "a.log").write_bytes(LINES)
    scanner.report.write_text("{}")

    def fill() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))

    assert Outcome(4, {}) == scanner.run(prepare=fill)
    assert ["report.json", "run"] == sorted(path.name for path in scanner.folder.parent.iterdir())


def test_a_cache_on_a_full_disk_changes_no_answer(scanner: Scanner, tmp_path: Path) -> None:
    """Rules are compiled and not kept."""
    (scanner.folder / "a.log").write_text(f"token={tokens.github()}\n")
    scanner.environment["LEAKGATE_CACHE_DIR"] = str(tmp_path / "cache")

    def fill() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))

    assert 1 == scanner.run("--category", "secret", prepare=fill).code
    assert [] == [path.name for path in (tmp_path / "cache").glob("*.tmp")]


@linux
def test_a_cache_that_cannot_be_written_changes_no_answer(scanner: Scanner) -> None:
    """`/proc` takes no files, not even from root."""
    (scanner.folder / "a.log").write_text(f"token={tokens.github()}\n")
    scanner.environment["LEAKGATE_CACHE_DIR"] = "/proc/cache"

    assert 1 == scanner.run("--category", "secret").code


@linux
def test_a_report_that_has_no_place_is_an_error(scanner: Scanner) -> None:
    """Exit code 4, whatever the verdict."""
    (scanner.folder / "a.log").write_bytes(LINES)
    scanner.report = Path("/proc/report.json")

    assert 4 == scanner.run().code


def _opened(monkeypatch: pytest.MonkeyPatch, name: str, happens: Callable[[Path], None]) -> None:
    """Lets something happen to the file `name` just before it is opened."""
    real = os.open

    def opening(path: str, flags: int, mode: int = 0o777) -> int:
        if str(path).endswith(name):
            happens(Path(path))
        return real(path, flags, mode)

    monkeypatch.setattr(os, "open", opening)


@pytest.mark.parametrize(
    "happens",
    [
        Path.unlink,
        lambda path: (path.unlink(), path.mkdir()),
        lambda path: (path.unlink(), os.mkfifo(path)),  # type: ignore[func-returns-value]
        lambda path: (path.unlink(), path.symlink_to("/etc/passwd")),
    ],
    ids=["vanishes", "becomes a folder", "becomes a pipe", "becomes a link"],
)
def test_a_file_that_changes_its_nature_is_a_gap(
    leakgate: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, happens: Callable[[Path], None]
) -> None:
    """Between the listing of the folder and its turn."""
    for name in ("a.log", "b.log"):
        (tmp_path / name).write_bytes(LINES)
    _opened(monkeypatch, "b.log", happens)

    run = leakgate("scan", tmp_path, "--policy", "strict", "--format", "json")

    assert 0 != run.code
    reason = "changed" if (tmp_path / "b.log").is_symlink() or (tmp_path / "b.log").exists() else "vanished"
    assert [reason] == [gap["reason"] for gap in json.loads(run.out)["gaps"]]


def test_a_file_that_grows_is_scanned_as_it_was(
    leakgate: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The size on opening counts; whoever still writes is not waited for."""
    (tmp_path / "a.log").write_bytes(LINES + f"token={tokens.github()}\n".encode())
    _opened(monkeypatch, "a.log", lambda path: None)
    size = (tmp_path / "a.log").stat().st_size

    run = leakgate("scan", tmp_path, "--format", "json")

    assert (1, size) == (run.code, json.loads(run.out)["coverage"]["bytes_scanned"])


def test_an_interrupt_within_an_import_keeps_the_exit_code() -> None:
    """Dataclasses are made by `exec`; Python remembers interrupts in there until it ends."""
    script = """
from leakgate.cli import main
def interrupted(_arguments):
    try:
        exec("raise KeyboardInterrupt")
    except KeyboardInterrupt:
        return 130
main._run = interrupted
main.main([])
"""
    run = subprocess.run([sys.executable, "-c", script], check=False, timeout=PATIENCE)

    assert 130 == run.returncode
