"""
Runs one command and measures the whole process: wall clock, processor time, peak memory.

POSIX only. Knows nothing of what it runs, and never reads what that prints.
"""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Timer

from .memory import Held, TreeMemory


@dataclass(frozen=True, slots=True)
class Run:
    """`cpu` is user plus system time with all children waited for; `largest` the peak of the largest process,
    `tree` that of all together (the same where the system does not tell).

    Times are seconds, memory is bytes. `finished` is false where the limit ended it; `code` is then minus the
    signal.
    """

    wall: float
    cpu: float
    largest: int
    tree: int
    code: int
    finished: bool


@dataclass(frozen=True, slots=True)
class Printed:
    """Where a run's standard output and standard error go."""

    output: Path
    errors: Path


def measure(
    command: Sequence[str], where: Path, environment: Mapping[str, str], printed: Printed, limit: float
) -> Run:
    """One run in `where`, ended with its children after `limit` seconds."""
    with printed.output.open("wb") as out, printed.errors.open("wb") as errors:
        begin = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603 - the commands are this package's own
            command,
            cwd=where,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=errors,
            start_new_session=True,
        )
        memory = TreeMemory(process.pid)
        memory.start()
        timer = Timer(limit, os.killpg, (process.pid, signal.SIGKILL))
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
        timer.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    held = memory.stop() or _largest(usage)
    cpu = usage.ru_utime + usage.ru_stime
    return Run(wall, cpu, held.largest, held.tree, process.returncode, wall < limit)


def _largest(usage: resource.struct_rusage) -> Held:
    """Where the tree is not known: what the kernel says of the largest process."""
    unit = 1 if sys.platform == "darwin" else 1024  # getrusage(2): bytes on macOS, KiB on Linux
    return Held(usage.ru_maxrss * unit, usage.ru_maxrss * unit)


def pin_to_one_core() -> bool:
    """This process and all it starts, on one core from now on; false where the system cannot."""
    if not hasattr(os, "sched_setaffinity"):
        return False
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    return True
