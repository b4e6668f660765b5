"""What the command line takes from the environment; nobody else reads it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import IO


def cache_directory() -> Path | None:
    """`LEAKGATE_CACHE_DIR`, else the user's cache; None where there is no home or the variable is empty."""
    given = os.environ.get("LEAKGATE_CACHE_DIR")
    if given is not None:
        return Path(given) if given else None
    base = os.environ.get("XDG_CACHE_HOME")
    if base:
        return Path(base) / "leakgate"
    try:
        return Path.home() / ".cache" / "leakgate"
    except RuntimeError:
        return None


def fingerprint_key() -> str | None:
    """`LEAKGATE_KEY`: makes fingerprints comparable between runs."""
    return os.environ.get("LEAKGATE_KEY") or None


def colored(stream: IO[str]) -> bool:
    """Colours on a terminal, unless `NO_COLOR` is set; `FORCE_COLOR` forces them (no-color.org)."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or stream.isatty()


def processors() -> int:
    """How many processors this process may use; 8 at the most, as each process takes memory of its own."""
    if hasattr(os, "sched_getaffinity"):
        return min(8, len(os.sched_getaffinity(0)))
    return min(8, os.cpu_count() or 1)


def width() -> int:
    """Columns of the terminal, 100 where there is none."""
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns
    except (OSError, ValueError):
        return 100
