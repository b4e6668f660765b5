"""
The tokens of JSON (RFC 8259) and what a document looks like; tolerant of what tools get wrong.

Never builds a tree and never decodes a string. Comments, NaN, trailing commas, bare words and strings
that were cut by the end of their line are all read.
"""

from __future__ import annotations

from collections.abc import Iterator

from leakgate.model.expressions import expression

_STRING = rb'[^"\\\n]*+(?:\\[^\n][^"\\\n]*+)*+'
# One match a member: its key if it has one, then a value or the bracket that begins or ends one.
# Strings end with their line at the latest: what follows a cut one is read as what it is.
# Blanks and commas are taken here: searched byte by byte, an indented document took three times as long.
TOKEN = expression(
    rb"[\s,:]*+"
    rb'(?:"(' + _STRING + rb')"\s*+:\s*+)?'
    rb'(?:"(' + _STRING + rb')"?'
    rb"|([{\[])"
    rb"|([}\]])"
    # Integers that may mean something: six digits or more that are no Unix time (s, ms, us, ns).
    rb"|(-?(?!1[4-9]\d{8}(?:\d{3}){0,3}(?![\d.]))\d{6,24})(?![\w.+-])"
    rb"|/(?:/[^\n]*+|\*(?s:.){0,4096}?\*/)"
    rb'|([^\s,:{}\[\]"]++)'
    rb"|\Z)"  # else blanks at the end were searched from every one of them
)
STRING, OPENS, CLOSES, INTEGER, SCALAR = 2, 3, 4, 5, 6

_OPENING = expression(rb'\s*+(?:\{\s*+(?:["}]|//|/\*|\Z)|\[\s*+(?:[{\["\]]|-?\d[\d.eE+-]*\s*+,|\Z)|//|/\*)')
_PLAIN_LINE = expression(
    rb'[ \t]*+(?:["{}\[\],]|//|/?\*|(?:-?\d[\d.eE+-]*+|true|false|null|NaN)[ \t]*+(?:[,}\]]|\r?$)|\r?$)'
)
_KEY = expression(rb'"([A-Za-z_][\w.\-]{0,60})"\s*+:')
_LINE = expression(rb"[^\n]+")
_LOOKED_AT = 400  # lines


def is_json(head: bytes) -> bool:
    """Whether a document that begins so is JSON, or lines of JSON, for the most part."""
    if not _OPENING.match(head):
        return False
    lines = head.split(b"\n", _LOOKED_AT)[:_LOOKED_AT]
    strange = sum(1 for line in lines if not _PLAIN_LINE.match(line))
    return strange * 5 <= len(lines)


def is_lines(head: bytes) -> bool:
    """Whether every line is a document of its own: the first two are objects (NDJSON, JSON Lines)."""
    first, _, rest = head.lstrip().partition(b"\n")
    return first.startswith(b"{") and first.rstrip().endswith(b"}") and rest.lstrip().startswith(b"{")


def keys(head: bytes) -> frozenset[bytes]:
    """The names of members that occur in the beginning of a document."""
    return frozenset(_KEY.findall(head))


def lines(data: bytes) -> Iterator[tuple[int, int]]:
    """Start and end of every line that is not empty."""
    start = 0
    while start < len(data):
        end = data.find(b"\n", start)
        end = len(data) if end < 0 else end
        if end > start:
            yield start, end
        start = end + 1


def count_lines(data: bytes, start: int, end: int) -> int:
    """How many of these lines begin in `data[start:end]`, which begins and ends where lines do."""
    if data.startswith(b"\n", start, end) or data.find(b"\n\n", start, end) >= 0:
        return len(_LINE.findall(data, start, end))
    return data.count(b"\n", start, end)


def may_be_json(data: bytes, start: int, end: int) -> bool:
    """Whether `data[start:end]` begins as a document of JSON does."""
    return _OPENING.match(data, start, end) is not None
