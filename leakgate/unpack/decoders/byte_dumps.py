"""
Dumps of bytes with their offsets: `xxd`, `hexdump`, `od`, `tcpdump -X`, Wireshark, curl, OpenSSL, Netty.

Numbers, or characters where `od -c` prints those; columns of consecutive lines are put together and what
stands beside them is left out. Sources: POSIX on `od`, the manual of hexdump(1).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from leakgate.model.expressions import expression
from leakgate.unpack.decoders.octets import Octets

_MOST_LINES = 65_536
_LONGEST_LINE = 400
_OFFSET = rb"(?<![^\n |:>\t])(?:0x)?[0-9A-Fa-f]{4,16}"
_SEVEN = rb"(?<![^\n |:>\t])[0-9A-Fa-f]{7}"  # digits, as `od` and `hexdump` write offsets without a colon
_PAIR = expression(rb"[0-9A-Fa-f]{2}")
_WORD = expression(rb"[0-9A-Fa-f]{4}|[0-9A-Fa-f]{2}")
_OCTAL = expression(rb"[0-7]{3}")
_OCTAL_WORD = expression(rb"[0-7]{6}")
_CHARACTER = expression(rb" (?:[0-7]{3}|  [ -~]| \\[0abfnrtv])")
_ESCAPES = {b"0": 0, b"a": 7, b"b": 8, b"f": 12, b"n": 10, b"r": 13, b"t": 9, b"v": 11}

Read = Callable[[Octets, bytes, int, int], None]


class Layout(NamedTuple):
    """Finds the columns of a line (group 1), and reads them; lines of `between` say the same once more."""

    columns: re.Pattern[bytes]
    read: Read
    between: re.Pattern[bytes] | None = None


def dumped(data: bytes, start: int, layout: Layout) -> Octets:
    """The bytes of a dump that begins on the line at `start`, line by line while they look alike."""
    octets = Octets()
    for _ in range(_MOST_LINES):
        newline = data.find(b"\n", start, start + _LONGEST_LINE)
        end = newline if newline >= 0 else min(len(data), start + _LONGEST_LINE)
        line = layout.columns.search(data, start, end)
        if line is not None:
            layout.read(octets, data, *line.span(1))
        elif not octets.values or layout.between is None or not layout.between.match(data, start, end):
            break
        if newline < 0:
            break
        start = newline + 1
    return octets


def _pairs(octets: Octets, data: bytes, start: int, end: int) -> None:
    for pair in _PAIR.finditer(data, start, end):
        octets.add(int(pair[0], 16), pair.span())


def _swapped(octets: Octets, data: bytes, start: int, end: int) -> None:
    """Words of a machine whose lower byte comes first, as nearly all are."""
    for word in _WORD.finditer(data, start, end):
        at = word.start()
        if len(word[0]) == 4:
            octets.add(int(word[0][2:], 16), (at + 2, at + 4))
        octets.add(int(word[0][:2], 16), (at, at + 2))


def _octal(octets: Octets, data: bytes, start: int, end: int) -> None:
    for byte in _OCTAL.finditer(data, start, end):
        octets.add(int(byte[0], 8) & 0xFF, byte.span())


def _octal_words(octets: Octets, data: bytes, start: int, end: int) -> None:
    for word in _OCTAL_WORD.finditer(data, start, end):
        value = int(word[0], 8) & 0xFFFF
        octets.add(value & 0xFF, word.span())
        octets.add(value >> 8, word.span())


def _characters(octets: Octets, data: bytes, start: int, end: int) -> None:
    for cell in _CHARACTER.finditer(data, start, end):
        text = cell[0][1:].lstrip() or b" "
        octets.add(_value(text), (cell.end() - 1, cell.end()))


def _value(text: bytes) -> int:
    if len(text) == 1:
        return text[0]
    return _ESCAPES[text[1:]] if len(text) == 2 else int(text, 8) & 0xFF


_HEX = Layout(
    expression(
        _OFFSET
        + rb"(?::| -|\||  ?| ?\t)[ \t]{0,2}((?:[0-9A-Fa-f]{2}(?: {0,2}|-)){1,16})(?=[ \t|\r\n]|(?<= )|$)"
    ),
    _pairs,
)
_HEX_WORDS = Layout(
    expression(_SEVEN + rb" {1,2}((?:[0-9A-Fa-f]{4} {1,4}){0,15}[0-9A-Fa-f]{4})\s*$"), _swapped
)
_BARE = Layout(expression(rb"(?<![^\n]) ?((?:[0-9A-Fa-f]{2} ){0,31}[0-9A-Fa-f]{2})[ \r]*$"), _pairs)
_OCTALS = Layout(expression(_SEVEN + rb" {1,2}((?:[0-3][0-7]{2} ){0,31}[0-3][0-7]{2})\s*$"), _octal)
_OCTAL_WORDS = Layout(expression(_SEVEN + rb" {1,2}((?:[01][0-7]{5} ){0,15}[01][0-7]{5})\s*$"), _octal_words)
_CHARACTERS = Layout(
    expression(rb"(?<![^\n |])[0-7]{7}((?:" + _CHARACTER.pattern + rb"){1,16})\s*$"), _characters
)

# `od -t x1c`: below the numbers the characters, four columns each.
_SPREAD = Layout(
    expression(_SEVEN + rb"((?:  [0-9A-Fa-f]{2}){1,16})\s*$"),
    _pairs,
    between=expression(rb" {7}(?:" + _CHARACTER.pattern + rb"){1,16}\s*$"),
)

LAYOUTS = (_SPREAD, _OCTAL_WORDS, _OCTALS, _HEX_WORDS, _CHARACTERS, _HEX, _BARE)
