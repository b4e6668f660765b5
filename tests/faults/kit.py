"""Starts the real command on a folder and looks at what is left of it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WORDS = (sys.executable, "-m", "leakgate", "scan")
LINES = b"12:00:01 INFO step finished in 17 ms\n"
PATIENCE = 120.0


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

    @property
    def reasons(self) -> list[str]:
        return [] if self.document is None else [gap["reason"] for gap in self.document["gaps"]]


class Scanner:
    """Starts the real command on a folder; its report goes to a file beside it."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self.begin: tuple[str, ...] = ()  # the command that runs the command
        self.folder = folder
        self.report = folder.parent / "report.json"
        # Without git, whose processes would be taken for workers; see `start` too.
        self.environment = {**environment, "GIT_COMMIT": "0" * 40}

    def start(
        self, *options: str, prepare: Callable[[], None] | None = None, **how: Any
    ) -> subprocess.Popen[bytes]:
        fixed = ("-q", "--no-config", "--report", f"json={self.report}")
        words = [*self.begin, *WORDS, str(self.folder), *fixed, *options]
        streams: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL} | how
        process: subprocess.Popen[bytes] = subprocess.Popen(
            words,
            env=self.environment,
            preexec_fn=prepare,  # noqa: PLW1509 - the tests have no threads
            **streams,
        )
        return process

    def finish(self, process: subprocess.Popen[bytes]) -> Outcome:
        code = process.wait(timeout=PATIENCE)
        if process.stdin is not None:
            process.stdin.close()
        whole = self.report.read_bytes() if self.report.exists() else None
        return Outcome(code, None if whole is None else json.loads(whole))

    def run(self, *options: str, prepare: Callable[[], None] | None = None, **how: Any) -> Outcome:
        return self.finish(self.start(*options, prepare=prepare, **how))


def logs(folder: Path, mebibytes: int) -> int:
    """Clean logs of so much in all, no two alike; their bytes."""
    size = 0
    for number in range(mebibytes):
        first = b"run %d\n" % number
        size += (folder / f"{number}.log").write_bytes(first + LINES * ((1 << 20) // len(LINES)))
    return size


def children(pid: int) -> list[int]:
    """Empty without /proc, or where it is gone."""
    with suppress(OSError):
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def workers(process: subprocess.Popen[bytes], count: int = 1, patience: float = 30.0) -> list[int]:
    """Its children once there are `count`; fewer where it ends before."""
    until = time.monotonic() + patience
    while process.poll() is None and time.monotonic() < until:
        if len(found := children(process.pid)) >= count:
            return found
        time.sleep(0.002)
    return children(process.pid)


def gone(pids: list[int], patience: float = 5.0) -> bool:
    """Whether all have ended, or do soon."""
    until = time.monotonic() + patience
    while alive := [pid for pid in pids if Path(f"/proc/{pid}/exe").exists()]:
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
        _reap(alive)
    return True


def _reap(pids: list[int]) -> None:
    for pid in pids:
        with suppress(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)


def ignored(number: signal.Signals) -> Callable[[], None]:
    """For `prepare`: as `nohup` starts a command."""

    def prepare() -> None:
        signal.signal(number, signal.SIG_IGN)

    return prepare
