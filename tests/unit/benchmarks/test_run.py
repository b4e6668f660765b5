"""The benchmark as a command: what it refuses, and a small run from start to page."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.run import main
from benchmarks.throughput.record import from_json


def test_missing_directory_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Before anything is measured, with its name."""
    code = main(["--corpus", str(tmp_path / "none")])

    assert (2, True) == (code, "none does not exist" in capsys.readouterr().err)


def test_unknown_work_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """With the word that is wrong."""
    with pytest.raises(SystemExit):
        main(["--work", "cleen-1"])

    assert "'cleen-1' is none" in capsys.readouterr().err


def test_small_run_keeps_its_samples(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Rounds of leakgate alone, as JSON and as tables."""
    path = tmp_path / "results" / "latest.json"

    words = ("--work", "version", "--rounds", "2", "--no-peers", "--contenders", "leakgate-version")
    code = main([*words, "--json", str(path)])

    [series] = from_json(path.read_text(encoding="utf-8")).series
    assert (0, 2, True) == (code, len(series.samples), series.good)
    assert "| leakgate --version |" in capsys.readouterr().out


def test_samples_can_be_shown_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same tables of the same file, and nothing is measured."""
    path = tmp_path / "latest.json"
    main(
        [
            "--work",
            "version",
            "--rounds",
            "1",
            "--no-peers",
            "--contender",
            "leakgate-version",
            "--json",
            str(path),
        ]
    )
    measured = capsys.readouterr().out

    assert (0, measured) == (main(["--render", str(path)]), capsys.readouterr().out)
