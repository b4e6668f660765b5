"""
Text with some places replaced, and the exact map back, which is made only for what is found in it.

One expression finds the places, one function says what they stand for; both are pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from leakgate.model.offsets import Edit, Edits, Lazy, OffsetMap

Replacement = Callable[[re.Match[bytes]], bytes]


def edited(
    data: bytes, start: int, end: int, places: re.Pattern[bytes], replacement: Replacement
) -> tuple[bytes, OffsetMap]:
    """`data[start:end]` with its places replaced, and the map to offsets of `data`.

    An expression may look at what stands before `start`, and must find the same places all the same.
    """

    def back() -> OffsetMap:
        found = (Edit(*hit.span(), len(replacement(hit))) for hit in places.finditer(data, start, end))
        return Edits((Edit(0, start, 0), *found))

    parts: list[bytes] = []
    at = start
    for hit in places.finditer(data, start, end):
        parts += (data[at : hit.start()], replacement(hit))
        at = hit.end()
    parts.append(data[at:end])
    return b"".join(parts), Lazy(back)
