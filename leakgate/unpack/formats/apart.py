"""
Runs a reader in a process of its own: a native library that crashes on hostile input takes nothing down.

What it finds comes back as JSON over a private pipe, so that a process gone wrong has no say over this one.
Never outlives the reading, and has bounds of its own for time and memory.
"""

from __future__ import annotations

import faulthandler
import json
import os
import signal
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, NoReturn

from leakgate.model.gap import GapReason
from leakgate.model.limits import MIB
from leakgate.unpack.formats.labelled_values import Unread

_MOST_MEMORY = 1024 * MIB  # beside what this process has already
_MOST_TIME = 60  # seconds of processor time

Row = list[Any]  # what JSON can hold


def apart(read: Callable[[], Iterable[Row]]) -> Iterator[Row]:
    """The rows that `read` gives elsewhere; here where no process can be forked.

    Raises Unread behind them where the process did not come to its end.
    """
    ours, theirs = os.pipe() if hasattr(os, "fork") else (None, None)
    pid = None if ours is None or theirs is None else _forked(read, ours, theirs)
    if pid is None or ours is None:
        yield from read()
        return
    with open(ours, "rb") as answers:  # noqa: PTH123 - a descriptor
        at_its_end = False
        try:
            yield from _received(answers)
            at_its_end = True
        finally:
            ended = _ended(pid, of_itself=at_its_end)
    if ended != 0:
        raise Unread(
            GapReason.MALFORMED,
            f"its reader crashed or ran out of time or memory ({ended}); the rest was not read",
        )


def _forked(read: Callable[[], Iterable[Row]], ours: int, theirs: int) -> int | None:
    """None, and both ends closed, where no process can be had."""
    with warnings.catch_warnings():
        # Threads of libraries make no difference: the readers are asked to use none.
        warnings.simplefilter("ignore", DeprecationWarning)
        try:
            pid = os.fork()
        except OSError:
            os.close(ours)
            os.close(theirs)
            return None
    if pid == 0:
        _work(read, theirs)
    os.close(theirs)
    return pid


def _work(read: Callable[[], Iterable[Row]], descriptor: int) -> NoReturn:
    code = 1
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for our parent, who ends us
        _bound()
        _muted()
        # By line: what came before a crash is not to be lost with it.
        with open(descriptor, "w", encoding="ascii", buffering=1) as out:
            for row in read():
                out.write(json.dumps(row) + "\n")
        code = 0
    finally:
        os._exit(code)  # nothing of the parent's may be run or flushed here


def _bound() -> None:
    """Bounds on what a file that lies about its sizes can take."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (_MOST_TIME, _MOST_TIME))
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + _MOST_MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _muted() -> None:
    """A library's last words may quote the file, and a stack says nothing to whoever runs the scan."""
    faulthandler.disable()
    null = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(null, stream)


def _received(answers: IO[bytes]) -> Iterator[Row]:
    for line in answers:
        try:
            yield json.loads(line)
        except ValueError:
            return  # cut where the process ended


def _ended(pid: int, *, of_itself: bool) -> int:
    """How the process ended: 0, its exit code, or minus the signal; unless of itself, it is made to."""
    if not of_itself:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    with suppress(ChildProcessError):
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return 0
