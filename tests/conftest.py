"""Runs the real command in this process: same code path as the console script, no mock."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from leakgate.cli.ci_branch import SERVERS
from leakgate.cli.main import main

os.environ.pop("CI", None)  # where the suite runs is not where the commands of its tests run


@dataclass(frozen=True)
class Run:
    """What a command left: exit code, standard output, standard error."""

    code: int
    out: str
    err: str


Command = Callable[..., Run]


@pytest.fixture(scope="session")
def engine_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One compiled database for all commands of the session."""
    return tmp_path_factory.mktemp("engine")


@pytest.fixture(autouse=True)
def no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the CI server of these tests says is not meant for the runs in them."""
    for name in ("CI", *(mark for mark, _said in SERVERS)):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def leakgate(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], engine_cache: Path
) -> Command:
    """Call it like the command; `stdin=` gives it bytes to read."""
    monkeypatch.setenv("LEAKGATE_CACHE_DIR", str(engine_cache))
    monkeypatch.delenv("LEAKGATE_KEY", raising=False)

    def run(*arguments: str, stdin: bytes = b"") -> Run:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as exit_info:
            main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Run(int(exit_info.value.code or 0), captured.out, captured.err)

    return run
