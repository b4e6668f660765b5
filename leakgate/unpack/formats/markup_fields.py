"""
What the strings of markup are called: texts by their element, attributes by their name, pairs such as
`<property name="k" value="v"/>` and `<td>k</td><td>v</td>` by the name they give.

Bounded: fields leave in batches, the stack of open elements stops growing at a depth.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from leakgate.model.segment import Segment
from leakgate.unpack.formats.entities import unescaped
from leakgate.unpack.formats.markup import Said, attributes, telling, values
from leakgate.unpack.formats.markup_batch import Batch, Run, plain
from leakgate.unpack.formats.markup_elements import Element
from leakgate.unpack.formats.test_scopes import Dialect

_DEEPEST = 256  # open elements that are told apart
_REACH = 16  # how many open elements an end tag may close at once
_LEAST_TEXT = 3
_LONGEST_LABEL = 80
_NAMING = frozenset((b"name", b"key", b"property", b"http-equiv", b"field", b"id"))
_LABELLING = frozenset((b"td", b"th", b"dt", b"key", b"name", b"Name", b"Key"))  # they name what follows


class MarkupFields:
    """Takes elements and texts in order; they gather in `batch`."""

    def __init__(
        self, document: Segment, dialect: Dialect, ended_by: Mapping[bytes, frozenset[bytes]]
    ) -> None:
        self.document = document
        self._data = document.data
        self._dialect = dialect
        self._ended_by = ended_by
        self._stack = [Element(b"", None, 1, 0, 0, b"text")]
        self._beyond = 0
        self.batch = Batch(document, dialect)

    def open(self, tag: bytes, start: int, end: int, is_empty: bool) -> None:
        """An element whose tag holds `data[start:end]` behind its name."""
        stack = self._stack
        if self._ended_by and (ended := self._ended_by.get(tag)) is not None:
            while stack[-1].tag in ended:
                stack.pop()
        above = stack[-1]
        number = above.next_number(tag)
        tells = end - start > _LEAST_TEXT and telling(self._data, start, end)
        if is_empty:
            above.said = None
            if not tells:
                return
        here = Element(tag, above, number, start, end, above.said or tag)
        if tells:
            said = values(self._data, start, end)
            given = self._given_name(here, said) if tag not in self._dialect else None
            here.label = given or here.label
            self.batch.add_attributes(here, said, given)
        if is_empty:
            return
        if len(stack) >= _DEEPEST:
            self._beyond += 1
        else:
            stack.append(here)

    def close(self, tag: bytes) -> None:
        """An end tag; one that closes nothing that is open is overlooked."""
        if self._beyond:
            self._beyond -= 1
            return
        stack = self._stack
        depth = len(stack) - 1
        if stack[-1].tag != tag:
            reached = range(depth, max(0, depth - _REACH), -1)
            depth = next((at for at in reached if stack[at].tag == tag), 0)
        if depth:
            if tag not in _LABELLING:
                stack[depth - 1].said = None
            del stack[depth:]

    def text(self, runs: Sequence[Run]) -> list[Run]:
        """Text of the innermost element; several runs are one text whose parts stand apart. Gives no runs."""
        texts = [plain(self._data, run) for run in runs]
        value = texts[0] if len(texts) == 1 else b"".join(texts)
        if len(value) < _LEAST_TEXT or value.isspace():
            return []
        here = self._stack[-1]
        self.batch.add(here.label, value, tuple(runs), here)
        if here.tag in _LABELLING and here.above is not None:
            name = value.strip().rstrip(b":")
            here.above.said = _label(name) if len(name) <= _LONGEST_LABEL else None
        return []

    def comment(self, start: int, end: int) -> None:
        if end - start > _LEAST_TEXT:
            value = self._data[start:end]
            self.batch.add(b"comment", value, ((start, end, True),), self._stack[-1], b"/comment()")

    def drained(self) -> Iterator[Segment]:
        """What has gathered, which is then forgotten."""
        if (segment := self.batch.segment()) is not None:
            yield segment

    def _given_name(self, here: Element, said: Sequence[Said]) -> bytes | None:
        """What an attribute such as `name` calls the element's value or text."""
        for name, double, single, bare in said:
            if name in _NAMING:
                value = double or single or bare
                if not value:  # nothing, or a short number
                    return self._dull_name(here)
                if len(value) <= _LONGEST_LABEL:
                    return _label(unescaped(value, 0, len(value))[0])
        return None

    def _dull_name(self, here: Element) -> bytes | None:
        for name, (start, end) in attributes(self._data, here.start, here.end):
            if name in _NAMING and 0 < end - start <= _LONGEST_LABEL:
                return _label(unescaped(self._data, start, end)[0])
        return None


def _label(name: bytes) -> bytes:
    return b" ".join(name.split())
