"""Compiling in processes beside each other."""

from __future__ import annotations

import os
import signal
import time

import pytest

from leakgate.detect.engine.compilation import _delegated, compiled

_MUCH = b"x" * (1 << 20)  # more than a pipe holds


def test_every_job_is_answered_in_its_place() -> None:
    """Whoever did it, a database belongs to its patterns."""
    assert [b"0", b"1", b"2", b"3", b"4"] == compiled([lambda n=n: str(n).encode() for n in range(5)])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_compiler_that_nobody_reads_ends() -> None:
    """A run that was killed leaves no process behind."""
    earlier = os.pipe()
    delegated = _delegated([lambda: _MUCH, lambda: _MUCH], [earlier[0]])
    assert delegated is not None
    pid, answers = delegated

    os.close(answers)

    assert _ends(pid)
    os.close(earlier[0])
    os.close(earlier[1])


def _ends(pid: int) -> bool:
    for _ in range(200):
        if os.waitpid(pid, os.WNOHANG)[0] == pid:
            return True
        time.sleep(0.05)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return False
