"""
A line of progress on a terminal, for runs that take a while.

Writes nothing where it is not enabled: a log file must not fill with carriage returns. Never writes more
often than ten times a second, and leaves an empty line behind.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import IO

from leakgate.report.phrases import size
from leakgate.report.text_safety import for_terminal

_INTERVAL = 0.1
_CLEAR = "\r\x1b[2K"
_MARK = "..."


class Progress:
    """`enabled` says that `stream` is a terminal; `width` is in columns, `clock` in seconds."""

    def __init__(
        self,
        stream: IO[str],
        enabled: bool,
        *,
        width: int = 80,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._stream = stream
        self._enabled = enabled
        self._width = max(20, width)
        self._clock = clock
        self._next = 0.0
        self._drawn = False

    def advance(self, artifact_path: str, bytes_done: int, bytes_total: int | None) -> None:
        """Says how far the run is; most calls only look at the clock."""
        if not self._enabled:
            return
        now = self._clock()
        if self._drawn and now < self._next:
            return
        self._next = now + _INTERVAL
        self._draw(_amount(bytes_done, bytes_total), artifact_path)

    def finish(self) -> None:
        """Removes the line. May be called at any time, also twice."""
        if self._drawn:
            self._write(_CLEAR)
        self._drawn = False

    def _draw(self, amount: str, path: str) -> None:
        # Twelve columns are for the words; one stays free, as a full line would wrap on some terminals.
        room = max(8, self._width - len(amount) - 12)
        name = for_terminal(path[-room:]).encode("ascii", "backslashreplace").decode("ascii")
        if len(name) > room or len(path) > room:
            name = _MARK + name[len(_MARK) - room :]
        self._write(f"{_CLEAR}scanning {amount} {name}")
        self._drawn = True

    def _write(self, text: str) -> None:
        try:
            self._stream.write(text)
            self._stream.flush()
        except (OSError, ValueError):
            # The terminal is gone; the scan is worth more than its progress line.
            self._enabled = False
            self._drawn = False


def _amount(done: int, total: int | None) -> str:
    if not total:
        return size(done)
    share = min(100, 100 * done // total)
    return f"{share:3d}% of {size(total)}"
