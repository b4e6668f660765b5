"""
The trees of the shipped policies, made beforehand: most runs are judged by one, and need no YAML for it.

Never reads another policy than the shipped ones; checks nothing that was checked when the tree was made.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, assert_never

from leakgate.model.prepared import prepared
from leakgate.policy.nodes import Fields, Items, Node, Scalar, parse
from leakgate.policy.shipped import shipped_text


def shipped_tree(name: str, source: str) -> Node | None:
    """The tree of the shipped policy `name`, which `source` names in messages."""
    text = shipped_text(name)
    made = prepared(table(name), [text.encode()])
    return parse(text, source) if made is None else _node(made)


def table(name: str) -> Path:
    """The tree of a shipped policy as JSON; `make tables` writes it."""
    return Path(__file__).with_name("prepared") / f"{name}.json"


def as_data(node: Node) -> list[Any]:
    """A node for JSON: what it is, its line, and what it holds."""
    match node:
        case Scalar(line, text, plain):
            return ["plain" if plain else "quoted", line, text]
        case Items(line, items):
            return ["items", line, [as_data(item) for item in items]]
        case Fields(line, pairs):
            return ["fields", line, [[as_data(key), as_data(value)] for key, value in pairs]]
        case _:
            assert_never(node)


def _node(made: list[Any]) -> Node:
    kind, line, held = made
    if kind == "items":
        return Items(line, tuple(map(_node, held)))
    if kind == "fields":
        return Fields(line, tuple((_scalar(key), _node(value)) for key, value in held))
    return _scalar(made)


def _scalar(made: list[Any]) -> Scalar:
    kind, line, text = made
    return Scalar(line, text, plain=kind == "plain")
