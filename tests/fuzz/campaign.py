"""
Runs a target on many inputs and counts what must not happen: crashes, hangs, leaks.

Time is that of the processor, so that a busy machine makes no hang. A failure is kept once for each place
in the code, with the number that makes its input again.
"""

from __future__ import annotations

import signal
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType
from typing import NoReturn

from tests.fuzz.mutation import mutated
from tests.fuzz.target import Leak, Target

HANG = 2.0  # seconds of processor time for one input
_CUT_OFF = 20.0  # seconds after which an input is given up


class _Stuck(BaseException):
    """No Exception, so that no boundary takes it for trouble with one item."""


@dataclass(slots=True)
class Tally:
    """What became of the inputs of one target. `failures` are words, by what failed and where."""

    target: str
    inputs: int = 0
    gave_up: int = 0
    crashes: int = 0
    hangs: int = 0
    leaks: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    failures: dict[str, str] = field(default_factory=dict)

    @property
    def failed(self) -> int:
        return self.crashes + self.hangs + self.leaks


def tried(target: Target, count: int, *, first: int = 0, seconds: float | None = None) -> Tally:
    """The inputs from number `first` on: `count` of them, or as many as go into `seconds`."""
    tally = Tally(target.name)
    with _alarm():
        for number in range(first, first + count):
            try_one(target, mutated(target.seeds, number, target.name), tally, f"input {number}")
            if seconds is not None and tally.seconds > seconds:
                break
    return tally


def try_one(target: Target, data: bytes, tally: Tally, called: str) -> None:
    """One input; whatever it raises is counted."""
    began = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, _CUT_OFF)
    try:
        tally.gave_up += target.run(data)
    except _Stuck:
        pass  # counted below
    except Leak as exc:
        tally.leaks += 1
        _note(tally, exc, called, data)
    except Exception as exc:  # noqa: BLE001 - that is what is looked for
        tally.crashes += 1
        _note(tally, exc, called, data)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    took = time.process_time() - began
    tally.inputs += 1
    tally.seconds += took
    tally.slowest = max(tally.slowest, took)
    if took > HANG:
        tally.hangs += 1
        tally.failures.setdefault("slow", f"{called}: {took:.1f} s, {len(data)} bytes")


def _note(tally: Tally, exc: Exception, called: str, data: bytes) -> None:
    frames = traceback.extract_tb(exc.__traceback__)
    place = f"{frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno}"
    ours = next(
        (
            f"{f.filename.rpartition('/')[2]}:{f.lineno}"
            for f in reversed(frames)
            if "leakgate/" in f.filename
        ),
        "",
    )
    key = f"{type(exc).__name__} at {place} {ours}"
    tally.failures.setdefault(key, f"{called}: {str(exc)[:200]} ({len(data)} bytes)")


@contextmanager
def _alarm() -> Iterator[None]:
    before = signal.signal(signal.SIGPROF, _stuck)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _stuck(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise _Stuck
