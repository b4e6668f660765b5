"""
Bounds the memory of this process and of those it forks: what needs more is a MemoryError, and so a gap.

Counts what a process has of its own (Linux: RLIMIT_DATA), not what it maps from files or shares.
Never raises a bound that is there already, and does nothing where the system has none.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def bounded(most: int) -> Iterator[None]:
    """At most `most` bytes inside; as before behind it, so that reports can still be written."""
    if sys.platform != "linux":  # others have the call, and do not heed it
        yield
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    known = [bound for bound in (soft, hard, most) if bound != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_DATA, (min(known), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
