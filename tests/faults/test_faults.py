"""
What happens to a run from outside: killed, starved, full disks, lost files.

Never a pass with something unscanned; never a half report.
"""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Command
from tests.kit import tokens

_WORDS = (sys.executable, "-m", "leakgate", "scan")
_LINES = b"12:00:01 INFO step finished in 17 ms\n"
_PATIENCE = 120.0
linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@dataclass(frozen=True)
class Outcome:
    """`document` is None where no report was written."""

    code: int
    document: dict[str, Any] | None

    @property
    def is_honest(self) -> bool:
        """A pass only of a run that scanned everything without a gap."""
        if self.code != 0:
            return True
        return self.document is not None and self.document["gaps"] == [] and self.document["findings"] == []


class Scanner:
    """Starts the real command on a folder; its report goes to a file beside it."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self.folder = folder
        self.report = folder.parent / "report.json"
        self.environment = dict(environment)

    def start(self, *options: str, prepare: Callable[[], None] | None = None) -> subprocess.Popen[bytes]:
        words = [*_WORDS, str(self.folder), "-q", "--report", f"json={self.report}", *options]
        return subprocess.Popen(
            words,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=prepare,  # noqa: PLW1509 - the tests have no threads
        )

    def finish(self, process: subprocess.Popen[bytes]) -> Outcome:
        code = process.wait(timeout=_PATIENCE)
        whole = self.report.read_bytes() if self.report.exists() else None
        return Outcome(code, None if whole is None else json.loads(whole))

    def run(self, *options: str, prepare: Callable[[], None] | None = None) -> Outcome:
        return self.finish(self.start(*options, prepare=prepare))


@pytest.fixture
def scanner(tmp_path: Path, engine_cache: Path) -> Scanner:
    folder = tmp_path / "run"
    folder.mkdir()
    return Scanner(folder, {**os.environ, "LEAKGATE_CACHE_DIR": str(engine_cache)})


def _logs(scanner: Scanner, mebibytes: int) -> int:
    """Clean logs of so much in all; their bytes."""
    size = 0
    for number in range(mebibytes):
        size += (scanner.folder / f"{number}.log").write_bytes(_LINES * ((1 << 20) // len(_LINES)))
    return size


def _children(pid: int) -> list[int]:
    told = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(word) for word in told.read_text().split()] if told.exists() else []


@linux
@pytest.mark.parametrize("number", range(3))
def test_a_killed_worker_costs_nothing_unsaid(scanner: Scanner, number: int) -> None:
    """What it had is scanned again, or told as a gap."""
    size = _logs(scanner, 24)
    process = scanner.start("--jobs", "2")
    until = time.monotonic() + 20
    while process.poll() is None and not (children := _children(process.pid)) and time.monotonic() < until:
        time.sleep(0.002)
    if process.poll() is None and children:
        time.sleep(0.05 * number)
        for child in children[:1]:
            os.kill(child, signal.SIGKILL)

    outcome = scanner.finish(process)

    assert outcome.is_honest
    assert outcome.document is not None
    assert outcome.code != 0 or size == outcome.document["coverage"]["bytes_scanned"]


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
    (scanner.folder / "a.log").write_bytes(_LINES)
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
    (scanner.folder / "a.log").write_bytes(_LINES)
    scanner.report = Path("/proc/report.json")

    assert 4 == scanner.run().code


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_signals_at_any_moment_are_no_pass(scanner: Scanner, how: signal.Signals) -> None:
    """Ten moments each, from the start of Python to the end of the scan; a report is whole or absent."""
    chance = random.Random(int(how))
    size = _logs(scanner, 8)
    codes = set()
    for _ in range(10):
        scanner.report.unlink(missing_ok=True)
        process = scanner.start("--jobs", "2")
        time.sleep(chance.uniform(0.0, 2.0))
        process.send_signal(how)
        outcome = scanner.finish(process)
        codes.add(outcome.code)
        assert outcome.is_honest
        if outcome.code == 0:
            assert outcome.document is not None
            assert size == outcome.document["coverage"]["bytes_scanned"]

    assert codes <= {0, 128 + how, -how}  # the last: before Python could listen


@linux
def test_a_stopped_run_leaves_no_processes(scanner: Scanner) -> None:
    """Workers end with the run."""
    _logs(scanner, 24)
    process = scanner.start("--jobs", "2")
    children: list[int] = []
    while process.poll() is None and not children:
        children = _children(process.pid)
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=_PATIENCE)

    time.sleep(0.2)
    assert [] == [pid for pid in children if Path(f"/proc/{pid}/exe").exists()]


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
        lambda path: (path.unlink(), os.mkfifo(path)),
        lambda path: (path.unlink(), path.symlink_to("/etc/passwd")),
    ],
    ids=["vanishes", "becomes a folder", "becomes a pipe", "becomes a link"],
)
def test_a_file_that_changes_its_nature_is_a_gap(
    leakgate: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, happens: Callable[[Path], None]
) -> None:
    """Between the listing of the folder and its turn."""
    for name in ("a.log", "b.log"):
        (tmp_path / name).write_bytes(_LINES)
    _opened(monkeypatch, "b.log", happens)

    run = leakgate("scan", tmp_path, "--policy", "strict", "--format", "json")

    assert 0 != run.code
    assert ["unreadable"] == [gap["reason"] for gap in json.loads(run.out)["gaps"]]


def test_a_file_that_grows_is_scanned_as_it_was(
    leakgate: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The size on opening counts; whoever still writes is not waited for."""
    (tmp_path / "a.log").write_bytes(_LINES + f"token={tokens.github()}\n".encode())
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
    run = subprocess.run([sys.executable, "-c", script], check=False, timeout=_PATIENCE)

    assert 130 == run.returncode
