"""
Ends what goes on long after the time of the run is over and does not look at the clock itself.

An alarm of the system interrupts the main thread in the midst of a reader or an expression. Never raises
outside of `guarding`; without such alarms a run ends with the next look at the clock.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from leakgate.pipeline.clock import Deadline

GRACE = 1.0  # seconds for ending of itself, which keeps more of what was found
RESPITE = 5.0  # seconds for sealing what was found, once interrupted
LAST = GRACE + RESPITE + 2.0  # seconds until a process that tells nothing is killed
# From the beginning: a signal that comes just before Python waits in the system is heeded when the wait ends,
# which for a pipe that nobody writes to would be never. An alarm ends it.
_EVERY = 0.5


class Overdue(BaseException):
    """Raised in the midst of work. Not an Exception, so that nobody takes it for trouble with an item."""


class Watchdog:
    """Watches over the work of one process until some time after `deadline`."""

    def __init__(self, deadline: Deadline) -> None:
        self.deadline = deadline
        self._grace: float | None = None  # None outside of `guarding`
        self._silence = 0.0  # seconds behind the deadline until which nothing more is raised
        self._parent: int | None = None

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Lets alarms come inside; what they did before comes back behind."""
        if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
            yield
            return
        handler = signal.signal(signal.SIGALRM, self._look)
        timer = signal.setitimer(signal.ITIMER_REAL, _EVERY, _EVERY)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, *timer)
            signal.signal(signal.SIGALRM, handler)

    def attend(self) -> None:
        """For a process just forked, which inherits no alarm: it is to end with its parent, too."""
        self._parent = os.getppid()
        signal.setitimer(signal.ITIMER_REAL, _EVERY, _EVERY)

    @contextmanager
    def guarding(self, grace: float | None = None) -> Iterator[None]:
        """Raises Overdue inside, `grace` (or GRACE) seconds behind the deadline; again where need be."""
        self._grace = GRACE if grace is None else grace
        try:
            yield
        finally:
            self._grace = None

    def _look(self, _number: int, _frame: FrameType | None) -> None:
        if self._parent is not None and os.getppid() != self._parent:
            os._exit(70)  # nobody is left to be told
        behind = -self.deadline.left()
        if self._grace is None or behind < max(self._grace, self._silence):
            return
        # An exception within a callback of C code may be lost: then there is another.
        self._silence = behind + RESPITE
        raise Overdue
