"""
Peak memory of a tree of processes, looked at every 20 ms while it runs.

Linux only, from /proc; elsewhere nothing is told. What lives shorter than a look is missed.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

_EVERY = 0.02  # seconds
_PROC = Path("/proc")
_KIB = 1024
# Reading proportional shares makes the kernel walk the page tables, which holds the process up: only every
# tenth look, and when the cheap sum says that there is more than ever.
_SHARES_EVERY = 10


@dataclass(frozen=True, slots=True)
class Held:
    """Bytes: the peak of the tree, pages shared within it counted once (PSS), and of its largest process."""

    tree: int
    largest: int


class TreeMemory:
    """What a tree of processes holds at most. Files that a process maps count like its own memory."""

    def __init__(self, root: int) -> None:
        self._root = root
        self._done = Event()
        self._thread = Thread(target=self._watch, daemon=True)
        self._resident = 0
        self._peak = 0
        self._largest = 0

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> Held | None:
        """Call it after the root has ended; None where /proc is not there."""
        self._done.set()
        self._thread.join()
        return Held(self._peak, self._largest) if self._peak else None

    def _watch(self) -> None:
        look = 0
        while not self._done.wait(_EVERY if look else 0):
            self._look(shares=look % _SHARES_EVERY == 0)
            look += 1

    def _look(self, *, shares: bool) -> None:
        tree = processes(self._root)
        each = [resident_bytes(pid) for pid in tree]
        resident = sum(now for now, _ in each)
        self._largest = max(self._largest, *(most for _, most in each))
        if shares or resident > self._resident:
            self._resident = max(self._resident, resident)
            self._peak = max(self._peak, sum(map(proportional_bytes, tree)))


def processes(root: int) -> list[int]:
    """The root and all that descend from it, as far as they live."""
    found, waiting = [], [root]
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        for children in _children(pid):
            waiting += map(int, children.split())
    return found


def _children(pid: int) -> list[str]:
    try:
        return [path.read_text() for path in (_PROC / str(pid) / "task").glob("*/children")]
    except OSError:  # it has ended meanwhile
        return []


def resident_bytes(pid: int) -> tuple[int, int]:
    """Now and at most so far, shared pages included; nothing of a process that has ended.

    The kernel's `ru_maxrss` of a child begins with what its parent held when it was started (execve(2) takes
    it over), so that it says little of a small process of a big one.
    """
    try:
        lines = (_PROC / str(pid) / "status").read_text().splitlines()
    except OSError:
        return 0, 0
    fields = dict(line.split(":", 1) for line in lines if line.startswith(("VmRSS:", "VmHWM:")))
    now, most = (int(fields.get(name, "0 kB").split()[0]) * _KIB for name in ("VmRSS", "VmHWM"))
    return now, most


def proportional_bytes(pid: int) -> int:
    """Shared pages divided by those who share them (proc(5), smaps_rollup); 0 if it has ended."""
    try:
        lines = (_PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * _KIB for line in lines if line.startswith("Pss:"))
