"""
What a carrier makes of the values: a file, and where in it every value was put.

Places are known before anything is scanned; nothing here asks leakgate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tests.carriers.values import Value


@dataclass(frozen=True, slots=True)
class Place:
    """The raw bytes `start..end` that carry a value."""

    value: Value
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """A file to scan. `text` is the innermost member's, at `members`, in which the places lie.

    `encoding` is None where the text has no lines.
    """

    name: str
    data: bytes
    text: bytes
    places: tuple[Place, ...]
    members: tuple[str, ...] = ()
    encoding: str | None = "utf-8"


Make = Callable[[tuple[Value, ...]], Document]


@dataclass(frozen=True, slots=True)
class Carrier:
    """A way in which text gets into a test run's output; `unfit` are values it cannot hold, and why."""

    name: str
    make: Make
    unfit: tuple[tuple[str, str], ...] = ()


class Page:
    """A document in the making; remembers where values are put."""

    def __init__(self, encoding: str = "utf-8") -> None:
        self._encoding = encoding
        self._text = bytearray()
        self._places: list[Place] = []

    def add(self, text: str | bytes) -> Page:
        self._text += text if isinstance(text, bytes) else text.encode(self._encoding)
        return self

    def put(self, value: Value, text: str | bytes) -> Page:
        """Adds `text`, which carries `value`."""
        start = len(self._text)
        self.add(text)
        return self.mark(value, start)

    def mark(self, value: Value, start: int) -> Page:
        """What was added since `start` carries `value`."""
        self._places.append(Place(value, start, len(self._text)))
        return self

    @property
    def size(self) -> int:
        return len(self._text)

    def document(self, name: str, encoding: str | None = None) -> Document:
        text = bytes(self._text)
        return Document(name, text, text, tuple(self._places), encoding=encoding or self._encoding)


def located(
    name: str, text: bytes | str, forms: Iterable[tuple[Value, str]], encoding: str | None = "utf-8"
) -> Document:
    """A finished document, in which every value is found by the form that it takes there."""
    raw = text if isinstance(text, bytes) else text.encode()
    places = []
    for value, form in forms:
        wanted = form.encode()
        if raw.count(wanted) != 1:
            raise ValueError(f"{value.name} stands {raw.count(wanted)} times in {name}")
        start = raw.index(wanted)
        places.append(Place(value, start, start + len(wanted)))
    return Document(name, raw, raw, tuple(places), encoding=encoding)
