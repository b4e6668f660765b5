"""Coalescing: engine hits in, bounded windows for their owners out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from leakgate.model.detection import Pattern, Suspect
from leakgate.model.spans import Span


def suspects(pattern: Pattern, ends: Iterable[int], reach: int, size: int) -> Iterator[Suspect]:
    """Windows of `reach` bytes to both sides of each end, merged where they touch, within `size`."""
    group: list[int] = []
    for end in sorted(ends):
        if group and end - reach > group[-1] + reach:
            yield _suspect(pattern, group, reach, size)
            group = []
        group.append(end)
    if group:
        yield _suspect(pattern, group, reach, size)


def _suspect(pattern: Pattern, group: list[int], reach: int, size: int) -> Suspect:
    window = Span(max(0, group[0] - reach), min(size, group[-1] + reach))
    return Suspect(pattern, window, tuple(group))
