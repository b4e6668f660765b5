"""
From values to fields: which label a value gets, and which values are one text in parts.

Never decides what a value is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from leakgate.model.offsets import OffsetMap, Pieces
from leakgate.model.segment import Segment
from leakgate.unpack.field_batch import head, without_separators
from leakgate.unpack.formats.json_base64 import body, may_encode
from leakgate.unpack.formats.json_fields import JsonFields, Standing
from leakgate.unpack.formats.json_kind import JsonKind
from leakgate.unpack.formats.json_labels import is_vague, label, own_label, pair, surrounding
from leakgate.unpack.formats.json_nodes import Key, Node
from leakgate.unpack.formats.json_reader import Value
from leakgate.unpack.formats.json_strings import back_to, unescaped

_LONGEST_TEXT = 1 << 20  # bytes of lines put together


def gathered(document: Segment, values: Sequence[Value], kind: JsonKind) -> Iterator[Segment]:
    """The fields of a batch, and those that were encoded by what the document says of them."""
    gathering = _Gathering(document, kind)
    if kind.text is not None:
        for group in _outputs(values, kind):
            gathering.group(group)
    else:
        gathering.take(values)
    yield from gathering.segments()


class _Gathering:
    """Most values are strings without escapes whose key is their label: `take` is written for them."""

    def __init__(self, document: Segment, kind: JsonKind) -> None:
        self._data = document.data
        self._is_exact = without_separators(document.data) is document.data
        self._fields = JsonFields(document, kind.test_of)
        self._bodies = JsonFields(document, kind.test_of, by=("base64",))
        self._parts: list[bytes] = []
        self._standing: list[Standing] = []
        self._heads: dict[Key, bytes] = {}  # empty for keys that do not settle the label
        self._pairs: dict[tuple[Key | None, Key], bytes] = {}
        self._before: Value | None = None
        self._array: tuple[Node, bytes] | None = None

    def take(self, values: Iterable[Value]) -> None:
        """Strings of one array that end their lines belong to the one that follows."""
        data, heads, parts, standing = self._data, self._heads, self._parts, self._standing
        lines: list[Value] = []
        size = 0
        for value in values:
            node, key, start, end = value
            if lines and (lines[-1][0] is not node or size > _LONGEST_TEXT):
                self.group(lines)
                lines, size = [], 0
            if node.array:
                lines.append(value)
                if data.endswith(b"\\n", start, end):
                    size += end - start
                else:
                    self.group(lines)
                    lines, size = [], 0
                continue
            beginning = heads.get(key)
            if beginning is None:
                beginning = heads[key] = _settled(key)
            if beginning and b"\\" not in (raw := data[start:end]) and self._is_exact:
                parts += (beginning, raw)
                standing.append((node, key, start, end, beginning))
            elif may_encode(key):
                self.group((value,))
            else:
                self._one(value)
            self._before = value
        if lines:
            self.group(lines)

    def group(self, group: Sequence[Value]) -> None:
        """One value, or several that are one text."""
        value = group[0]
        if len(group) > 1:
            self._text(group)
        elif may_encode(value[1]) and (decoded := body(self._data, value)) is not None:
            self._bodies.add(label(*value[:2]), *decoded, ((0, value[0], value[1]),))
        else:
            self._one(value)
        self._before = value

    def segments(self) -> Iterator[Segment]:
        self._flush()
        yield from (made for made in (self._fields.segment(), self._bodies.segment()) if made is not None)

    def _one(self, value: Value) -> None:
        node, key, start, end = value
        text = unescaped(self._data[start:end])
        beginning = self._heads.get(key) or self._head(value)
        self._parts += (beginning, without_separators(text))
        self._standing.append((node, key, start, end, beginning))

    def _head(self, value: Value) -> bytes:
        node, key, _, _ = value
        if not node.array:
            if not is_vague(key):
                return _headed(label(node, key))
            both = (surrounding(node), key)
            beginning = self._pairs.get(both)
            if beginning is None:
                beginning = self._pairs[both] = _headed(label(node, key))
            return beginning
        before = self._before
        if before is not None and before[0] is node and isinstance(key, int) and before[1] == key - 1:
            name = pair(self._data[before[2] : before[3]], key)
            if name:
                return _headed(name)
        if self._array is None or self._array[0] is not node:
            self._array = node, _headed(label(node, key))
        return self._array[1]

    def _text(self, group: Sequence[Value]) -> None:
        self._flush()
        data = self._data
        raws = [(data[start:end], start) for _, _, start, end in group]
        texts = [unescaped(raw) for raw, _ in raws]
        starts = list(accumulate(map(len, texts[:-1]), initial=0))
        back: OffsetMap = Pieces(starts, (back_to(raw, start) for raw, start in raws))
        parts = [(start, node, key) for start, (node, key, _, _) in zip(starts, group, strict=True)]
        self._fields.add(label(*group[0][:2]), b"".join(texts), back, parts)

    def _flush(self) -> None:
        """Keeps the order of the fields."""
        self._fields.extend(self._parts, self._standing)
        self._parts.clear()
        self._standing.clear()


def _settled(key: Key) -> bytes:
    """The head of every value under `key`, whatever stands around it; empty where that matters."""
    name = own_label(key) if isinstance(key, bytes) and not may_encode(key) else None
    return _headed(name) if name is not None else b""


def _headed(name: str) -> bytes:
    return head(name.encode("utf-8", "replace"))


def _outputs(values: Iterable[Value], kind: JsonKind) -> Iterator[list[Value]]:
    """The parts of each test's output."""
    by_test: dict[str, list[Value]] = {}
    for value in values:
        if value[1] == kind.text:
            test = kind.test_of(value[0])
            by_test.setdefault(test.id if test is not None else "", []).append(value)
    yield from by_test.values()
