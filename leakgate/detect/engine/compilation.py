"""
Compiles databases beside each other: Hyperscan's compiler takes one core, a cold start has several.

Processes are forked for it and answer over private pipes with what they made of our own patterns.
Whatever one of them fails at is compiled here again, so that errors are met in one place.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NoReturn

_LENGTH = 8  # bytes before each blob on a pipe


def compiled(jobs: Sequence[Callable[[], bytes]]) -> list[bytes]:
    """What each of `jobs`, dearest first, returns; raises what one of them raises."""
    hands = min(_processors(), len(jobs))
    shares = [list(range(len(jobs)))[first::hands] for first in range(hands)] if hands else []
    pipes: list[tuple[list[int], tuple[int, int]]] = []
    for share in shares[1:]:
        readers = [descriptor for _, (_, descriptor) in pipes]
        if (pipe := _delegated([jobs[at] for at in share], readers)) is not None:
            pipes.append((share, pipe))
    made: dict[int, bytes] = {}
    delegated = {at for share, _ in pipes for at in share}
    for at in range(len(jobs)):
        if at not in delegated:
            made[at] = jobs[at]()
    for share, (pid, descriptor) in pipes:
        made.update(zip(share, _received(pid, descriptor), strict=False))
    return [made[at] if at in made else jobs[at]() for at in range(len(jobs))]


def _processors() -> int:
    if not hasattr(os, "fork"):
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _delegated(jobs: Sequence[Callable[[], bytes]], readers: Sequence[int]) -> tuple[int, int] | None:
    """A process that does `jobs` in order, and where its answers can be read; None where none can be had.

    It keeps none of `readers`, nor its own: whoever hands over what nobody will read is to end.
    """
    ours, theirs = os.pipe()
    try:
        with warnings.catch_warnings():
            # Threads of libraries make no difference: the child never calls into them.
            warnings.simplefilter("ignore", DeprecationWarning)
            pid = os.fork()
    except OSError:
        os.close(ours)
        os.close(theirs)
        return None
    if pid == 0:
        for descriptor in (*readers, ours):
            os.close(descriptor)
        _work(jobs, theirs)
    os.close(theirs)
    return pid, ours


def _work(jobs: Sequence[Callable[[], bytes]], descriptor: int) -> NoReturn:
    try:
        with open(descriptor, "wb") as out:
            for job in jobs:
                blob = job()
                out.write(len(blob).to_bytes(_LENGTH, "little") + blob)
    finally:
        os._exit(0)  # also on Ctrl-C: nothing of the parent's may be run or flushed here


def _received(pid: int, descriptor: int) -> list[bytes]:
    """The blobs of a process in order, without those that it did not get to."""
    blobs: list[bytes] = []
    with open(descriptor, "rb") as answers:
        while len(head := answers.read(_LENGTH)) == _LENGTH:
            length = int.from_bytes(head, "little")
            if len(blob := answers.read(length)) < length:
                break
            blobs.append(blob)
    with suppress(ChildProcessError):
        os.waitpid(pid, 0)
    return blobs
