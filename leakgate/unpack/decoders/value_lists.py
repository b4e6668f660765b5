"""
Lists of literals as SQL, Python, JSON and their kin write them: `('a', NULL, 12)`, `["a", "b"]`.

Says where the items stand; never what they mean.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from leakgate.model.expressions import expression

MOST_ITEMS = 2000
_ITEM = expression(
    rb"\s*+(?:"
    rb"(?:[A-Za-z_&]\w{0,10}+\s?)?'(?P<single>[^'\\]*+(?:(?:''|\\.)[^'\\]*+)*+)'"
    rb'|[bru]?"(?P<double>[^"\\]*+(?:(?:""|\\.)[^"\\]*+)*+)"'
    rb"|(?P<bare>[^\s,()\[\]'\"]++(?: [^\s,()\[\]'\"]++)*+)?"
    rb"(?:\((?:[^()']|'[^'\\]*+(?:(?:''|\\.)[^'\\]*+)*+'|\([^()]*+\)){0,200}+\))?"
    rb")(?:::[\w ]{1,40})?\s*+(?P<end>[,)\]])",
    re.DOTALL,
)


class Item(NamedTuple):
    """Where the text of an item stands, without the quotes it stands between."""

    start: int
    end: int
    quote: bytes


def value_list(data: bytes, start: int) -> tuple[list[Item], int] | None:
    """The items of the list whose bracket opens before `start`, and where it ends; None if it is none."""
    items: list[Item] = []
    at = start
    while len(items) < MOST_ITEMS:
        hit = _ITEM.match(data, at)
        if hit is None:
            return None
        items.append(_item(hit))
        at = hit.end()
        if hit["end"] != b",":
            return items, at
        if data[at : at + 1] in (b")", b"]"):  # Python's `('a',)`
            return items, at + 1
    return None


def _item(hit: re.Match[bytes]) -> Item:
    if hit["single"] is not None:
        return Item(*hit.span("single"), b"'")
    if hit["double"] is not None:
        return Item(*hit.span("double"), b'"')
    start, end = hit.span("bare")
    return Item(max(start, 0), max(end, 0), b"")
