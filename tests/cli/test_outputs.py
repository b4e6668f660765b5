"""Where reports go when the way is unusual, and what a signal leaves."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import threading
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from leakgate.cli import signals
from leakgate.model.artifact import Reader
from leakgate.sources.content import FileContent
from tests.conftest import Command
from tests.kit import tokens

COMMAND = (sys.executable, "-m", "leakgate")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one clean log: every exit code but 0 comes from the output."""
    place = tmp_path / "run"
    place.mkdir()
    (place / "a.log").write_text("all tests passed\n")
    return place


@pytest.fixture
def environment(engine_cache: Path) -> dict[str, str]:
    return {**os.environ, "LEAKGATE_CACHE_DIR": str(engine_cache)}


def shell(script: str, folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Runs `script` in a shell where `$L` is the command and `$F` the folder."""
    variables = {**environment, "L": " ".join(COMMAND), "F": str(folder)}
    return subprocess.run(
        ["sh", "-c", script], env=variables, capture_output=True, text=True, check=False, timeout=60
    )


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ("$L scan $F > /dev/full", 4),
        ("$L scan $F --format json > /dev/full", 4),
        ("$L scan $F >&-", 4),
        ("$L scan $F -q >&-", 0),
        ("$L scan $F 2>&-", 0),
        ("$L scan $F -q <&-", 0),
        ("$L scan - -q <&-", 3),
        ("$L scan $F -q --report json=/dev/full", 4),
        ("$L scan $F -q --report json=/dev/null", 0),
        ("$L rules list > /dev/full", 4),
        ("$L nonsense 2> /dev/full", 2),
    ],
)
def test_a_stream_that_is_closed_or_full(
    folder: Path, environment: dict[str, str], script: str, code: int
) -> None:
    """The exit code says what became of the report, in words and without a traceback."""
    run = shell(script, folder, environment)

    assert code == run.returncode, run.stderr
    assert "Traceback" not in run.stderr
    assert "Exception ignored" not in run.stderr
    assert "internal error" not in run.stderr


@pytest.mark.parametrize("arguments", [("scan", "{}"), ("scan", "{}", "--format", "json"), ("rules", "list")])
def test_a_reader_that_went_away(
    folder: Path, environment: dict[str, str], arguments: tuple[str, ...]
) -> None:
    """It does not know the verdict, so this is no pass: exit code 4."""
    read, write = os.pipe()
    os.close(read)
    words = [word.format(folder) for word in arguments]

    run = subprocess.run(
        [*COMMAND, *words], stdout=write, stderr=subprocess.PIPE, env=environment, check=False, timeout=60
    )
    os.close(write)

    assert 4 == run.returncode
    assert 2 >= len(run.stderr.splitlines())


def test_a_report_to_standard_output_goes_there(
    folder: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    """Also where that is a file: it is written into, not replaced under the shell."""
    script = f"{{ echo before; $L scan $F -q --report json=/dev/stdout; echo after; }} > {tmp_path}/out"

    shell(script, folder, environment)

    lines = (tmp_path / "out").read_text().splitlines()
    assert ("before", "after") == (lines[0], lines[-1])
    assert "leakgate.result/1" == json.loads("\n".join(lines[1:-1]))["schema"]
    assert not stat.S_ISREG(os.lstat("/dev/stdout").st_mode)


def test_a_report_to_a_pipe_reaches_its_reader(leakgate: Command, folder: Path, tmp_path: Path) -> None:
    """The pipe stays a pipe."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    heard: list[str] = []
    descriptor = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    os.set_blocking(descriptor, True)

    def listen() -> None:
        with os.fdopen(descriptor) as stream:
            heard.append(stream.read())

    run = leakgate("scan", folder, "-q", "--report", f"json={pipe}")
    reader = threading.Thread(target=listen)
    reader.start()
    reader.join(10)

    assert 0 == run.code
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert "leakgate.result/1" == json.loads(heard[0])["schema"]


def test_a_pipe_that_nobody_reads_does_not_hang(leakgate: Command, folder: Path, tmp_path: Path) -> None:
    """Exit code 4 instead."""
    os.mkfifo(tmp_path / "pipe")

    assert 4 == leakgate("scan", folder, "-q", "--report", f"json={tmp_path / 'pipe'}").code


@pytest.mark.parametrize("exists", [True, False])
def test_a_link_is_written_through(leakgate: Command, folder: Path, tmp_path: Path, exists: bool) -> None:
    """The link stays, its target has the report."""
    (tmp_path / "far").mkdir()
    target, link = tmp_path / "far" / "r.json", tmp_path / "r.json"
    if exists:
        target.write_text("old")
    link.symlink_to(target)

    leakgate("scan", folder, "-q", "--report", f"json={link}")

    assert link.is_symlink()
    assert "leakgate.result/1" == json.loads(target.read_text())["schema"]


def test_a_link_to_itself_is_no_place(leakgate: Command, folder: Path, tmp_path: Path) -> None:
    """Exit code 4, and the link is left alone."""
    (tmp_path / "loop").symlink_to("loop")

    assert 4 == leakgate("scan", folder, "-q", "--report", f"json={tmp_path / 'loop'}").code
    assert (tmp_path / "loop").is_symlink()


def test_a_report_can_be_read_by_whoever_uploads_it(leakgate: Command, folder: Path, tmp_path: Path) -> None:
    """New reports get the rights of any new file, old ones keep theirs."""
    (tmp_path / "old.json").touch(0o640)
    before = os.umask(0o022)
    try:
        for name in ("old", "new"):
            leakgate("scan", folder, "-q", "--report", f"json={tmp_path / name}.json")
    finally:
        os.umask(before)

    modes = [stat.S_IMODE((tmp_path / f"{name}.json").stat().st_mode) for name in ("old", "new")]
    assert [0o640, 0o644] == modes


def test_a_report_may_have_the_longest_name(leakgate: Command, folder: Path, tmp_path: Path) -> None:
    """Its temporary file has a name of its own."""
    target = tmp_path / ("r" * 255)

    assert 0 == leakgate("scan", folder, "-q", "--report", f"json={target}").code
    assert [target] == [path for path in tmp_path.iterdir() if path.is_file()]


def test_a_report_that_fails_spares_the_others(leakgate: Command, folder: Path, tmp_path: Path) -> None:
    """Exit code 4, every other report, and standard output."""
    bad, good = f"json={folder / 'a.log' / 'r'}", f"junit={tmp_path / 'r.xml'}"

    run = leakgate("scan", folder, "--report", bad, "--report", good)

    assert 4 == run.code
    assert "PASSED" in run.out
    assert (tmp_path / "r.xml").exists()


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_the_scan_with_what_was_found(
    leakgate: Command, folder: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals, code: int
) -> None:
    """A whole report with the findings until then, never a pass."""
    (folder / "a.log").write_text(f"token={tokens.github()}\n")
    (folder / "b.log").write_text("more\n")
    whole = FileContent.open

    def signalled(self: FileContent) -> AbstractContextManager[Reader]:
        if self.path.endswith("b.log"):
            signal.raise_signal(number)
        return whole(self)

    monkeypatch.setattr(FileContent, "open", signalled)

    run = leakgate("scan", folder, "--format", "json")

    result = json.loads(run.out)
    assert (code, "") == (run.code, run.err)
    assert 1 == len(result["findings"])
    assert ["interrupted"] == [gap["reason"] for gap in result["gaps"]]


def test_termination_outlives_a_swallowed_interrupt() -> None:
    """A library that swallows the interrupt does not turn SIGTERM into a pass."""
    with signals.heeding_termination() as termination:
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGTERM)

        assert 143 == termination.exit_code(0)


