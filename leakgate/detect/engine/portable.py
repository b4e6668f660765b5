"""
The engine's protocol on Python's `re`: the fallback where Hyperscan does not run, and its test oracle.

Same matches after confirmation, many times slower.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from leakgate.detect.engine.relax import Anchor, relax_by_endings
from leakgate.detect.engine.windows import suspects
from leakgate.model.detection import Pattern, Suspect


class PortableEngine:
    """Looks for every anchor in turn."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self._anchors = tuple((pattern, relax_by_endings(pattern)) for pattern in patterns)

    def scan(self, data: bytes) -> Sequence[Suspect]:
        return tuple(
            suspect
            for pattern, anchors in self._anchors
            for suspect in suspects(pattern, _all_ends(anchors, data), anchors[0].reach, len(data))
        )


def _all_ends(anchors: Sequence[Anchor], data: bytes) -> set[int]:
    return {end for anchor in anchors for end in _ends(anchor, data)}


def _ends(anchor: Anchor, data: bytes) -> Iterator[int]:
    expression = re.compile(anchor.expression, re.IGNORECASE if anchor.caseless else 0)
    position = 0
    while hit := expression.search(data, position):
        yield hit.end()
        position = hit.start() + 1
