"""`leakgate scan`: exit codes, streams, reports, bad input."""

from __future__ import annotations

import gzip
import io
import json
import os
import zipfile
from pathlib import Path

import pytest

from tests.conftest import Command
from tests.kit import tokens


@pytest.fixture
def leaky(tmp_path: Path) -> Path:
    """A folder with one leaking log."""
    folder = tmp_path / "run"
    folder.mkdir()
    (folder / "app.log").write_text(f"starting\nDEBUG token={tokens.github()} ok\n")
    return folder


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    """A folder with one clean log."""
    folder = tmp_path / "clean"
    folder.mkdir()
    (folder / "app.log").write_text("starting\nall 42 tests passed\n")
    return folder


def test_a_clean_run_passes(leakgate: Command, clean: Path) -> None:
    """Exit code 0, and the report says what was looked at."""
    run = leakgate("scan", clean)

    assert 0 == run.code
    assert "PASSED" in run.out
    assert "1 artifact" in run.out


def test_a_leak_blocks(leakgate: Command, leaky: Path) -> None:
    """Exit code 1, with the place of the leak and never the leak."""
    run = leakgate("scan", leaky)

    assert 1 == run.code
    assert "app.log:2:13" in run.out
    assert tokens.github()[4:] not in run.out + run.err


def test_a_policy_that_advises_does_not_block(leakgate: Command, leaky: Path) -> None:
    """The finding is a warning then."""
    run = leakgate("scan", leaky, "--policy", "advisory", "--format", "json")

    assert 0 == run.code
    assert 1 == json.loads(run.out)["verdict"]["counts"]["warn"]


def test_a_category_restricts_what_is_looked_for(leakgate: Command, leaky: Path) -> None:
    """Secrets are not looked for when only personal data is asked for."""
    run = leakgate("scan", leaky, "--category", "pii", "--format", "json")

    assert 0 == run.code
    assert [] == json.loads(run.out)["findings"]


def test_nothing_scanned_is_never_a_pass(leakgate: Command, tmp_path: Path) -> None:
    """An empty folder is incomplete."""
    (tmp_path / "empty").mkdir()

    assert 3 == leakgate("scan", tmp_path / "empty").code


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "no path"),
        (("missing",), "missing"),
        ((".", "--policy", "defualt"), "defualt"),
        ((".", "--report", "sarfi=x"), "sarfi"),
        ((".", "--report", "sarif"), "names no file"),
        ((".", "--format", "xml"), "xml"),
        ((".", "--category", "secrets"), "secrets"),
    ],
)
def test_a_mistake_on_the_command_line_is_named(
    leakgate: Command, clean: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], says: str
) -> None:
    """Exit code 2 and the word at fault on standard error; standard output stays empty."""
    monkeypatch.chdir(clean)

    run = leakgate("scan", *arguments)

    assert 2 == run.code
    assert says in run.err
    assert "" == run.out


def test_every_report_is_written_and_standard_output_is_one_document(
    leakgate: Command, leaky: Path, tmp_path: Path
) -> None:
    """Reports go to their files, also in folders that do not exist yet."""
    names = {
        "json": "a/r.json",
        "junit": "a/r.xml",
        "sarif": "a/r.sarif",
        "markdown": "r.md",
        "console": "r.txt",
    }
    wanted = [word for name, path in names.items() for word in ("--report", f"{name}={tmp_path / path}")]

    run = leakgate("scan", leaky, "--format", "json", *wanted)

    assert "leakgate.result/1" == json.loads(run.out)["schema"]
    assert all((tmp_path / path).stat().st_size for path in names.values())
    assert [] == [p for p in tmp_path.rglob(".*") if p.is_file()]


def test_a_report_that_cannot_be_written_is_an_error(leakgate: Command, leaky: Path, tmp_path: Path) -> None:
    """Exit code 4 names the report and the place."""
    (tmp_path / "file").write_text("in the way")

    run = leakgate("scan", leaky, "--report", f"json={tmp_path / 'file' / 'r.json'}")

    assert 4 == run.code
    assert "json report" in run.err


