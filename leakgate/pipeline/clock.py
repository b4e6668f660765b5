"""Deadlines and stage timings, on a clock that never steps back."""

from __future__ import annotations

import time
from contextlib import AbstractContextManager


class Stopwatch:
    """Seconds by stage; a stage inside another is taken off the outer one."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._inner: list[float] = []

    def stage(self, name: str) -> AbstractContextManager[None]:
        return _Stage(self, name)

    def begin(self) -> None:
        self._inner.append(0.0)

    def end(self, name: str, took: float) -> None:
        own = took - self._inner.pop()
        self.seconds[name] = self.seconds.get(name, 0.0) + own
        if self._inner:
            self._inner[-1] += took


class _Stage:
    """A class: one made of a generator took three times as long, a dozen times for each file."""

    __slots__ = ("_began", "_name", "_watch")

    def __init__(self, watch: Stopwatch, name: str) -> None:
        self._watch = watch
        self._name = name
        self._began = 0.0

    def __enter__(self) -> None:
        self._watch.begin()
        self._began = time.monotonic()

    def __exit__(self, *_: object) -> None:
        self._watch.end(self._name, time.monotonic() - self._began)


class Deadline:
    """Whether the time of the run is over."""

    def __init__(self, seconds: float) -> None:
        self._until = time.monotonic() + seconds

    def passed(self) -> bool:
        return time.monotonic() >= self._until

    def left(self) -> float:
        """Seconds until it passes; below 0 behind that."""
        return self._until - time.monotonic()
