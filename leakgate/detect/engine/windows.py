"""Coalescing: engine hits in, bounded windows for their owners out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from leakgate.model.spans import Span


def windows(ends: Iterable[int], reach: int, size: int) -> Iterator[Span]:
    """Windows of `reach` bytes to both sides of each end, merged where they touch, within `size`."""
    start = stop = -1
    for end in sorted(ends):
        if end - reach <= stop:
            stop = end + reach
            continue
        if stop >= 0:
            yield Span(max(0, start), min(size, stop))
        start, stop = end - reach, end + reach
    if stop >= 0:
        yield Span(max(0, start), min(size, stop))
