"""
Everything listed and looked at once more, behind the scan: a pass speaks of what stands there now.

Never reads; where only times differ, whoever scans must decide by the bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from leakgate.model.artifact import Unit
from leakgate.model.gap import Gap
from leakgate.sources import gaps
from leakgate.sources.listing import Listing, only_times_differ


def changes(before: Listing, items: Iterable[Unit | Gap], now: Listing) -> Iterator[Unit | Gap]:
    """A gap for whatever changed between two walks, a unit where it may have: `items` fill `now`."""
    left = dict(before.files)
    for item in items:
        if isinstance(item, Gap):
            if item.path not in before.missed:
                yield gaps.grown(item.path) if left.pop(item.path, None) else gaps.appeared(item.path)
            continue
        path = item.artifact.path
        was, stands = left.pop(path, None), now.files.pop(path)
        if was is None:
            yield gaps.grown(path) if path in before.missed else gaps.appeared(path)
        elif was != stands:
            yield item if only_times_differ(was, stands) else gaps.grown(path)
    yield from map(gaps.removed, left)
