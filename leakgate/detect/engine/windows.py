"""Coalescing: engine hits in, bounded windows for their owners out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from leakgate.model.detection import Pattern, Suspect
from leakgate.model.spans import Span


def suspects(pattern: Pattern, ends: Iterable[int], reach: int, size: int) -> Iterator[Suspect]:
    """Windows of `reach` bytes to both sides of each end, merged where they touch, within `size`."""
    group: list[int] = []
    apart = -1  # where a hit must end for a window of its own
    for end in sorted(ends):
        if end > apart >= 0:
            yield Suspect(pattern, Span(max(0, group[0] - reach), min(size, apart - reach)), tuple(group))
            group = []
        group.append(end)
        apart = end + 2 * reach
    if group:
        yield Suspect(pattern, Span(max(0, group[0] - reach), min(size, apart - reach)), tuple(group))
