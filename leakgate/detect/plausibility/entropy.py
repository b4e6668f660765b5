"""Shannon entropy of a value's characters."""

from __future__ import annotations

from collections import Counter
from math import log2


def shannon(value: bytes) -> float:
    """Bits per character; 0.0 for nothing."""
    size = len(value)
    if not size:
        return 0.0
    return -sum(count / size * log2(count / size) for count in Counter(value).values())
