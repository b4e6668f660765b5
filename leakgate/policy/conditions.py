"""
The shapes of `when`: conditions that must not contradict each other, and expressions.

Never asks a finding; `clauses` does.
"""

from __future__ import annotations

from typing import Any

from leakgate.model.records import dataclass
from leakgate.policy.expressions import MAX_LENGTH, Expression, ExpressionError, checked
from leakgate.policy.nodes import Node, Scalar
from leakgate.policy.shapes import At, Schema, kind, nearest
from leakgate.policy.structures import Record


@dataclass(frozen=True, slots=True)
class Cel:
    """An expression, checked where it is read."""

    def read(self, node: Node, at: At) -> Expression:
        if not isinstance(node, Scalar):
            raise at.error(node, f"a {kind(node)} where an expression belongs", "write it in quotes")
        if not node.text.strip():
            raise at.error(node, "an empty expression", "write one, or leave the key out")
        try:
            return checked(node.text)
        except ExpressionError as exc:
            hint = exc.hint if exc.near is None else nearest(*exc.near)
            raise at.error(node, exc.message, hint) from exc

    def schema(self) -> Schema:
        return {"type": ["string", "boolean"], "minLength": 1, "maxLength": MAX_LENGTH + 1000}


@dataclass(frozen=True, slots=True)
class Conditions(Record):
    """A mapping of conditions; two that contradict each other are an error."""

    def read(self, node: Node, at: At) -> dict[str, Any]:
        read = Record.read(self, node, at)
        if read.get("new_only") and read.get("known"):
            raise at.error(
                node, "`known: true` and `new_only: true` exclude each other", "remove one of them"
            )
        return read
