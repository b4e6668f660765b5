"""
The shapes of single values of a policy file: each reads a node and describes itself as JSON Schema.

Never knows which key it stands under; one table (`document`) puts shapes and keys together, and both the
loader and the published schema come from that table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Protocol

from leakgate.model.errors import PolicyError
from leakgate.model.records import dataclass
from leakgate.policy.nodes import Fields, Items, Node, Scalar

Schema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class At:
    """A place in a policy file, for messages."""

    file: str
    key: str = ""

    def under(self, name: str) -> At:
        return At(self.file, f"{self.key}.{name}" if self.key else name)

    def item(self, index: int) -> At:
        """The `index`-th item, counted from 1 as people do."""
        return At(self.file, f"{self.key}[{index}]")

    def error(self, node: Node, message: str, hint: str) -> PolicyError:
        key = f"{self.key}: " if self.key else ""
        return PolicyError(f"{self.file}:{node.line}: {key}{message}", hint=hint)


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint that names the known word which `word` was probably meant to be, else all of them."""
    import difflib

    known = list(known)
    lower = {name.lower(): name for name in known}
    near = difflib.get_close_matches(word[:100].lower(), lower, n=1, cutoff=0.5)
    return f"did you mean {lower[near[0]]!r}?" if near else f"use one of: {', '.join(known)}"


class Shape(Protocol):
    def read(self, node: Node, at: At) -> Any:
        """The value of `node`; raises PolicyError with its line and a hint."""

    def schema(self) -> Schema:
        """JSON Schema 2020-12 of what `read` accepts."""


def _text(node: Node, at: At, what: str) -> str:
    if not isinstance(node, Scalar):
        raise at.error(node, f"a {kind(node)} where {what} belongs", f"write {what}")
    value = node.value
    if isinstance(value, str) and value:
        return value
    raise at.error(
        node, f"{_kind_of(value)} where {what} belongs", f"write {what}; text that looks otherwise, in quotes"
    )


def _kind_of(value: str | float | bool | None) -> str:
    """What a value is, in words; never the value, as the file may be a log given by mistake."""
    if value is None or value == "":
        return "nothing"
    if isinstance(value, bool):
        return "true or false"
    return "text" if isinstance(value, str) else "a number"


def kind(node: Node) -> str:
    """What a node is, in a word for people."""
    match node:
        case Scalar():
            return "single value"
        case Items():
            return "list"
        case Fields():
            return "mapping"


@dataclass(frozen=True, slots=True)
class Prose:
    """Sentences; line breaks are read as spaces."""

    limit: int = 2000

    def read(self, node: Node, at: At) -> str:
        text = " ".join(_text(node, at, "a sentence").split())
        if not text or len(text) > self.limit or not text.isprintable():
            raise at.error(node, "text too long or not printable", f"at most {self.limit} characters")
        return text

    def schema(self) -> Schema:
        return {"type": "string", "minLength": 1}


@dataclass(frozen=True, slots=True)
class Text:
    """One line of free text."""

    what: str
    limit: int

    def read(self, node: Node, at: At) -> str:
        text = _text(node, at, self.what)
        if len(text) > self.limit or not text.isprintable():
            raise at.error(
                node, "text too long or not printable", f"one line, at most {self.limit} characters"
            )
        return text

    def schema(self) -> Schema:
        return {"type": "string", "minLength": 1, "maxLength": self.limit}


@dataclass(frozen=True, slots=True)
class Word:
    """One of the `known` words, made into what the program uses."""

    what: str
    known: dict[str, Any]

    def read(self, node: Node, at: At) -> Any:
        word = _text(node, at, self.what)
        if word not in self.known:
            raise at.error(node, f"not {self.what}", nearest(word, self.known))
        return self.known[word]

    def schema(self) -> Schema:
        return {"enum": list(self.known)}


@dataclass(frozen=True, slots=True)
class Formed:
    """Text of a given form; `mend` may say what is probably wrong, without quoting it."""

    what: str
    form: str
    hint: str
    mend: Callable[[str], str] | None = None

    def read(self, node: Node, at: At) -> str:
        text = _text(node, at, self.what)
        if not re.fullmatch(self.form, text):
            hint = self.mend(text) if self.mend else ""
            raise at.error(node, f"not {self.what}", hint or self.hint)
        return text

    def schema(self) -> Schema:
        return {"type": "string", "pattern": f"^(?:{self.form})$"}


@dataclass(frozen=True, slots=True)
class Flag:
    """`true` or `false`."""

    def read(self, node: Node, at: At) -> bool:
        if isinstance(node, Scalar) and isinstance(node.value, bool):
            return node.value
        raise at.error(node, "neither true nor false", "write true or false, without quotes")

    def schema(self) -> Schema:
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar, as RFC 3339 writes a full date."""

    def read(self, node: Node, at: At) -> date:
        text = _text(node, at, "a day")
        try:
            if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
                return date.fromisoformat(text)
        except ValueError:
            pass  # such as 30 February: falls through to the one error for whatever is no day
        raise at.error(node, "not a day", "write YYYY-MM-DD, such as 2030-12-31")

    def schema(self) -> Schema:
        return {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number from `least` to `most`."""

    least: int
    most: int

    def read(self, node: Node, at: At) -> int:
        value = node.value if isinstance(node, Scalar) else None
        if isinstance(value, bool) or not isinstance(value, int):
            raise at.error(node, "not a whole number", self._hint())
        if not self.least <= value <= self.most:
            raise at.error(node, "out of range", self._hint())
        return value

    def _hint(self) -> str:
        if self.least == self.most:
            return f"write {self.least}"
        return f"write a number from {self.least} to {self.most}"

    def schema(self) -> Schema:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


@dataclass(frozen=True, slots=True)
class Measure:
    """A number, or a number and a unit such as `256MiB`; `units` are their sizes in the base unit."""

    what: str
    units: dict[str, int]
    least: int
    most: int
    example: str

    def read(self, node: Node, at: At) -> int:
        value = node.value if isinstance(node, Scalar) else None
        hint = f"write {self.what}, such as {self.example}"
        if isinstance(value, str) and (parts := re.fullmatch(self._form(), value)):
            value = int(parts[1]) * self.units[parts[2]]
        if isinstance(value, bool) or not isinstance(value, int):
            raise at.error(node, f"not {self.what}", hint)
        if not self.least <= value <= self.most:
            raise at.error(node, "out of range", f"from {self.least} to {self.most}: {hint}")
        return value

    def schema(self) -> Schema:
        number = {"type": "integer", "minimum": self.least, "maximum": self.most}
        return {"anyOf": [number, {"type": "string", "pattern": f"^(?:{self._form()})$"}]}

    def _form(self) -> str:
        return rf"([0-9]{{1,12}}) ?({'|'.join(self.units)})"
