"""
The strings of an XML or HTML document as fields: texts under the name of their element, attributes under
their own, pairs such as `<property name="k" value="v"/>` and `<td>k</td><td>v</td>` under the name they give.

Bounded: fields leave in batches, paths and the stack of open elements stop growing at a depth.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from leakgate.model.offsets import OffsetMap, Pieces, Shift
from leakgate.model.segment import Segment
from leakgate.unpack.formats.base import Fields
from leakgate.unpack.formats.entities import unescaped
from leakgate.unpack.formats.markup import Attribute, attributes, dull, telling
from leakgate.unpack.formats.test_scopes import Dialect, Scope

_DEEPEST = 256  # open elements that are told apart; 64 would do for all reports known
_LONGEST_PATH = 1024
_REACH = 16  # how many open elements an end tag may close at once
_BATCH_FIELDS = 20_000  # about 16 MB of bookkeeping
_BATCH_BYTES = 8 << 20
_LEAST_TEXT = 3
_LONGEST_LABEL = 80
_NAMING = ("name", "key", "property", "http-equiv", "field", "id")
_VALUES = frozenset(("value", "content", "val"))
_LABELLING = frozenset(
    (b"td", b"th", b"dt", b"key", b"name", b"Name", b"Key")
)  # their text names the next one


@dataclass(slots=True)
class _Element:
    tag: bytes
    path: str
    label: str
    scope: Scope
    counts: dict[bytes, int] | None = None
    said: str | None = None  # the text of the last child, where that is a name for the next


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text, offsets of the document; `literal` where references mean nothing."""

    start: int
    end: int
    literal: bool


class MarkupFields:
    """Takes tokens in order; `drained` hands over what has gathered."""

    def __init__(
        self, document: Segment, dialect: Dialect, ended_by: Mapping[bytes, frozenset[bytes]]
    ) -> None:
        self.document = document
        self._data = document.data
        self._dialect = dialect
        self._ended_by = ended_by
        self._stack = [_Element(b"", "", "text", Scope())]
        self._beyond = 0
        self._fields = Fields(document)
        self._count = self._bytes = 0

    def open(self, tag: bytes, start: int, end: int, is_empty: bool) -> None:
        """An element whose tag holds `data[start:end]` behind its name."""
        ended = self._ended_by.get(tag, ())
        while self._stack[-1].tag in ended:
            self.close(self._stack[-1].tag)
        above = self._stack[-1]
        tells = telling(self._data, start, end)
        enter = self._dialect.get(tag)
        path = _path(above, tag)
        scope, label = above.scope, ""
        if tells or enter is not None:
            found = tuple(attributes(self._data, start, end))
            named = self._decoded(found)
            scope = enter(scope, named) if enter is not None else scope
            label = next((named[key] for key in _NAMING if named.get(key)), "") if enter is None else ""
            self._attributes(found, label, path, scope)
        if is_empty:
            above.said = None
        elif len(self._stack) >= _DEEPEST:
            self._beyond += 1
        else:
            self._stack.append(_Element(tag, path, _cut(label) or above.said or _text(tag), scope))

    def close(self, tag: bytes) -> None:
        """An end tag; one that closes nothing that is open is overlooked."""
        if self._beyond:
            self._beyond -= 1
            return
        stack = self._stack
        for depth in range(len(stack) - 1, max(0, len(stack) - 1 - _REACH), -1):
            if stack[depth].tag == tag:
                if tag not in _LABELLING:
                    stack[depth - 1].said = None
                del stack[depth:]
                return

    def text(self, runs: list[Run]) -> None:
        """Text of the innermost element; several runs are one text whose parts stand apart."""
        here = self._stack[-1]
        parts = [self._run(run) for run in runs]
        value = b"".join(part for part, _ in parts)
        if len(value) < _LEAST_TEXT or value.isspace():
            return
        back: OffsetMap = parts[0][1]
        if len(parts) > 1:
            starts = [0]
            for part, _ in parts[:-1]:
                starts.append(starts[-1] + len(part))
            back = Pieces(starts, (step for _, step in parts))
        self._add(here.label, value, back, here.path, here.scope)
        if here.tag in _LABELLING and len(self._stack) > 1:
            name = value.strip()
            self._stack[-2].said = _text(name).rstrip(":") if len(name) <= _LONGEST_LABEL else None

    def comment(self, start: int, end: int) -> None:
        here = self._stack[-1]
        if end - start > _LEAST_TEXT:
            self._add("comment", self._data[start:end], Shift(start), here.path + "/comment()", here.scope)

    def drained(self, at_end: bool = False) -> Iterator[Segment]:
        """What has gathered, once it is a batch or the document is at its end."""
        if not at_end and self._count < _BATCH_FIELDS and self._bytes < _BATCH_BYTES:
            return
        segment = self._fields.segment()
        self._fields = Fields(self.document)
        self._count = self._bytes = 0
        if segment is not None:
            yield segment

    def _attributes(self, found: tuple[Attribute, ...], label: str, path: str, scope: Scope) -> None:
        for one in found:
            if dull(self._data, one):
                continue
            name = _text(one.name)
            value, back = unescaped(self._data, one.start, one.end)
            named = label if label and name.lower() in _VALUES else name
            self._add(_cut(named), value, back, f"{path}/@{name}", scope)

    def _decoded(self, found: tuple[Attribute, ...]) -> Mapping[str, str]:
        return {
            _text(one.name): unescaped(self._data, one.start, min(one.end, one.start + 4096))[0].decode(
                "utf-8", "replace"
            )
            for one in found
        }

    def _run(self, run: Run) -> tuple[bytes, OffsetMap]:
        if run.literal:
            return self._data[run.start : run.end], Shift(run.start)
        return unescaped(self._data, run.start, run.end)

    def _add(self, label: str, value: bytes, back: OffsetMap, pointer: str, scope: Scope) -> None:
        self._fields.add(label, value, back, pointer, scope.test)
        self._count += 1
        self._bytes += len(value)


def _path(above: _Element, tag: bytes) -> str:
    """XPath of a child that is being opened; the first of its name has no number."""
    if above.counts is None:
        above.counts = {}
    number = above.counts[tag] = above.counts.get(tag, 0) + 1
    if len(above.path) > _LONGEST_PATH:
        return above.path
    return f"{above.path}/{_text(tag)}[{number}]" if number > 1 else f"{above.path}/{_text(tag)}"


def _cut(label: str) -> str:
    return label[:_LONGEST_LABEL]


@lru_cache(maxsize=1024)
def _text(name: bytes) -> str:
    return name[:_LONGEST_LABEL].decode("utf-8", "replace")
