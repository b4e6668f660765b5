"""
Processes that scan pieces of work: forked from this one, so that rules are built and loaded once.

Answers come over private pipes and hold no raw value. A process that dies takes nothing down but the
pieces it had; none outlives this process, and none hears of Ctrl-C before this process does.
"""

from __future__ import annotations

import os
import signal
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Connection, Pipe, wait
from typing import Any, NoReturn

from leakgate.model.records import dataclass
from leakgate.pipeline.outcome import Interrupted, UnitOutcome
from leakgate.pipeline.piece import Piece, scan_piece
from leakgate.pipeline.unit import UnitScanner
from leakgate.pipeline.watchdog import LAST, Overdue, Watchdog

_PATIENCE = 5.0  # seconds that interrupted processes have for telling what they found


@dataclass(frozen=True, slots=True)
class Answer:
    """Outcomes of the first pieces of a batch; of all of them unless `interrupted`."""

    outcomes: tuple[UnitOutcome, ...]
    interrupted: bool = False


@dataclass(frozen=True, slots=True)
class Death:
    """The process ended without an answer; minus the signal that ended it, or its exit code."""

    code: int


@dataclass(slots=True, eq=False)
class _Worker:
    pid: int
    pipe: Connection
    pieces: tuple[Piece, ...] = ()


class Workers:
    """At most `count` processes; each has one batch of pieces at a time."""

    def __init__(self, scanner: UnitScanner, watchdog: Watchdog, count: int) -> None:
        self._scanner = scanner
        self._watchdog = watchdog
        self._count = count
        self._workers: list[_Worker] = []

    @property
    def idle(self) -> bool:
        """Whether somebody could take a batch; starts a process if need be."""
        if any(not worker.pieces for worker in self._workers):
            return True
        return len(self._workers) < self._count and self._start()

    @property
    def busy(self) -> bool:
        return any(worker.pieces for worker in self._workers)

    def give(self, pieces: Sequence[Piece]) -> None:
        """Hands a batch to an idle process."""
        worker = next(worker for worker in self._workers if not worker.pieces)
        worker.pieces = tuple(pieces)
        with suppress(OSError):  # it died while idle: `answers` meets the end of its pipe
            worker.pipe.send(worker.pieces)

    def answers(self, timeout: float | None = None) -> Iterator[tuple[tuple[Piece, ...], Answer | Death]]:
        """What the next processes say that are done; waits for the first, at most `timeout` seconds.

        Processes that still have a batch long after the time of the run are killed.
        """
        waiting = {worker.pipe: worker for worker in self._workers if worker.pieces}
        left = max(0.0, self._watchdog.deadline.left() + LAST)
        ready = wait(list(waiting), left if timeout is None else min(timeout, left))
        if not ready and self._watchdog.deadline.left() <= -LAST:
            self._kill(waiting.values())
            ready = list(waiting)
        for pipe in ready:
            worker = waiting[pipe]  # type: ignore[index] # only pipes were waited for
            pieces, worker.pieces = worker.pieces, ()
            yield pieces, self._answer_of(worker)

    def _answer_of(self, worker: _Worker) -> Answer | Death:
        try:
            with self._watchdog.guarding(LAST):  # it may be stopped in the midst of its answer
                answer: Answer = worker.pipe.recv()
        except Overdue:
            self._kill((worker,))
            return Death(self._bury(worker))
        except (EOFError, OSError):
            return Death(self._bury(worker))
        return answer

    def interrupt(self) -> Iterator[tuple[tuple[Piece, ...], Answer | Death]]:
        """Tells all to stop; what they had until then, from those who say it in time."""
        for worker in self._workers:
            _tell(worker, signal.SIGTERM)
        until = time.monotonic() + _PATIENCE
        while self.busy and time.monotonic() < until:
            yield from self.answers(max(0.0, until - time.monotonic()))

    def close(self) -> None:
        """Ends all processes, whatever they are doing."""
        self._kill(self._workers)
        for worker in list(self._workers):
            self._bury(worker)

    @staticmethod
    def _kill(workers: Iterable[_Worker]) -> None:
        for worker in workers:
            _tell(worker, signal.SIGKILL)

    def _start(self) -> bool:
        ours, theirs = Pipe()
        # A signal between fork and `_serve` would run this process's handlers in the child.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM))
        try:
            pid = _fork()
            if pid == 0:
                others = (ours, *(worker.pipe for worker in self._workers))
                _serve(theirs, others, before, self._watchdog, partial(_answer, scanner=self._scanner))
            self._workers.append(_Worker(pid, ours))
        except OSError:
            ours.close()
            return False
        finally:
            theirs.close()
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        return True

    def _bury(self, worker: _Worker) -> int:
        self._workers.remove(worker)
        worker.pipe.close()
        with suppress(ChildProcessError):
            return os.waitstatus_to_exitcode(os.waitpid(worker.pid, 0)[1])
        return 0


def _tell(worker: _Worker, what: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(worker.pid, what)


def _fork() -> int:
    with warnings.catch_warnings():
        # Threads of libraries make no difference: the child never calls into them.
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def _serve(
    pipe: Connection,
    others: Sequence[Connection],
    mask: Iterable[int],
    watchdog: Watchdog,
    answer: Callable[[Sequence[Piece], Watchdog], Answer],
) -> NoReturn:
    """The life of a process: batch in, answer out, until the pipe closes."""
    code = 70
    try:
        for other in others:
            other.close()
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, _stop)
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        watchdog.attend()
        while True:
            pipe.send(answer(pipe.recv(), watchdog))
    except (EOFError, OSError, KeyboardInterrupt):
        code = 0
    finally:
        os._exit(code)  # nothing of the parent's, such as its reports, may be run or flushed here


def _answer(pieces: Sequence[Piece], watchdog: Watchdog, scanner: UnitScanner) -> Answer:
    outcomes: list[UnitOutcome] = []
    try:
        for piece in pieces:
            outcomes.append(scan_piece(scanner, piece, watchdog))
    except Interrupted as exc:
        return Answer((*outcomes, exc.outcome), interrupted=True)
    except KeyboardInterrupt:
        return Answer(tuple(outcomes), interrupted=True)
    return Answer(tuple(outcomes))


def _stop(_signal: int, _frame: Any) -> NoReturn:
    raise KeyboardInterrupt
