"""
Open elements and what can be told from them: path, test, label. Paths and tests are made only when asked,
because a report has a hundred thousand elements and a finding or two.
"""

from __future__ import annotations

from collections.abc import Iterator

from leakgate.unpack.formats.entities import unescaped
from leakgate.unpack.formats.markup import attributes
from leakgate.unpack.formats.test_scopes import Dialect, Scope

_DEEPEST_PATH = 64
_LONGEST_VALUE = 4096
_LONGEST_NAME = 80


class Element:
    """An element; `start..end` is the inside of its tag behind the name, in offsets of the document.

    `number` counts the siblings of its name from 1. `label` is what its text is called. `said` is the text of
    the child before the next one, where that text is a name. `counts` are its children so far, by name.
    """

    __slots__ = ("above", "counts", "end", "label", "number", "said", "start", "tag")

    def __init__(  # noqa: PLR0917 - by position, because a report has a hundred thousand of them
        self, tag: bytes, above: Element | None, number: int, start: int, end: int, label: bytes
    ) -> None:
        self.tag = tag
        self.above = above
        self.number = number
        self.start = start
        self.end = end
        self.label = label
        self.counts: dict[bytes, int] | None = None
        self.said: bytes | None = None

    def next_number(self, tag: bytes) -> int:
        """Counts a child that is being opened."""
        if self.counts is None:
            self.counts = {tag: 1}
            return 1
        number = self.counts[tag] = self.counts.get(tag, 0) + 1
        return number

    def lineage(self) -> Iterator[Element]:
        """This element and those around it, without the document itself."""
        here: Element | None = self
        while here is not None and here.above is not None:
            yield here
            here = here.above


def path(element: Element) -> str:
    """XPath of the element; the first of its name has no number. Cut below 64 levels."""
    steps = tuple(element.lineage())[::-1]
    return "".join(map(_step, steps[:_DEEPEST_PATH]))


def scope(element: Element, data: bytes, dialect: Dialect) -> Scope:
    """What the elements around say of suite and test, and the element itself."""
    known = Scope()
    for here in tuple(element.lineage())[::-1]:
        if (enter := dialect.get(here.tag)) is not None:
            known = enter(known, _decoded(data, here))
    return known


def _step(element: Element) -> str:
    name = element.tag[:_LONGEST_NAME].decode("utf-8", "replace")
    return f"/{name}[{element.number}]" if element.number > 1 else f"/{name}"


def _decoded(data: bytes, element: Element) -> dict[str, str]:
    return {
        name.decode("utf-8", "replace"): unescaped(data, start, min(end, start + _LONGEST_VALUE))[0].decode(
            "utf-8", "replace"
        )
        for name, (start, end) in attributes(data, element.start, element.end)
    }
