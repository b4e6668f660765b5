"""
What the marks of a prepared statement stand for, as database layers log it near the statement.

Never knows a statement; only how many marks it has, and what they are called.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from leakgate.model.expressions import expression
from leakgate.unpack.decoders.labelling import Named
from leakgate.unpack.decoders.value_lists import value_list

_BEHIND = 8192
_BEFORE = 4096
_MOST_LISTS = 64
_OPENING = expression(rb"[(\[](?=[\s]{0,8}[bu]?['\"\d]|None|null|NULL|True|False)")
_QUOTED = rb"'(?P<text>[^'\\]*+(?:(?:''|\\.)[^'\\]*+)*+)'"
_NUMBERED = (
    # Hibernate 5 and 6: `binding parameter [1] as [VARCHAR] - [x]`, `binding parameter (1:VARCHAR) <- [x]`
    expression(rb"parameter [\[(](?P<number>\d{1,4})[^\n]{1,40}?(?:- |<- )\[(?P<text>[^\n]*)\]"),
    expression(rb"\$(?P<number>\d{1,4}) = " + _QUOTED),  # PostgreSQL's own log
    expression(rb"@_{0,2}[pP](?P<number>\d{1,4})=" + _QUOTED),  # Entity Framework
)
# MyBatis: `Parameters: x(String), 7(Integer)`
_TYPED = expression(rb"(?:Parameters: |, )(?P<text>[^\n]{1,400}?)\([A-Z][A-Za-z]{2,12}\)(?=, |\s|$)")
_TYPED_LEAD = expression(rb"Parameters: [^\n]")


def bound(data: bytes, start: int, end: int, columns: Sequence[bytes]) -> Iterator[Named]:
    """The values of the marks of the statement `start..end`, under the names of their columns."""
    behind = min(len(data), end + _BEHIND)
    for pattern in _NUMBERED:
        hits = _run(data, start, behind, pattern) or _run(data, max(0, start - _BEFORE), start, pattern)
        if hits:
            yield from _numbered(data, hits, columns)
            return
    if (lead := _TYPED_LEAD.search(data, end, behind)) is not None:
        line = data.find(b"\n", lead.start(), behind)
        texts = [
            hit.span("text") for hit in _TYPED.finditer(data, lead.start(), line if line >= 0 else behind)
        ]
        yield from (Named(name, *span) for name, span in zip(columns, texts, strict=False))
        return
    yield from _listed(data, end, behind, columns)


def _numbered(data: bytes, hits: Sequence[re.Match[bytes]], columns: Sequence[bytes]) -> Iterator[Named]:
    """By their numbers, of which the first is 0 or 1."""
    first = min(1, *(int(hit["number"]) for hit in hits))
    for hit in hits:
        at = int(hit["number"]) - first
        if at < len(columns):
            quote = b"'" if data[hit.end() - 1 : hit.end()] == b"'" else b""
            yield Named(columns[at], *hit.span("text"), quote)


def _run(data: bytes, start: int, end: int, pattern: re.Pattern[bytes]) -> list[re.Match[bytes]]:
    """The numbered values of one statement: their numbers rise."""
    run: list[re.Match[bytes]] = []
    for hit in pattern.finditer(data, start, end):
        if run and int(hit["number"]) <= int(run[-1]["number"]):
            break
        run.append(hit)
    return run


def _listed(data: bytes, start: int, end: int, columns: Sequence[bytes]) -> Iterator[Named]:
    """Every list near the statement that has as many items; those of another statement do not count."""
    at = start
    for _ in range(_MOST_LISTS):
        opening = _OPENING.search(data, at, end)
        if opening is None:
            return
        row = value_list(data, opening.end())
        if row is not None and len(row[0]) == len(columns):
            yield from (Named(name, *item) for name, item in zip(columns, row[0], strict=True))
            at = row[1]
            if not data[at : at + 3].lstrip(b", ").startswith((b"(", b"[")):
                return
        else:
            at = opening.end()