def test_the_old_answer_to_termination_comes_back() -> None:
    """Nothing is left behind for whoever calls the command from Python."""
    before = signal.getsignal(signal.SIGTERM)
    with signals.heeding_termination() as termination:
        code = termination.exit_code(1)

    assert (1, before) == (code, signal.getsignal(signal.SIGTERM))


@pytest.mark.parametrize(("umask", "mode"), [(0o000, 0o644), (0o022, 0o644), (0o077, 0o600)])
def test_nobody_else_may_write_a_report(leakgate: Command, folder: Path, umask: int, mode: int) -> None:
    """Also where the umask would let everybody; who may read it is for the umask to say."""
    report = folder.parent / "report.json"
    before = os.umask(umask)
    try:
        leakgate("scan", folder, "-q", "--report", f"json={report}")
    finally:
        os.umask(before)

    assert mode == stat.S_IMODE(report.stat().st_mode)


def test_a_report_in_the_making_is_private(
    leakgate: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody else reads half of it, and it appears whole."""
    modes = []
    whole = os.rename

    def looked_at(name: str, target: str, *, src_dir_fd: int, dst_dir_fd: int) -> None:
        modes.append(stat.S_IMODE(os.stat(name, dir_fd=src_dir_fd).st_mode))
        whole(name, target, src_dir_fd=src_dir_fd, dst_dir_fd=dst_dir_fd)

    before = os.umask(0)
    monkeypatch.setattr("os.fchmod", lambda descriptor, mode: None)
    monkeypatch.setattr("os.rename", looked_at)
    try:
        leakgate("scan", folder, "-q", "--report", f"json={folder.parent / 'report.json'}")
    finally:
        os.umask(before)

    assert {0o600} == set(modes)
