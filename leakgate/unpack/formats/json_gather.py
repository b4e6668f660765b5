"""
From values to fields: which label a value gets, and which values are one text in parts.

Never decides what a value is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from leakgate.model.offsets import OffsetMap, Pieces
from leakgate.unpack.formats.json_fields import JsonFields
from leakgate.unpack.formats.json_labels import label, pair
from leakgate.unpack.formats.json_reader import Value
from leakgate.unpack.formats.json_strings import back_to, unescaped

_LONGEST_TEXT = 1 << 20  # bytes of lines put together


def gather(data: bytes, values: Sequence[Value], fields: JsonFields) -> None:
    """Adds every value of a batch, elements that are lines of one text as that text."""
    before: Value | None = None
    for group in _texts(data, values):
        node, key, start, end = group[0]
        if len(group) > 1:
            fields.add(label(node, key), *text_of(data, group), node, key)
            continue
        raw = data[start:end]
        name = None
        if before is not None and before[0] is node and node.array and before[1] == _key_before(group[0]):
            name = pair(data[before[2] : before[3]], key)
        fields.add(name or label(node, key), unescaped(raw), back_to(raw, start), node, key)
        before = group[0]


def text_of(data: bytes, parts: Sequence[Value]) -> tuple[bytes, OffsetMap]:
    """The parts as one text, and the map from it to the document."""
    raws = [(data[start:end], start) for _, _, start, end in parts]
    texts = [unescaped(raw) for raw, _ in raws]
    starts = accumulate(map(len, texts[:-1]), initial=0)
    return b"".join(texts), Pieces(starts, (back_to(raw, start) for raw, start in raws))


def _key_before(value: Value) -> int | None:
    """The key of the element before this one."""
    return value[1] - 1 if isinstance(value[1], int) else None


def _texts(data: bytes, values: Sequence[Value]) -> Iterator[list[Value]]:
    """Values in groups: strings of one array that end their lines belong to the one that follows."""
    group: list[Value] = []
    size = 0
    for value in values:
        node, _, start, end = value
        if group and (group[-1][0] is not node or size > _LONGEST_TEXT):
            yield group
            group, size = [], 0
        group.append(value)
        size += end - start
        if not (node.array and data[end - 2 : end] == b"\\n"):
            yield group
            group, size = [], 0
    if group:
        yield group
