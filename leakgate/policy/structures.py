"""
The shapes of lists and mappings of a policy file, made of the shapes of single values.

Never knows which key it stands under; an unknown key is always an error.
"""

from __future__ import annotations

from typing import Any

from leakgate.model.records import dataclass
from leakgate.policy.nodes import Fields, Items, Node
from leakgate.policy.shapes import At, Schema, Shape, Word, kind, nearest


@dataclass(frozen=True, slots=True)
class Many:
    """One value, or a list of them; read as a tuple, without repetitions unless `keep_all`."""

    shape: Shape
    may_be_empty: bool = False
    keep_all: bool = False

    def read(self, node: Node, at: At) -> tuple[Any, ...]:
        if not isinstance(node, Items):
            return (self.shape.read(node, at),)
        if not node.items and not self.may_be_empty:
            raise at.error(node, "an empty list", "name at least one, or leave the key out")
        values = [self.shape.read(item, at.item(index)) for index, item in enumerate(node.items, 1)]
        return tuple(values if self.keep_all else dict.fromkeys(values))

    def schema(self) -> Schema:
        one = self.shape.schema()
        least = {} if self.may_be_empty else {"minItems": 1}
        return {"anyOf": [one, {"type": "array", "items": one, **least}]}


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of at least one."""

    shape: Shape
    what: str

    def read(self, node: Node, at: At) -> tuple[tuple[Node, Any], ...]:
        """The items, each with its node."""
        if not isinstance(node, Items) or not node.items:
            raise at.error(node, f"no {self.what}", f"write a list of at least one of the {self.what}")
        return tuple(
            (item, self.shape.read(item, at.item(index))) for index, item in enumerate(node.items, 1)
        )

    def schema(self) -> Schema:
        return {"type": "array", "items": self.shape.schema(), "minItems": 1}


@dataclass(frozen=True, slots=True)
class Scale:
    """Grades in order, the highest first: some of them, or all from one grade up or down."""

    what: str
    grades: dict[str, Any]

    def read(self, node: Node, at: At) -> frozenset[Any]:
        if not isinstance(node, Fields):
            return frozenset(Many(self._grade()).read(node, at))
        bounds = self._bounds().read(node, at)
        order = list(self.grades.values())
        first = order.index(bounds["at_most"]) if "at_most" in bounds else 0
        last = order.index(bounds["at_least"]) if "at_least" in bounds else len(order) - 1
        if not bounds or first > last:
            raise at.error(
                node, f"no {self.what} satisfies this", "write `at_least: high`, or a list of grades"
            )
        return frozenset(order[first : last + 1])

    def schema(self) -> Schema:
        return {"anyOf": [*Many(self._grade()).schema()["anyOf"], self._bounds().schema()]}

    def _grade(self) -> Word:
        return Word(f"a {self.what}", self.grades)

    def _bounds(self) -> Record:
        grade = self._grade()
        keys = (Key("at_least", grade, "this grade and above"), Key("at_most", grade, "this grade and below"))
        return Record(keys, may_be_empty=False)


@dataclass(frozen=True, slots=True)
class Range:
    """A range of numbers by its ends, which are included; at least one of them is there."""

    number: Shape

    def read(self, node: Node, at: At) -> dict[str, int]:
        ends: dict[str, int] = self._ends().read(node, at)
        if ends.get("at_least", 0) > ends.get("at_most", ends.get("at_least", 0)):
            raise at.error(node, "at_least is over at_most", "no number satisfies this: change one of them")
        return ends

    def schema(self) -> Schema:
        return self._ends().schema()

    def _ends(self) -> Record:
        keys = (Key("at_least", self.number, "this or more"), Key("at_most", self.number, "this or less"))
        return Record(keys, may_be_empty=False)


@dataclass(frozen=True, slots=True)
class Pairs:
    """A mapping whose keys are free: label to value; with `nodes`, to the node and its value."""

    label: Shape
    value: Shape
    nodes: bool = False

    def read(self, node: Node, at: At) -> tuple[tuple[str, Any], ...]:
        if not isinstance(node, Fields):
            raise at.error(node, f"a {kind(node)} where a mapping belongs", "write `label: value` lines")
        read = (
            (self.label.read(key, at), value, self.value.read(value, at.item(index)))
            for index, (key, value) in enumerate(node.pairs, 1)
        )
        return tuple((label, (value, one) if self.nodes else one) for label, value, one in read)

    def schema(self) -> Schema:
        label = self.label.schema()
        return {"type": "object", "propertyNames": label, "additionalProperties": self.value.schema()}


@dataclass(frozen=True, slots=True)
class Key:
    """A key, the shape of its value, and one sentence for people and editors."""

    name: str
    shape: Shape
    doc: str
    required: bool = False
    default: Any = None  # in the words of the file; shown by editors


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping with known keys; any other key is an error that names the nearest one."""

    keys: tuple[Key, ...]
    may_be_empty: bool = True

    def read(self, node: Node, at: At) -> dict[str, Any]:
        """The values of the keys that are there, in the order of the table."""
        found = {
            name: self._known(name).shape.read(value, at.under(name)) for name, value in self.fields(node, at)
        }
        return {key.name: found[key.name] for key in self.keys if key.name in found}

    def fields(self, node: Node, at: At) -> tuple[tuple[str, Node], ...]:
        """Names and unread values; raises for unknown and for missing keys."""
        if not isinstance(node, Fields):
            names = ", ".join(key.name for key in self.keys[:6])
            raise at.error(node, f"a {kind(node)} where a mapping belongs", f"write keys such as: {names}")
        known = [key.name for key in self.keys]
        if not node.pairs and not self.may_be_empty:
            raise at.error(node, "an empty mapping", f"write one of: {', '.join(known)}")
        for key, _ in node.pairs:
            if key.text not in known:
                raise at.error(key, "unknown key", nearest(key.text, known))
        given = {key.text for key, _ in node.pairs}
        for wanted in self.keys:
            if wanted.required and wanted.name not in given:
                raise at.error(node, f"no key {wanted.name!r}", f"add `{wanted.name}:` ({wanted.doc})")
        return tuple((key.text, value) for key, value in node.pairs)

    def _known(self, name: str) -> Key:
        return next(key for key in self.keys if key.name == name)

    def schema(self) -> Schema:
        required = [key.name for key in self.keys if key.required]
        return {
            "type": "object",
            "additionalProperties": False,
            "properties": {key.name: _described(key) for key in self.keys},
            **({"required": required} if required else {}),
            **({} if self.may_be_empty else {"minProperties": 1}),
        }


def _described(key: Key) -> Schema:
    default = {} if key.default is None else {"default": key.default}
    return {"description": key.doc, **key.shape.schema(), **default}
