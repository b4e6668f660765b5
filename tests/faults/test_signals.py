"""
Being told to stop, at any moment.

The report is finished and says incomplete, no process and no file is left, and a second time ends it at once.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.faults.kit import PATIENCE, Scanner, gone, ignored, logs, workers
from tests.kit import tokens

pytestmark = pytest.mark.skipif(os.name != "posix", reason="there are no signals here")


def _slow(folder: Path) -> None:
    """A leak at the beginning of what takes a while by several processes."""
    logs(folder, 40)
    (folder / "0.log").write_text(f"token={tokens.github()}\n")


def _in_the_midst(scanner: Scanner, *options: str) -> subprocess.Popen[bytes]:
    """A scan that has come to its standard input, and waits there for more."""
    logs(scanner.folder, 5)
    (scanner.folder / "0.log").write_text(f"token={tokens.github()}\n")
    process = scanner.start("-", *options, stdin=subprocess.PIPE)
    assert process.stdin is not None
    process.stdin.write(b"one more line\n" * 20_000)  # more than a pipe holds: it is being read
    process.stdin.flush()
    return process


def _beside(scanner: Scanner) -> list[str]:
    return sorted(path.name for path in scanner.folder.parent.iterdir())


@pytest.mark.parametrize(
    ("how", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)], ids=str
)
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_scan_that_is_stopped_reports_what_it_found(
    scanner: Scanner, how: signal.Signals, code: int, jobs: str
) -> None:
    """Whatever stops it; nothing is left beside the report."""
    process = _in_the_midst(scanner, "--jobs", jobs)

    process.send_signal(how)
    outcome = scanner.finish(process)

    assert code == outcome.code
    assert outcome.document is not None
    assert {"interrupted"} == set(outcome.reasons)
    assert jobs == "2" or 1 == len(outcome.document["findings"])
    assert ["report.json", "run"] == _beside(scanner)


def test_a_terminal_interrupts_all_processes_at_once(scanner: Scanner) -> None:
    """Ctrl-C goes to the whole group; workers leave it to their parent, and none is left."""
    _slow(scanner.folder)
    size = sum(path.stat().st_size for path in scanner.folder.iterdir())
    process = scanner.start("--jobs", "2", start_new_session=True)
    found = workers(process, 2)

    os.killpg(process.pid, signal.SIGINT)
    outcome = scanner.finish(process)

    assert 130 == outcome.code
    assert outcome.document is not None
    if "interrupted" not in outcome.reasons:  # it came while the report of a whole scan was written
        assert size == outcome.document["coverage"]["bytes_scanned"]
    assert gone(found)


@pytest.mark.parametrize("group", [False, True], ids=["parent", "group"])
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM], ids=str)
def test_signals_at_any_moment_are_no_pass(scanner: Scanner, how: signal.Signals, group: bool) -> None:
    """From the start of Python to the end of the report; a report is whole or absent."""
    chance = random.Random(int(how) + group)
    size = logs(scanner.folder, 8)
    codes = set()
    for _ in range(3):
        scanner.report.unlink(missing_ok=True)
        process = scanner.start("--jobs", "2", start_new_session=True)
        time.sleep(chance.uniform(0.0, 2.0))
        (os.killpg if group else os.kill)(process.pid, how)
        outcome = scanner.finish(process)
        codes.add(outcome.code)
        assert outcome.is_honest
        if outcome.code == 0:
            assert outcome.document is not None
            assert size == outcome.document["coverage"]["bytes_scanned"]

    assert codes <= {0, 128 + how, -how}  # the last: before Python could listen
    assert {"report.json", "run"} >= set(_beside(scanner))


def test_an_interrupt_while_rules_are_compiled_is_reported(scanner: Scanner, tmp_path: Path) -> None:
    """A report from before would be mistaken for that of this run."""
    (scanner.folder / "a.log").write_text("fine\n")
    scanner.report.write_text('{"outcome": "of yesterday"}')
    scanner.environment["LEAKGATE_CACHE_DIR"] = str(tmp_path / "cold")
    policy = tmp_path / "own.yaml"  # an installation brings along what the shipped policies take
    policy.write_text(
        "version: 1\nextends: strict\ndetect: {rules: {exclude: [openai-api-key, presidio/iban-code]}}\n"
    )
    process = scanner.start("--policy", str(policy))
    compilers = workers(process)

    process.send_signal(signal.SIGINT)
    outcome = scanner.finish(process)
    for pid in compilers:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)

    assert 130 == outcome.code
    assert outcome.document is not None
    assert "interrupted" == outcome.reasons[0]  # and nothing_scanned, if it had begun


def test_a_second_interrupt_ends_it_at_once(scanner: Scanner) -> None:
    """Also where the report cannot be written for want of a reader; no process is left."""
    _slow(scanner.folder)
    read, write = os.pipe()
    with open(write, "wb", buffering=0) as full:  # noqa: PTH123 - a descriptor
        os.set_blocking(write, False)
        while full.write(b"." * 4096):
            pass
        os.set_blocking(write, True)
        process = scanner.start("--jobs", "2", "--format", "json", stdout=full)
    found = workers(process, 2)

    process.send_signal(signal.SIGINT)
    until = time.monotonic() + 30
    while not scanner.report.exists() and time.monotonic() < until:
        time.sleep(0.01)
    time.sleep(0.3)  # two signals that come together are one
    process.send_signal(signal.SIGINT)

    assert 130 == process.wait(timeout=10)
    assert gone(found)
    os.close(read)


def test_an_interrupt_while_a_report_is_written_finishes_it(scanner: Scanner, tmp_path: Path) -> None:
    """The scan was complete, and so is its report; the exit code says that somebody wanted it to stop."""
    (scanner.folder / "a.log").write_text("fine\n")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    for number in range(400):
        (scanner.folder / f"{number}.log").symlink_to("/nowhere")  # gaps: more than a pipe holds
    process = scanner.start("--report", f"html={pipe}")
    until = time.monotonic() + 30
    while not scanner.report.exists() and time.monotonic() < until:
        time.sleep(0.01)
    time.sleep(0.3)  # it waits for the reader now

    process.send_signal(signal.SIGINT)
    time.sleep(0.1)
    os.set_blocking(reader, True)
    with open(reader, "rb") as text:  # noqa: PTH123 - a descriptor
        whole = text.read()

    assert 130 == process.wait(timeout=PATIENCE)
    assert whole.rstrip().endswith(b"</html>")


def test_a_run_under_nohup_goes_on(scanner: Scanner) -> None:
    """Who ignores a signal for us means it."""
    size = logs(scanner.folder, 4)
    process = scanner.start(prepare=ignored(signal.SIGHUP))
    time.sleep(0.3)

    process.send_signal(signal.SIGHUP)
    outcome = scanner.finish(process)

    assert 0 == outcome.code
    assert outcome.document is not None
    assert size == outcome.document["coverage"]["bytes_scanned"]


def test_a_killed_run_leaves_no_processes(scanner: Scanner) -> None:
    """SIGKILL cannot be heeded; workers notice that their parent is gone, in the midst of a unit too."""
    (scanner.folder / "big.log").write_bytes(b"".join(b"step %d of many\n" % n for n in range(3_000_000)))
    process = scanner.start("--jobs", "2")
    found = workers(process, 2)

    process.kill()
    process.wait(timeout=PATIENCE)

    assert gone(found)
