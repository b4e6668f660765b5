"""
Character references of XML and HTML: the text they stand for, and an exact map back.

Knows the predefined and HTML's named references alone. Never expands an entity that a document declares,
so a document cannot grow by being read.
"""

from __future__ import annotations

import re
from html.entities import html5

from leakgate.model.expressions import expression
from leakgate.model.offsets import OffsetMap, Shift
from leakgate.unpack.formats.edited import edited

# Also dropped: colour codes, whose escape byte XML cannot hold: Surefire has `&#27;[31m`, pytest `#x1B[31m`.
_REFERENCE = expression(
    rb"(?P<colour>(?:&#(?:27|[xX]0{0,2}1[bB]);|#x1[bB])\[[0-9;?]{0,16}[A-Za-z])"
    rb"|&(?:#(?P<decimal>[0-9]{1,7})|#[xX](?P<hex>[0-9a-fA-F]{1,6})|(?P<name>[A-Za-z][A-Za-z0-9]{1,31}));"
)
_NAMED = {name[:-1].encode(): text.encode() for name, text in html5.items() if name.endswith(";")}


def unescaped(data: bytes, start: int, end: int) -> tuple[bytes, OffsetMap]:
    """The text of `data[start:end]`, and the map from its offsets to offsets of `data`."""
    raw = data[start:end]
    if b"&" not in raw and b"#x1" not in raw:
        return raw, Shift(start)
    return edited(data, start, end, _REFERENCE, _replacement)


def text_of(raw: bytes) -> str:
    """The text of a short value, such as a name."""
    return unescaped(raw, 0, len(raw))[0].decode("utf-8", "replace")


def _replacement(hit: re.Match[bytes]) -> bytes:
    """The text of a reference; one that means nothing stays as it stands."""
    found = _text(hit)
    return hit[0] if found is None else found


def _text(hit: re.Match[bytes]) -> bytes | None:
    if hit["name"] is not None:
        return _NAMED.get(hit["name"])
    if hit["colour"] is not None:
        return b""
    code = int(hit["decimal"]) if hit["decimal"] is not None else int(hit["hex"], 16)
    if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return None
    return chr(code).encode()
