"""
How a value may be written: as it is, escaped, percent-encoded, in hexadecimal, inside base64.

Decoders see most of these by themselves; a form finds the value where they can't, in the middle of
something that does not decode to text, or cut off.
"""

from __future__ import annotations

import base64
import html
import json
import urllib.parse
from collections.abc import Iterator
from dataclasses import field

from leakgate.model.records import dataclass

_PART = 12  # characters of a random value that are enough: 60 bits and more
_PIECE = 6  # two pieces side by side lie in any run of 11
_ENCODED_PART = 18  # the same in base64, hexadecimal and the like
_ENCODED_PIECE = 9


@dataclass(frozen=True, slots=True)
class Form:
    """One writing of one value; `least` is how many bytes in a row of it are a finding."""

    value: int  # which of the known values
    writing: str
    text: bytes = field(repr=False)
    least: int

    def pieces(self) -> Iterator[tuple[int, bytes]]:
        """Offsets and bytes of which at least one lies in any `least` bytes of the text."""
        if self.least == len(self.text):
            yield 0, self.text[: _whole_piece(self.text)]
            return
        size = _PIECE if self.least == _PART else _ENCODED_PIECE
        for at in range(0, len(self.text) - size + 1, size):
            yield at, self.text[at : at + size]


def _whole_piece(text: bytes) -> int:
    return min(len(text), 24)


def forms(number: int, value: bytes, *, pure: bool) -> Iterator[Form]:
    """Every writing of `value` that differs from the others."""
    seen: set[bytes] = set()
    for writing, text, part in _writings(value):
        if text in seen or len(text) < 8:
            continue
        seen.add(text)
        yield Form(number, writing, text, min(part, len(text)) if pure else len(text))


def _writings(value: bytes) -> Iterator[tuple[str, bytes, int]]:
    yield "", value, _PART
    unix = value.replace(b"\r\n", b"\n")
    yield "", unix, _PART
    yield "", unix.replace(b"\n", b"\r\n"), _PART
    text = value.decode("utf-8", "surrogateescape")
    yield "escaped", json.dumps(text)[1:-1].encode("ascii"), _PART
    yield "escaped", json.dumps(text, ensure_ascii=False)[1:-1].encode("utf-8", "surrogateescape"), _PART
    yield "escaped", html.escape(text).encode("utf-8", "surrogateescape"), _PART
    quoted = urllib.parse.quote(value, safe="").encode("ascii")
    yield "percent-encoded", quoted, _PART
    yield "percent-encoded", urllib.parse.quote_plus(value, safe="").encode("ascii"), _PART
    yield "percent-encoded", urllib.parse.quote(quoted, safe="").encode("ascii"), _PART
    yield "hexadecimal", value.hex().encode("ascii"), _ENCODED_PART
    yield "hexadecimal", value.hex().upper().encode("ascii"), _ENCODED_PART
    for lead in range(3):
        inside = _inner_base64(value, lead)
        yield "base64", inside, _ENCODED_PART
        yield "base64", inside.translate(bytes.maketrans(b"+/", b"-_")), _ENCODED_PART
    yield "UTF-16", text.encode("utf-16-le", "surrogatepass"), 2 * _PART
    yield "reversed", value[::-1], len(value)


def _inner_base64(value: bytes, lead: int) -> bytes:
    """What base64 makes of the value behind `lead` other bytes, without what these and the next decide."""
    encoded = base64.b64encode(bytes(lead) + value)
    first = (0, 2, 3)[lead]
    bits = 8 * (lead + len(value))
    return encoded[first : bits // 6]