def test_standard_input_has_a_name(leakgate: Command) -> None:
    """`-` reads the stream, `--name` says what it was."""
    run = leakgate(
        "scan", "-", "--name", "job.log", "--format", "json", stdin=f"token={tokens.github()}".encode()
    )

    assert 1 == run.code
    assert "job.log" == json.loads(run.out)["findings"][0]["location"]["path"]


def test_a_leak_in_nested_archives_is_placed_inside(leakgate: Command, tmp_path: Path) -> None:
    """The chain of members leads to the log, line and column are the log's own."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("logs/app.log", f"one\ntwo {tokens.github()}\n")
    (tmp_path / "all.zip.gz").write_bytes(gzip.compress(inner.getvalue()))

    run = leakgate("scan", tmp_path / "all.zip.gz", "--format", "json")

    [finding] = json.loads(run.out)["findings"]
    place = finding["location"]
    assert ("logs/app.log", 2, 5) == (place["members"][-1], place["line"], place["column"])


def test_a_damaged_archive_is_a_gap_and_the_rest_is_scanned(leakgate: Command, leaky: Path) -> None:
    """Nothing is lost, nothing unread counts as clean."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.log", "x" * 10_000)
    (leaky / "cut.zip").write_bytes(whole.getvalue()[:60])

    result = json.loads(leakgate("scan", leaky, "--format", "json").out)

    assert 1 == len(result["findings"])
    assert {"malformed"} == {gap["reason"] for gap in result["gaps"]}


def test_a_pipe_in_the_folder_does_not_hang(leakgate: Command, clean: Path) -> None:
    """It is no file, and the report says so."""
    os.mkfifo(clean / "pipe")

    result = json.loads(leakgate("scan", clean, "--format", "json").out)

    assert ["not_a_file"] == [gap["reason"] for gap in result["gaps"]]


def test_quiet_says_nothing(leakgate: Command, leaky: Path) -> None:
    """The exit code tells."""
    run = leakgate("scan", leaky, "-q")

    assert (1, "", "") == (run.code, run.out, run.err)


def test_the_same_key_gives_the_same_fingerprint(
    leakgate: Command, leaky: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Runs can be compared when the team sets a key, and only then."""

    def fingerprint() -> str:
        return str(json.loads(leakgate("scan", leaky, "--format", "json").out)["findings"][0]["fingerprint"])

    assert fingerprint() != fingerprint()
    monkeypatch.setenv("LEAKGATE_KEY", "one key of the team, long enough")
    assert fingerprint() == fingerprint()


def test_an_interrupt_keeps_what_was_found(
    leakgate: Command, leaky: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 130, a whole report, and never a pass."""
    from leakgate.pipeline import unit

    (leaky / "b.log").write_text("more\n")
    whole = unit.UnitScanner.scan

    def interrupted(self, item, *rest):  # type: ignore[no-untyped-def]
        if item.artifact.path.endswith("b.log"):
            raise KeyboardInterrupt
        return whole(self, item, *rest)

    monkeypatch.setattr(unit.UnitScanner, "scan", interrupted)

    run = leakgate("scan", leaky, "--format", "json")

    assert 130 == run.code
    assert 1 == len(json.loads(run.out)["findings"])


def test_a_failing_recognizer_is_a_gap_that_blocks(
    leakgate: Command, clean: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bug of ours is reported as one, without scanned text."""
    from leakgate.detect.recognizers.rules import RuleRecognizer

    def broken(self, segment, suspects):  # type: ignore[no-untyped-def]
        raise ValueError(segment.data.decode())

    (clean / "app.log").write_text(f"token={tokens.github()}")
    monkeypatch.setattr(RuleRecognizer, "confirm", broken)

    run = leakgate("scan", clean, "--format", "json")

    assert 1 == run.code
    assert "recognizer_failed" in {gap["reason"] for gap in json.loads(run.out)["gaps"]}
    assert tokens.github()[4:] not in run.out + run.err
