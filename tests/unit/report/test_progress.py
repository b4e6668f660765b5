"""The progress line helps on a terminal and is silent elsewhere."""

from __future__ import annotations

import io

from hypothesis import given
from hypothesis import strategies as st

from leakgate.report.progress import Progress
from tests.unit.report.hostile import HOSTILE


class Clock:
    """A clock that tells what it was told."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class GoneStream(io.StringIO):
    """A terminal that was closed."""

    def write(self, text: str) -> int:
        raise BrokenPipeError


def test_disabled_writes_nothing():
    """A log file gets no carriage returns."""
    stream = io.StringIO()
    progress = Progress(stream, enabled=False)

    progress.advance("a.log", 1, 2)
    progress.finish()

    assert not stream.getvalue()


def test_a_line_is_drawn_and_removed():
    """Share, size and path; the end leaves an empty line."""
    stream = io.StringIO()
    progress = Progress(stream, enabled=True, clock=Clock())
    expected = "\r\x1b[2Kscanning  50% of 2.0 KiB out/a.log\r\x1b[2K"

    progress.advance("out/a.log", 1024, 2048)
    progress.finish()
    progress.finish()

    assert expected == stream.getvalue()


def test_an_unknown_total_shows_what_is_done():
    """Without a total there is no share."""
    stream = io.StringIO()

    Progress(stream, enabled=True, clock=Clock()).advance("a.log", 1536, None)

    assert stream.getvalue().endswith("scanning 1.5 KiB a.log")


def test_ten_times_a_second_at_most():
    """Calls in between only look at the clock."""
    stream, clock = io.StringIO(), Clock()
    progress = Progress(stream, enabled=True, clock=clock)

    for _ in range(100):
        progress.advance("a.log", 1, None)
        clock.now += 0.01

    assert 9 <= stream.getvalue().count("scanning") <= 11


def test_a_terminal_that_is_gone_does_not_stop_the_scan():
    """The line is given up, no error comes out."""
    progress = Progress(GoneStream(), enabled=True)

    progress.advance("a.log", 1, None)
    progress.advance("a.log", 1, None)
    progress.finish()


@given(path=HOSTILE, width=st.integers(1, 200), done=st.integers(0, 1 << 50))
def test_hostile_names_stay_in_the_line(path, width, done):
    """Printable ASCII only, and never as wide as the terminal."""
    stream = io.StringIO()

    Progress(stream, enabled=True, width=width, clock=Clock()).advance(path, done, 1 << 40)
    line = stream.getvalue().removeprefix("\r\x1b[2K")

    assert line.isascii()
    assert line.isprintable()
    assert len(line) < max(width, 50)
