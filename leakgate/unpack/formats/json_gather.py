"""
From values to fields: which label a value gets, and which values are one text in parts.

Never decides what a value is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from leakgate.model.offsets import OffsetMap, Pieces
from leakgate.model.segment import Segment
from leakgate.unpack.formats.json_base64 import body
from leakgate.unpack.formats.json_fields import JsonFields
from leakgate.unpack.formats.json_kind import JsonKind
from leakgate.unpack.formats.json_labels import label, pair
from leakgate.unpack.formats.json_reader import Value
from leakgate.unpack.formats.json_strings import back_to, unescaped

_LONGEST_TEXT = 1 << 20  # bytes of lines put together


def gathered(document: Segment, values: Sequence[Value], kind: JsonKind) -> Iterator[Segment]:
    """The fields of a batch, and those that were encoded by what the document says of them."""
    data = document.data
    fields = JsonFields(document, kind.test_of)
    bodies = JsonFields(document, kind.test_of, by=("base64",))
    before: Value | None = None
    for group in _outputs(values, kind) if kind.text is not None else _texts(data, values):
        value = group[0]
        if len(group) > 1:
            _add_text(data, group, fields)
        elif (decoded := body(data, value)) is not None:
            bodies.add(label(*value[:2]), *decoded, ((0, value[0], value[1]),))
        else:
            _add(data, value, before, fields)
        before = value
    yield from (made for made in (fields.segment(), bodies.segment()) if made is not None)


def _add(data: bytes, value: Value, before: Value | None, fields: JsonFields) -> None:
    node, key, start, end = value
    raw = data[start:end]
    name = None
    if node.array and before is not None and before[0] is node and isinstance(key, int):
        name = pair(data[before[2] : before[3]], key) if before[1] == key - 1 else None
    fields.add(name or label(node, key), unescaped(raw), back_to(raw, start), ((0, node, key),))


def _add_text(data: bytes, group: Sequence[Value], fields: JsonFields) -> None:
    raws = [(data[start:end], start) for _, _, start, end in group]
    texts = [unescaped(raw) for raw, _ in raws]
    starts = list(accumulate(map(len, texts[:-1]), initial=0))
    back: OffsetMap = Pieces(starts, (back_to(raw, start) for raw, start in raws))
    parts = [(start, node, key) for start, (node, key, _, _) in zip(starts, group, strict=True)]
    fields.add(label(*group[0][:2]), b"".join(texts), back, parts)


def _texts(data: bytes, values: Iterable[Value]) -> Iterator[list[Value]]:
    """Values in groups: strings of one array that end their lines belong to the one that follows."""
    group: list[Value] = []
    size = 0
    for value in values:
        node, _, start, end = value
        if group and (group[-1][0] is not node or size > _LONGEST_TEXT):
            yield group
            group, size = [], 0
        if not (node.array and data[end - 2 : end] == b"\\n"):
            yield [*group, value]
            group, size = [], 0
        else:
            group.append(value)
            size += end - start
    if group:
        yield group


def _outputs(values: Iterable[Value], kind: JsonKind) -> Iterator[list[Value]]:
    """The parts of each test's output."""
    by_test: dict[str, list[Value]] = {}
    for value in values:
        if value[1] == kind.text:
            test = kind.test_of(value[0])
            by_test.setdefault(test.id if test is not None else "", []).append(value)
    yield from by_test.values()
