"""Deadlines and stage timings, on a clock that never steps back."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Stopwatch:
    """Seconds by stage; a stage inside another is taken off the outer one."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._inner: list[float] = []

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        began = time.monotonic()
        self._inner.append(0.0)
        try:
            yield
        finally:
            took = time.monotonic() - began
            own = took - self._inner.pop()
            self.seconds[name] = self.seconds.get(name, 0.0) + own
            if self._inner:
                self._inner[-1] += took


class Deadline:
    """Whether the time of the run is over."""

    def __init__(self, seconds: float) -> None:
        self._until = time.monotonic() + seconds

    def passed(self) -> bool:
        return time.monotonic() >= self._until

    def left(self) -> float:
        """Seconds until it passes; below 0 behind that."""
        return self._until - time.monotonic()
