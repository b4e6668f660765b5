"""
What the strings of markup are called: texts by their element, attributes by their name, pairs such as
`<property name="k" value="v"/>` and `<td>k</td><td>v</td>` by the name they give.

Bounded: fields leave in batches, the stack of open elements stops growing at a depth.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from leakgate.model.segment import Segment
from leakgate.unpack.formats.entities import unescaped
from leakgate.unpack.formats.markup import Attribute, attributes, is_dull, telling
from leakgate.unpack.formats.markup_batch import Batch, Run, plain
from leakgate.unpack.formats.markup_elements import Element
from leakgate.unpack.formats.test_scopes import Dialect

_DEEPEST = 256  # open elements that are told apart
_REACH = 16  # how many open elements an end tag may close at once
_LEAST_TEXT = 3
_LONGEST_LABEL = 80
_NAMING = frozenset((b"name", b"key", b"property", b"http-equiv", b"field", b"id"))
_VALUES = frozenset((b"value", b"content", b"val", b"Value"))
_LABELLING = frozenset((b"td", b"th", b"dt", b"key", b"name", b"Name", b"Key"))  # they name what follows


class MarkupFields:
    """Takes elements and texts in order; `drained` hands over what has gathered."""

    def __init__(
        self, document: Segment, dialect: Dialect, ended_by: Mapping[bytes, frozenset[bytes]]
    ) -> None:
        self.document = document
        self._data = document.data
        self._dialect = dialect
        self._ended_by = ended_by
        self._stack = [Element(b"", None, 1, 0, 0, b"text")]
        self._beyond = 0
        self._batch = Batch(document, dialect)

    def open(self, tag: bytes, start: int, end: int, is_empty: bool) -> None:
        """An element whose tag holds `data[start:end]` behind its name."""
        if (ended := self._ended_by.get(tag)) is not None:
            while self._stack[-1].tag in ended:
                self._stack.pop()
        above = self._stack[-1]
        number = above.next_number(tag)
        tells = end - start > _LEAST_TEXT and telling(self._data, start, end)
        if is_empty:
            above.said = None
            if not tells:
                return
        here = Element(tag, above, number, start, end, above.said or tag)
        if tells:
            self._attributes(here)
        if is_empty:
            return
        if len(self._stack) >= _DEEPEST:
            self._beyond += 1
        else:
            self._stack.append(here)

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

    def text(self, runs: Sequence[Run]) -> None:
        """Text of the innermost element; several runs are one text whose parts stand apart."""
        value = b"".join([plain(self._data, run) for run in runs])
        if len(value) < _LEAST_TEXT or value.isspace():
            return
        here = self._stack[-1]
        self._batch.add(here.label, value, tuple(runs), here)
        if here.tag in _LABELLING and here.above is not None:
            name = value.strip().rstrip(b":")
            here.above.said = _label(name) if len(name) <= _LONGEST_LABEL else None

    def comment(self, start: int, end: int) -> None:
        if end - start > _LEAST_TEXT:
            value = self._data[start:end]
            self._batch.add(b"comment", value, ((start, end, True),), self._stack[-1], b"/comment()")

    @property
    def is_full(self) -> bool:
        """Whether a batch has gathered."""
        return self._batch.is_full

    def drained(self) -> Iterator[Segment]:
        """What has gathered, which is then forgotten."""
        segment = self._batch.segment()
        self._batch = Batch(self.document, self._dialect)
        if segment is not None:
            yield segment

    def _attributes(self, here: Element) -> None:
        found = tuple(attributes(self._data, here.start, here.end))
        given = self._given_name(found) if here.tag not in self._dialect else None
        here.label = given or here.label
        for one in found:
            raw = self._data[one.start : one.end]
            if is_dull(raw):
                continue
            value = unescaped(self._data, one.start, one.end)[0] if b"&" in raw else raw
            label = given if given and one.name in _VALUES else one.name[:_LONGEST_LABEL]
            self._batch.add(label, value, ((one.start, one.end, False),), here, b"/@" + one.name)

    def _given_name(self, found: tuple[Attribute, ...]) -> bytes | None:
        """What an attribute such as `name` calls the element's value or text."""
        for one in found:
            if one.name in _NAMING and 0 < one.end - one.start <= _LONGEST_LABEL:
                return _label(unescaped(self._data, one.start, one.end)[0])
        return None


def _label(name: bytes) -> bytes:
    return b" ".join(name.split())
