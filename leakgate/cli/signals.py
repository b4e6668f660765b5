"""
Being told to stop: by Ctrl-C, by whoever cancels a job, by a terminal that goes away.

The first time, a scan ends early and still reports what it found; a report that is being written is finished.
The second time everything ends at once. Never exits by itself; the command line asks for the exit code.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

# Shells report a process that a signal ended as 128 plus the signal's number.
TERMINATED, HUNG_UP = 128 + 15, 128 + 1
_WANTED = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


class Abandoned(BaseException):
    """Told to stop for the second time. Not a KeyboardInterrupt, so that nobody goes on behind it."""


class Termination:
    """Which signal came first, and what happens when one comes."""

    def __init__(self) -> None:
        self._first: int | None = None
        self.finishing = False

    def interrupt(self, number: int, _frame: FrameType | None) -> None:
        if self._first is not None:
            raise Abandoned
        self._first = number
        if not self.finishing:
            raise KeyboardInterrupt

    def exit_code(self, otherwise: int) -> int:
        """130 for SIGINT, 143 for SIGTERM, 129 for SIGHUP, also where something swallowed the interrupt."""
        return otherwise if self._first is None else 128 + self._first

    @property
    def first(self) -> int | None:
        """The number of the signal; None where there was none."""
        return self._first


_current = Termination()


def hold() -> None:
    """Until `release` the first signal is remembered: who is still starting has no report to speak by."""
    _current.finishing = True


def release() -> None:
    """Raises KeyboardInterrupt where a signal came since `hold`."""
    _current.finishing = False
    if _current.first is not None:
        raise KeyboardInterrupt


def stopped_by() -> int | None:
    """The signal that told this process to stop, if one did."""
    return _current.first


@contextmanager
def heeding_termination() -> Iterator[Termination]:
    """Signals raise KeyboardInterrupt inside; what they did before is restored behind."""
    global _current  # noqa: PLW0603 - signals are of the process, and so is the answer to them
    outer, _current = _current, Termination()
    before = {}
    try:
        for number in _WANTED:
            # Whoever starts us with `nohup`, or in the background of a script, wants it ignored.
            if number == signal.SIGTERM or signal.getsignal(number) is not signal.SIG_IGN:
                before[number] = signal.signal(number, _current.interrupt)
    except ValueError:  # only the main thread may ask for signals
        pass
    try:
        yield _current
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        _current = outer


@contextmanager
def finishing() -> Iterator[None]:
    """The first signal inside is remembered and changes nothing: what is short is done to its end."""
    termination = _current
    termination.finishing = True
    try:
        yield
    finally:
        termination.finishing = False
