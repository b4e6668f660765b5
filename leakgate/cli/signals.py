"""
Being told to stop: SIGTERM ends a scan like an interrupt, so that it still reports what it found.

Never exits by itself; the command line asks which signal there was and chooses the exit code.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

# Shells report a process that a signal ended as 128 plus the signal's number.
TERMINATED = 128 + signal.SIGTERM


class Termination:
    """Whether SIGTERM came."""

    def __init__(self) -> None:
        self._came = False

    def interrupt(self, _number: int, _frame: FrameType | None) -> None:
        self._came = True
        raise KeyboardInterrupt

    def exit_code(self, otherwise: int) -> int:
        """143 where SIGTERM came, also where something swallowed the interrupt."""
        return TERMINATED if self._came else otherwise


@contextmanager
def heeding_termination() -> Iterator[Termination]:
    """SIGTERM raises KeyboardInterrupt inside; what it did before is restored behind."""
    termination = Termination()
    try:
        before = signal.signal(signal.SIGTERM, termination.interrupt)
    except ValueError:  # only the main thread may ask for signals
        yield termination
        return
    try:
        yield termination
    finally:
        signal.signal(signal.SIGTERM, before)
