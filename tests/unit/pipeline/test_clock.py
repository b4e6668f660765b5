"""Stage timings and deadlines."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from leakgate.pipeline.clock import Deadline, Stopwatch


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that shows the only number in the list."""
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    return now


def test_a_stage_inside_another_is_taken_off_the_outer_one(at: list[float]) -> None:
    """The stages add up to the whole."""
    watch = Stopwatch()
    with watch.stage("outer"):
        at[0] += 1
        with watch.stage("inner"):
            at[0] += 2
            with watch.stage("innermost"):
                at[0] += 4
        at[0] += 8

    assert {"innermost": 4, "inner": 2, "outer": 9} == watch.seconds


def test_a_stage_that_comes_again_adds_up(at: list[float]) -> None:
    """Also where it is inside itself."""
    watch = Stopwatch()
    for _ in range(2):
        with watch.stage("a"):
            at[0] += 1
            with watch.stage("a"):
                at[0] += 1

    assert {"a": 4} == watch.seconds


def test_a_stage_that_raises_is_counted(at: list[float]) -> None:
    """The time was spent all the same."""
    watch = Stopwatch()
    with suppress(ValueError), watch.stage("a"):
        at[0] += 3
        raise ValueError

    assert {"a": 3} == watch.seconds


def test_a_deadline_passes_when_its_seconds_are_over(at: list[float]) -> None:
    """Not before."""
    deadline = Deadline(5)

    at[0] += 4.9
    early = deadline.passed()
    at[0] += 0.1

    assert (False, True) == (early, deadline.passed())
