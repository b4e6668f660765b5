"""
What a JSON document says of any of its places, for values that were found in its plain text.

Reads the document when first asked, which is for findings only. Never scans, never raises for what it reads.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from leakgate.model.segment import NO_CONTEXT, Context
from leakgate.unpack.formats import json_emitters, json_labels
from leakgate.unpack.formats.json_kind import ANY_JSON, JsonKind
from leakgate.unpack.formats.json_kinds.registry import kind_of
from leakgate.unpack.formats.json_nodes import pointer
from leakgate.unpack.formats.json_reader import Line, TooDeep, Value, documents
from leakgate.unpack.formats.json_syntax import is_json, is_lines, lines
from leakgate.unpack.identify import HEAD


class JsonAround:
    """Contexts by offset of `raw`, a text from its beginning; nothing where it is no JSON."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._kind: JsonKind | None = None
        self._values: list[Value] | None = None

    def at(self, offset: int) -> Context:
        head = self._raw[:HEAD]
        if self._kind is None:
            self._kind = kind_of(head) if is_json(head) else _NO_JSON
        if self._kind is _NO_JSON:
            return NO_CONTEXT
        if self._kind is ANY_JSON and is_lines(head):
            return self._context(self._read([self._line(offset)]), offset)
        if self._values is None:
            self._values = self._read(_numbered(self._raw) if is_lines(head) else None)
        return self._context(self._values, offset)

    def _context(self, values: list[Value], offset: int) -> Context:
        index = bisect_right(values, offset, key=lambda value: value[2]) - 1
        if index < 0 or offset > values[index][3] or self._kind is None:
            return NO_CONTEXT
        node, key, _, _ = values[index]
        return Context(pointer(node, key), None, self._kind.test_of(node), json_emitters.emitter_of(node))

    def _read(self, rows: Iterable[Line] | None) -> list[Value]:
        kind = self._kind or ANY_JSON
        names = (*json_labels.NAMES, *kind.names, *json_emitters.names(self._raw[:HEAD]))
        found: list[Value] = []
        try:
            for batch in documents(self._raw, rows, names, json_emitters.noted):
                found += batch
        except TooDeep:
            return found  # the reader of the document says so
        return found

    def _line(self, offset: int) -> Line:
        """The line of a log that has the place: the others say nothing of it."""
        start = self._raw.rfind(b"\n", 0, offset) + 1
        end = self._raw.find(b"\n", offset)
        return self._raw.count(b"\n", 0, start), start, end if end >= 0 else len(self._raw)


def _numbered(raw: bytes) -> Iterable[Line]:
    return ((number, start, end) for number, (start, end) in enumerate(lines(raw)))


_NO_JSON = JsonKind("no JSON", lambda keys, head: False)
