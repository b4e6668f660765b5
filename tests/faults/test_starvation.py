"""
What a run may have to do without: processes, descriptors, a home, a disk with room, a clock that holds.

It answers as it does with all of it, or says what it could not do.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from leakgate.cli import audit
from tests.conftest import Command
from tests.faults.kit import LINES, PATIENCE, Scanner, logs
from tests.kit import tokens

linux = pytest.mark.skipif(sys.platform != "linux", reason="of Linux")

# As a system does that has no process left for us.
_CHILDLESS = """
import os, sys
def fork():
    raise BlockingIOError(11, "Resource temporarily unavailable")
os.fork = fork
from leakgate.cli.main import main
main(sys.argv[1:])
"""


def _leak(folder: Path) -> None:
    (folder / "leak.log").write_text(f"token={tokens.github()}\n")


def test_without_further_processes_this_one_scans(scanner: Scanner) -> None:
    """All of it."""
    size = logs(scanner.folder, 6)
    words = [sys.executable, "-c", _CHILDLESS, "scan", str(scanner.folder), "--jobs", "2", "--format", "json"]

    run = subprocess.run(words, env=scanner.environment, capture_output=True, check=False, timeout=PATIENCE)

    assert (0, b"") == (run.returncode, run.stderr)
    assert size == json.loads(run.stdout)["coverage"]["bytes_scanned"]


@pytest.mark.parametrize("most", [6, 10, 14])
def test_few_descriptors_are_no_pass_of_what_was_not_read(scanner: Scanner, most: int) -> None:
    """Standard streams take three of them."""
    size = logs(scanner.folder, 6)

    def starve() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))

    outcome = scanner.run("--jobs", "2", prepare=starve)

    assert outcome.is_honest
    if outcome.code == 0:
        assert outcome.document is not None
        assert size == outcome.document["coverage"]["bytes_scanned"]


@pytest.mark.parametrize(
    "more", [{}, {"HOME": "/nonexistent", "TMPDIR": "/nonexistent"}], ids=["bare", "wrong"]
)
def test_an_environment_of_nothing_changes_no_answer(scanner: Scanner, more: dict[str, str]) -> None:
    """No home, no place for temporary files, no locale but C, no terminal."""
    _leak(scanner.folder)
    (scanner.folder / "gr\u00fc\u00dfe.log").write_text("Gr\u00fc\u00dfe\n", encoding="utf-8")
    kept = {"LEAKGATE_CACHE_DIR": scanner.environment["LEAKGATE_CACHE_DIR"], "LC_ALL": "C"}
    scanner.environment = kept | more

    outcome = scanner.run("--report", f"html={scanner.folder.parent / 'page.html'}", stdin=subprocess.DEVNULL)

    assert 1 == outcome.code
    assert outcome.document is not None
    assert [] == outcome.document["gaps"]


def test_a_little_memory_is_no_pass(scanner: Scanner) -> None:
    """What does not fit is a gap, in whatever stage; the report is written all the same."""
    (scanner.folder / "big.json").write_bytes(b'{"a": [' + b'"some text",' * 300_000 + b'""]}')

    outcome = scanner.run("--jobs", "1", "--max-memory", "64")

    assert outcome.is_honest
    assert outcome.document is not None


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 KiB."""
    place = tmp_path / "disk"
    place.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(place)]
    try:
        mounted = subprocess.run(words, capture_output=True, check=False).returncode == 0
    except OSError:
        mounted = False
    if not mounted:
        pytest.skip("nothing may be mounted here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@linux
def test_a_disk_that_is_full_keeps_no_half_file(scanner: Scanner, small_disk: Path) -> None:
    """Exit code 4 for the report and for the audit log; the old report stays."""
    _leak(scanner.folder)
    scanner.report = small_disk / "report.json"
    scanner.report.write_text("{}")
    (small_disk / "filled").write_bytes(b"." * 60_000)

    codes = [scanner.run().code, scanner.run("--audit-log", str(small_disk / "audit.log")).code]

    assert [4, 4] == codes
    assert "{}" == scanner.report.read_text()
    assert [] == [path.name for path in small_disk.iterdir() if path.name.startswith(".")]


@linux
def test_a_cache_on_a_small_disk_changes_no_answer(scanner: Scanner, small_disk: Path) -> None:
    """Rules do not fit in there: they are compiled and not kept."""
    _leak(scanner.folder)
    scanner.environment["LEAKGATE_CACHE_DIR"] = str(small_disk / "cache")

    assert 1 == scanner.run("--category", "secret").code
    assert [] == list(small_disk.rglob("*.tmp"))


@pytest.mark.parametrize("name", ["/dev/full", "/dev/zero"])
def test_a_device_is_no_audit_log(scanner: Scanner, name: str) -> None:
    """It has no end."""
    _leak(scanner.folder)

    assert 2 == scanner.run("--audit-log", name).code


def test_a_clock_that_is_set_back_breaks_no_audit_log(
    leakgate: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Records are in the order of the chain, whatever their times say."""
    folder, log = tmp_path / "run", tmp_path / "audit.log"
    folder.mkdir()
    (folder / "a.log").write_bytes(LINES)

    for days in (0, -400, 4000):
        now = datetime.now(UTC) + timedelta(days=days)
        monkeypatch.setattr(audit, "datetime", _Frozen(now))
        assert 0 == leakgate("scan", folder, "--audit-log", log).code

    assert 0 == leakgate("audit", "verify", log).code


class _Frozen:
    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self, _zone: object) -> datetime:
        return self._now


_PLAIN = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")
_APART = ("unshare", "--mount", "--map-root-user")


def _run_by(scanner: Scanner, begin: tuple[str, ...]) -> None:
    """Skips where `begin` is not to be had."""
    try:
        subprocess.run([*begin, "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not permitted here")
    scanner.begin = begin


@linux
def test_what_may_not_be_read_is_a_gap(scanner: Scanner) -> None:
    """A file, and a folder; root goes without its privilege here."""
    _run_by(scanner, _PLAIN if os.geteuid() == 0 else ())
    (scanner.folder / "open.log").write_bytes(LINES)
    (scanner.folder / "shut.log").write_bytes(LINES)
    (scanner.folder / "shut.log").chmod(0)
    (scanner.folder / "within").mkdir(0)

    outcome = scanner.run("--policy", "strict")
    (scanner.folder / "within").chmod(0o700)

    assert 1 == outcome.code
    assert ["denied", "denied"] == outcome.reasons


@linux
def test_folders_that_may_not_be_written_change_no_answer(scanner: Scanner, tmp_path: Path) -> None:
    """Without a cache the answer is the same; a report that has no place is an error."""
    _run_by(scanner, _PLAIN if os.geteuid() == 0 else ())
    _leak(scanner.folder)
    shut = tmp_path / "shut"
    shut.mkdir(0o500)
    scanner.environment["LEAKGATE_CACHE_DIR"] = str(shut)

    codes = [scanner.run("--category", "secret").code]
    scanner.report = shut / "report.json"
    codes.append(scanner.run("--category", "secret").code)

    assert [1, 4] == codes
    assert [] == list(shut.iterdir())


@linux
def test_shared_memory_is_not_needed(scanner: Scanner) -> None:
    """Containers may have none."""
    size = logs(scanner.folder, 6)
    _run_by(scanner, (*_APART, "sh", "-c", 'mount -t tmpfs -o ro none /dev/shm && exec "$@"', "sh"))

    outcome = scanner.run("--jobs", "2")

    assert 0 == outcome.code
    assert outcome.document is not None
    assert size == outcome.document["coverage"]["bytes_scanned"]
