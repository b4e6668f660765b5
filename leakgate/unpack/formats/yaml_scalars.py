"""
Scalars of YAML as text: quotes, escapes, folded lines and indentation undone, with an exact map back.

Works on the bytes as they stand; source: YAML 1.2.2, chapters 7.3 and 8.1.
"""

from __future__ import annotations

import binascii
import re
from functools import lru_cache
from typing import NamedTuple

from leakgate.model.expressions import expression
from leakgate.model.offsets import OffsetMap, Shift
from leakgate.unpack.decoders.grouped import Groups
from leakgate.unpack.encodings import encoding_of
from leakgate.unpack.formats.edited import edited

_PROPERTIES = expression(rb"(?:[!&][^\s]*\s+)*")
_FOLD = rb"(?P<fold>(?<![ \t])[ \t]*+\r?\n[ \t\r\n]*+)"
_PLAIN = expression(_FOLD)
_SINGLE = expression(_FOLD + rb"|''")
_DOUBLE = expression(
    rb"(?P<joint>\\\r?\n[ \t]*)|"
    + _FOLD
    + rb"|\\(?:x(?P<x>[0-9A-Fa-f]{2})|u(?P<u>[0-9A-Fa-f]{4})|U(?P<U>[0-9A-Fa-f]{8})|(?P<one>.))",
    re.DOTALL,
)
_ONE = {
    b"0": b"\0", b"a": b"\a", b"b": b"\b", b"t": b"\t", b"n": b"\n", b"v": b"\v", b"f": b"\f", b"r": b"\r",
    b"e": b"\x1b", b"N": b"\xc2\x85", b"_": b"\xc2\xa0", b"L": b"\xe2\x80\xa8", b"P": b"\xe2\x80\xa9",
}  # fmt: skip
_NO_DIGIT = expression(rb"[^A-Za-z0-9+/_\-]+")
_URL_SAFE = bytes.maketrans(b"-_", b"+/")
_HEAD = 64 * 1024


class Scalar(NamedTuple):
    """Where a scalar stands, with its tag and anchor, and its style: `'`, `"`, `|`, `>` or nothing."""

    start: int
    end: int
    style: str


def text(data: bytes, scalar: Scalar) -> tuple[bytes, OffsetMap]:
    """What the scalar says, and the map to offsets of `data`."""
    match scalar.style:
        case "|" | ">":
            return _block(data, *_block_lines(data, scalar), scalar.style == ">")
        case "'":
            return _edited(data, _behind(data, scalar), scalar.end - 1, _SINGLE)
        case '"':
            return _edited(data, _behind(data, scalar), scalar.end - 1, _DOUBLE)
        case _:
            hit = _PROPERTIES.match(data, scalar.start, scalar.end)
            return _edited(data, hit.end() if hit is not None else scalar.start, scalar.end, _PLAIN)


def binary(data: bytes, scalar: Scalar) -> tuple[bytes, OffsetMap] | None:
    """What a scalar of Base64 stands for; None where that is no text."""
    start = _block_lines(data, scalar)[0] if scalar.style in ("|", ">") else _behind(data, scalar)
    digits, back = edited(data, start, max(start, scalar.end), _NO_DIGIT, lambda hit: b"")
    usable = len(digits) - (len(digits) % 4 == 1)
    raw = binascii.a2b_base64(digits[:usable].translate(_URL_SAFE) + b"=" * (-usable % 4))
    if not raw or b"\0" in raw[:_HEAD] or encoding_of(raw[:_HEAD]) is None:
        return None
    return raw, Groups(3, 4, len(digits), back)


def _behind(data: bytes, scalar: Scalar) -> int:
    """Where the text begins: behind tag, anchor and opening quote."""
    hit = _PROPERTIES.match(data, scalar.start, scalar.end)
    at = hit.end() if hit is not None else scalar.start
    return min(at + bool(scalar.style), scalar.end)


def _block_lines(data: bytes, scalar: Scalar) -> tuple[int, int]:
    """The lines below the header."""
    header = data.find(b"\n", _behind(data, scalar), scalar.end)
    return (header + 1 if header >= 0 else scalar.end), scalar.end


def _block(data: bytes, start: int, end: int, folds: bool) -> tuple[bytes, OffsetMap]:
    indent = _INDENT.match(data, start, end)
    width = len(indent["spaces"]) if indent is not None else 0
    return edited(data, start, end, _indentation(width, folds), _replaced)


_INDENT = expression(rb"(?:[ \t]*\r?\n)*(?P<spaces> *)")


@lru_cache(maxsize=64)
def _indentation(width: int, folds: bool) -> re.Pattern[bytes]:
    lead = rb"^ {1,%d}" % max(1, min(width, 512))
    fold = rb"(?P<fold>(?<=\S)\r?\n {%d}(?=\S))|" % min(width, 512) if folds else rb"(?P<fold>(?!))|"
    return re.compile(fold + lead, re.MULTILINE)


def _edited(data: bytes, start: int, end: int, places: re.Pattern[bytes]) -> tuple[bytes, OffsetMap]:
    if end <= start:
        return b"", Shift(start)
    if places.search(data, start, end) is None:
        return data[start:end], Shift(start)
    return edited(data, start, end, places, _replaced)


def _replaced(hit: re.Match[bytes]) -> bytes:
    groups = hit.groupdict()
    if (fold := groups["fold"]) is not None:
        return b"\n" * (fold.count(b"\n") - 1) or b" "
    if hit[0] == b"''":
        return b"'"
    if (one := groups.get("one")) is not None:
        return _ONE.get(one, one)
    code = groups.get("x") or groups.get("u") or groups.get("U")
    return _character(int(code, 16)) if code is not None else b""


def _character(code: int) -> bytes:
    return chr(code).encode("utf-8", "replace") if code <= 0x10FFFF else b"?"
