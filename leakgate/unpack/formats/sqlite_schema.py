"""
The names of columns in the statements that made the tables and indexes of a SQLite database.

Reads just enough SQL for names; never runs any.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from leakgate.model.expressions import expression
from leakgate.model.records import dataclass

_TOKEN = expression(
    r"--[^\n]*|/\*.*?(?:\*/|\Z)"
    r"|(?P<name>\"(?:[^\"]|\"\")*\"?|`(?:[^`]|``)*`?|\[[^\]]*\]?|[^\W\d][\w$]*)"
    r"|'(?:[^']|'')*'?|(?P<mark>[(),])|\d[\w.]*|\S",
    re.DOTALL,
)
_LONGEST = 1 << 20  # characters of a statement; SQLite's own limit is about as high
_CONSTRAINTS = frozenset(("CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN", "EXCLUDE"))
_GENERATED = ("GENERATED", "ALWAYS", "AS")

Token = tuple[str, bool, int]  # text, whether it is a name, depth of parentheses


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns as they stand in a record; `has_rowid` says whether cells begin with one."""

    names: tuple[str, ...]
    has_rowid: bool = True


def columns_of(sql: str) -> Columns:
    """Of a CREATE TABLE or CREATE INDEX statement; no names for what is neither."""
    tokens = list(_tokens(sql[:_LONGEST]))
    parts = _parts(tokens)
    without = "WITHOUT" in {text.upper() for text, _, depth in tokens if depth == 0}
    stored = [part for part in parts if not _is_constraint(part) and not _is_computed(part)]
    names = tuple(_unquoted(part[0][0]) for part in stored)
    if not without:
        return Columns(names)
    first = _key(parts)
    return Columns(
        (*first, *(name for name in names if name.lower() not in {k.lower() for k in first})), False
    )


def _tokens(sql: str) -> Iterator[Token]:
    depth = 0
    for hit in _TOKEN.finditer(sql):
        depth -= hit["mark"] == ")"
        if not hit[0].startswith(("--", "/*")):
            yield hit[0], hit["name"] is not None, depth
        depth += hit["mark"] == "("


def _parts(tokens: list[Token]) -> list[list[Token]]:
    """What stands between the commas of the first parentheses."""
    parts: list[list[Token]] = [[]]
    begun = False
    for token in tokens:
        text, _, depth = token
        if depth == 0 and text in "()":
            if text == ")":
                break
            begun = True
        elif depth == 1 and text == ",":
            parts.append([])
        elif begun:
            parts[-1].append(token)
    return [part for part in parts if part]


def _is_constraint(part: list[Token]) -> bool:
    return part[0][0].upper() in _CONSTRAINTS


def _is_computed(part: list[Token]) -> bool:
    """Whether a column is computed when read and has no value in a record."""
    words = [text.upper() for text, _, depth in part if depth == 1]
    return "AS" in words[1:] and "STORED" not in words and ("GENERATED" in words or words[-1:] == [")"])


def _key(parts: list[list[Token]]) -> tuple[str, ...]:
    """The columns of the primary key, in its order."""
    for part in parts:
        words = [text.upper() for text, _, _ in part]
        if "PRIMARY" not in words:
            continue
        if not _is_constraint(part):
            return (_unquoted(part[0][0]),)
        inside = part[words.index("PRIMARY") :]
        listed = [(text, depth) for text, is_name, depth in inside if is_name and depth == 2]
        return tuple(_unquoted(text) for text, _ in listed if text.upper() not in ("ASC", "DESC", "COLLATE"))
    return ()


def _unquoted(name: str) -> str:
    quote = name[:1]
    if quote in ('"', "`") and len(name) > 1:
        return name[1:-1].replace(quote * 2, quote)
    return name[1:-1] if quote == "[" else name
