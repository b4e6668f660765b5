"""
Translates a `str` expression of the `regex` module into a `bytes` one for `re` and the engine.

What the translation matches covers what the library matches: it may only be looser. Used when the
tables are made; never at run time, never on scanned text.
"""

from __future__ import annotations

import re

_LEADING_LOOKBEHIND = "(?<=\\b"


def to_bytes_expression(expression: str) -> str:
    """The expression over UTF-8 bytes, as text in ASCII; raises re.error where that does not compile."""
    plain = _inline_case_flags(expression)
    plain = _consume_variable_lookbehind(plain)
    translated = "".join(_non_ascii_aware(plain))
    re.compile(translated.encode("ascii"))
    return translated


def _inline_case_flags(expression: str) -> str:
    """Drop `(?i)`, which `re` allows at the start only; the tables carry it as a flag."""
    return expression.replace("(?i)", "")


def _consume_variable_lookbehind(expression: str) -> str:
    """`re` wants look-behinds of one width; the label before the value becomes part of the match."""
    if expression.startswith(_LEADING_LOOKBEHIND):
        return "(?:" + expression[len("(?<=") :]
    return expression


def _non_ascii_aware(expression: str) -> list[str]:
    parts: list[str] = []
    index, inside = 0, False
    while index < len(expression):
        char = expression[index]
        if char == "\\":
            pair = expression[index : index + 2]
            parts.append(_word(inside) if pair == "\\w" else pair)
            index += 2
            continue
        if char in "[]":
            inside = char == "["
        parts.append(_ascii(char, inside))
        index += 1
    return parts


def _word(inside: bool) -> str:
    return "\\w\\x80-\\xff" if inside else "[\\w\\x80-\\xff]"


def _ascii(char: str, inside: bool) -> str:
    if char.isascii():
        return char
    if inside:
        return "\\x80-\\xff"
    return "[\\x80-\\xff]{1,4}"
