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
from hashlib import sha256
from pathlib import Path
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


def tried(
    target: Target, count: int, *, first: int = 0, seconds: float | None = None, kept: Path | None = None
) -> Tally:
    """The inputs from number `first` on: `count` of them, or as many as go into `seconds`."""
    tally = Tally(target.name)
    target.prepare()
    with alarmed():
        for number in range(first, first + count):
            try_one(target, mutated(target.seeds, number, target.name), tally, number, kept)
            if seconds is not None and tally.seconds > seconds:
                break
    return tally


def try_one(target: Target, data: bytes, tally: Tally, number: int | None, kept: Path | None) -> None:
    """One input; whatever it raises is counted; the first of each kind goes to the folder `kept`."""
    began = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, _CUT_OFF)
    failure: str | None = None
    try:
        tally.gave_up += target.run(data)
    except _Stuck:
        pass  # counted below
    except Leak as exc:
        tally.leaks += 1
        failure = _place(exc)
    except Exception as exc:  # noqa: BLE001 - that is what is looked for
        tally.crashes += 1
        failure = _place(exc)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    took = time.process_time() - began
    tally.inputs += 1
    tally.seconds += took
    tally.slowest = max(tally.slowest, took)
    if took > HANG:
        tally.hangs += 1
        failure = failure or "slow"
    if failure is not None and failure not in tally.failures:
        called = _kept(target, data, kept) if number is None else f"input {number}"
        tally.failures[failure] = f"{called}: {took:.1f} s, {len(data)} bytes"


def _kept(target: Target, data: bytes, folder: Path | None) -> str:
    """Under a name that is the same for the same bytes."""
    if folder is None:
        return "not kept"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{target.slug}-{sha256(data).hexdigest()[:12]}"
    file.write_bytes(data)
    return str(file)


def _place(exc: Exception) -> str:
    """Where it was raised, and the last place of ours that led there."""
    frames = traceback.extract_tb(exc.__traceback__)
    ours = [frame for frame in frames if "leakgate/" in frame.filename]
    places = [f"{f.filename.rpartition('/')[2]}:{f.lineno}" for f in (frames[-1], *ours[-1:])]
    return f"{type(exc).__name__} at {' '.join(dict.fromkeys(places))}"


@contextmanager
def alarmed() -> Iterator[None]:
    """In here an input that takes too long is given up."""
    before = signal.signal(signal.SIGPROF, _stuck)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _stuck(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise _Stuck
