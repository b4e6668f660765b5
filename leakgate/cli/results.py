"""Results of earlier scans, from a file or standard input; never more than a reader can hold."""

from __future__ import annotations

import sys
from typing import IO

from leakgate.model.errors import ResultError
from leakgate.report.json_parse import MAX_BYTES
from leakgate.report.json_read import read_result
from leakgate.wiring import Judged


def load_result(path: str) -> Judged:
    """The scan that wrote `path` (`-` is standard input). Raises ResultError."""
    try:
        raw = _bytes_of(path)
    except OSError as exc:
        raise ResultError(
            f"the result file {path} cannot be read ({exc.strerror})",
            hint="name the file that `leakgate scan --report json=FILE` wrote",
        ) from exc
    return Judged(*read_result(raw))


def _bytes_of(path: str) -> bytes:
    """One byte beyond the limit is enough to see that it was passed. Raises OSError."""
    if path == "-":
        stream: IO[bytes] = sys.stdin.buffer
        return stream.read(MAX_BYTES + 1)
    with open(path, "rb") as file:  # noqa: PTH123 - a pipe is as good as a file
        return file.read(MAX_BYTES + 1)
