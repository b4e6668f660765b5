"""
Relaxing: a recognizer's expression in, a cheaper anchor for the engine out.

The anchor fires at least wherever the expression matches, and as rarely as that allows: what only
the owner can judge (look-around, back references) is dropped, and repeats at either end shrink to
their minimum, so that a run of a thousand letters is one hit and not a thousand.
Never decides whether something is a secret; never looks at scanned bytes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial

# NOTE: The parser of `re` has no public name. Its tree is the same in 3.11, 3.12 and 3.13, and
# the engine-equality property fails at once should it change.
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as sre_parser  # type: ignore[attr-defined]
from typing import Any

from leakgate.model.detection import Pattern
from leakgate.model.errors import RuleError

Node = tuple[Any, Any]

_CATEGORIES = {
    sre.CATEGORY_DIGIT: "0-9",
    sre.CATEGORY_WORD: "0-9A-Z_a-z",
    sre.CATEGORY_SPACE: "\\x09-\\x0d\\x20",
}
_NOT_CATEGORIES = {
    sre.CATEGORY_NOT_DIGIT: "\\x00-\\x2f\\x3a-\\xff",
    sre.CATEGORY_NOT_WORD: "\\x00-\\x2f\\x3a-\\x40\\x5b-\\x5e\\x60\\x7b-\\xff",
    sre.CATEGORY_NOT_SPACE: "\\x00-\\x08\\x0e-\\x1f\\x21-\\xff",
}
_REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)
# The end of all, or a newline before it: the one spelling that both engines share. Every other `$` is `\x24`.
_ANCHORED = {sre.AT_BOUNDARY: "\\b", sre.AT_BEGINNING_STRING: "\\A", sre.AT_END_STRING: "$"}
_END = (sre.AT, sre.AT_END_STRING)
_WIDTHLESS = (sre.AT, sre.ASSERT, sre.ASSERT_NOT)


@dataclass(frozen=True, slots=True)
class Anchor:
    """What the engine compiles for a pattern, and how far around a hit its owner must look (bytes)."""

    expression: bytes
    caseless: bool
    reach: int


def relax(pattern: Pattern) -> Anchor:
    """The anchor of `pattern`; raises RuleError where the expression is unusable."""
    tree, nodes = _parsed(pattern)
    return _anchor(pattern, tree, nodes)


def relax_by_endings(pattern: Pattern) -> tuple[Anchor, ...]:
    """The same for an engine that tells one end for each start: an anchor for each last alternative."""
    tree, nodes = _parsed(pattern)
    if nodes[-1][0] is not sre.BRANCH:
        return (_anchor(pattern, tree, nodes),)
    return tuple(_anchor(pattern, tree, [*nodes[:-1], *branch]) for branch in nodes[-1][1][1])


def _parsed(pattern: Pattern) -> tuple[Any, list[Node]]:
    flags = re.DOTALL if pattern.dotall else 0
    flags |= re.IGNORECASE if pattern.ignore_case else 0
    flags |= re.MULTILINE if pattern.multiline else 0
    try:
        tree = sre_parser.parse(pattern.expression, flags)
    except (re.error, OverflowError, RecursionError) as exc:
        why = f"{exc.msg} at offset {exc.pos}" if isinstance(exc, re.error) else "too large or too deep"
        raise RuleError(
            f"pattern {pattern.id!r} is not a valid expression: {why}",
            hint="expressions are Python `re` syntax over bytes",
        ) from exc
    nodes = _trim_tail(_trim_head(_spelled_out(list(tree), {})))
    if _min_width(nodes) == 0:
        raise RuleError(
            f"pattern {pattern.id!r} can match nothing at all",
            hint="give it at least one byte that must be there",
        )
    return tree, nodes


def _anchor(pattern: Pattern, tree: Any, nodes: list[Node]) -> Anchor:
    flags = tree.state.flags
    reach = pattern.max_width or min(_WIDEST, int(tree.getwidth()[1]) + _LOOK)
    text = _sequence(nodes, bool(flags & re.DOTALL))
    return Anchor(text.encode("latin-1"), bool(flags & re.IGNORECASE), reach)


_COUNTED = 16  # wider bounds are dropped: counters make databases large and slow to compile
_LOOK = 16  # bytes behind a match that a look-ahead may want to see
_WIDEST = 1024


def _min_width(nodes: list[Node]) -> int:
    width = 0
    for op, value in nodes:
        if op in _REPEATS:
            width += value[0] * _min_width(list(value[2]))
        elif op is sre.BRANCH:
            width += min(_min_width(list(branch)) for branch in value[1])
        elif op is sre.SUBPATTERN:
            width += _min_width(list(value[3]))
        elif op is sre.ATOMIC_GROUP:
            width += _min_width(list(value))
        elif op in (sre.LITERAL, sre.NOT_LITERAL, sre.ANY, sre.IN):
            width += 1
    return width


def _spelled_out(nodes: list[Node], groups: dict[int, list[Node]]) -> list[Node]:
    """With what a group holds in place of each reference to it: perhaps the group can be empty."""
    return [_spelled_out_node(op, value, groups) for op, value in nodes]


def _spelled_out_node(op: Any, value: Any, groups: dict[int, list[Node]]) -> Node:
    if op in _REPEATS:
        return op, (value[0], value[1], _spelled_out(list(value[2]), groups))
    if op is sre.BRANCH:
        return op, (value[0], [_spelled_out(list(branch), groups) for branch in value[1]])
    if op is sre.ATOMIC_GROUP:
        return op, _spelled_out(list(value), groups)
    if op is sre.GROUPREF:
        return sre.SUBPATTERN, (None, 0, 0, groups[value])
    if op is sre.SUBPATTERN:
        number, add, remove, inner = value
        held = _spelled_out(list(inner), groups)
        if number is not None:
            groups[number] = held
        return op, (number, add, remove, held)
    return op, value


def _trim_tail(nodes: list[Node]) -> list[Node]:
    nodes = list(nodes)
    while nodes and nodes[-1] != _END:
        if _min_width(nodes[-1:]) == 0:
            nodes.pop()
            continue
        if _spreads(nodes):
            (_, (low, _, inner)), last = nodes[-2:]
            some = [(sre.MAX_REPEAT, (low, low, inner))] if low else []
            return [*nodes[:-2], *some, (sre.BRANCH, (None, [list(inner), [last]]))]
        nodes[-1] = _shrunk(nodes[-1], _trim_tail)
        return nodes
    return nodes


_PLAIN = (sre.LITERAL, sre.NOT_LITERAL, sre.IN)


def _spreads(nodes: list[Node]) -> bool:
    """Whether a repeat of bytes and one more of the same end the expression: each byte would be a hit.

    One of either is there wherever the two match, and fires once.
    """
    if len(nodes) < 2 or nodes[-1][0] not in _PLAIN or nodes[-2][0] not in _REPEATS:
        return False
    repeated = list(nodes[-2][1][2])
    if len(repeated) != 1 or repeated[0][0] not in _PLAIN:
        return False
    return _bytes_of(nodes[-1]) <= _bytes_of(repeated[0])


def _bytes_of(node: Node) -> set[bytes]:
    return set(re.findall(_emit_byte(*node, dotall=True).encode("latin-1"), bytes(range(256)), re.DOTALL))


def _trim_head(nodes: list[Node]) -> list[Node]:
    """Shrink a leading repeat, unless it is all there is: then its boundary keeps hits rare."""
    index = 0
    while index < len(nodes) and nodes[index][0] in _WIDTHLESS:
        index += 1
    rest = [node for node in nodes[index + 1 :] if node[0] not in _WIDTHLESS]
    if index >= len(nodes) or not any(_min_width([node]) for node in rest):
        return nodes
    op, value = nodes[index]
    if op in _REPEATS and value[0] != value[1]:
        head = [] if value[0] == 0 else [(op, (value[0], value[0], value[2]))]
        return _trim_head([*head, *nodes[index + 1 :]])
    if op is sre.SUBPATTERN and index == 0 and len(nodes) > 1:
        return [_shrunk(nodes[0], _trim_head), *nodes[1:]]
    return nodes


def _shrunk(node: Node, trim: Any) -> Node:
    op, value = node
    if op in _REPEATS:
        return op, (value[0], value[0], value[2])
    if op is sre.SUBPATTERN:
        group, add, remove, inner = value
        return op, (group, add, remove, trim(list(inner)))
    if op is sre.BRANCH:
        return op, (value[0], [trim(list(branch)) for branch in value[1]])
    return node


def _emit(node: Node, dotall: bool) -> str:
    op, value = node
    if op in _WIDTHLESS:
        return _ANCHORED.get(value, "") if op is sre.AT else ""
    if op in (sre.LITERAL, sre.NOT_LITERAL, sre.ANY, sre.IN):
        return _emit_byte(op, value, dotall)
    again = partial(_sequence, dotall=dotall)
    if op in _REPEATS:
        return _repeat(value, again)
    if op is sre.SUBPATTERN:
        return _group(value, dotall)
    branches: list[Any]
    if op is sre.BRANCH:
        branches = value[1]
    elif op is sre.ATOMIC_GROUP:
        branches = [value]
    else:
        raise RuleError(f"expressions may not use {op}", hint="write the pattern without conditionals")
    emitted = [again(branch) for branch in branches]
    return "(?:" + "|".join(emitted) + ")" if any(emitted) else ""


def _emit_byte(op: Any, value: Any, dotall: bool) -> str:
    if op is sre.LITERAL:
        return _byte(value)
    if op is sre.NOT_LITERAL:
        return f"[^{_byte(value)}]"
    if op is sre.ANY:
        return "[\\x00-\\xff]" if dotall else "[^\\x0a]"
    return _byte_class(value)


def _sequence(nodes: Any, dotall: bool) -> str:
    return "".join(_emit(node, dotall) for node in nodes)


def _group(value: Any, dotall: bool) -> str:
    _, add, remove, inner = value
    inner_dotall = (dotall or bool(add & re.DOTALL)) and not remove & re.DOTALL
    text = _sequence(inner, inner_dotall)
    on = "i" if add & re.IGNORECASE else ""
    off = "-i" if remove & re.IGNORECASE else ""
    return f"(?{on}{off}:{text})"


def _repeat(value: Any, again: Any) -> str:
    low, high, inner = value
    body = f"(?:{again(inner)})"
    if body == "(?:)":
        return ""
    if high is sre.MAXREPEAT or high - low > _COUNTED:
        return {0: f"{body}*", 1: f"{body}+"}.get(low, f"{body}{{{low},}}")
    return body if low == high == 1 else f"{body}{{{low},{high}}}"


def _byte(value: int) -> str:
    char = chr(value)
    return char if char.isascii() and char.isalnum() else f"\\x{value:02x}"


def _byte_class(items: Any) -> str:
    negated = items[0][0] is sre.NEGATE
    parts: list[str] = []
    for op, value in items[1:] if negated else items:
        if op is sre.LITERAL:
            parts.append(_byte(value))
        elif op is sre.RANGE:
            parts.append(f"{_byte(value[0])}-{_byte(value[1])}")
        else:
            parts.append(_CATEGORIES.get(value) or _NOT_CATEGORIES[value])
    return f"[{'^' if negated else ''}{''.join(parts)}]"
