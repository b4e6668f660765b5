"""
Does a string of letters read like words, or like letters drawn at random?

A model of triples of letters, trained by `spelling_training`. Knows no language beyond English and the names
of programs; never says that a value is a secret.
"""

from __future__ import annotations

import zlib
from functools import cache
from pathlib import Path

from leakgate.model.expressions import expression

TABLE = "spelling.bin"
LETTERS = b"`abcdefghijklmnopqrstuvwxyz"  # the first is EDGE, so that places in the table are plain sums
EDGE = "`"
SCALE = 16  # steps of the table in a bit
_PART = expression(rb"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_DIGITS = expression(rb"[0-9]")
_LEAST_WORD = 3  # letters
_LEAST_RUN = 4
_ALPHABET = LETTERS[1:] * 2
_READABLE = 0.5  # bits for each letter; 19 of 20 words have more, random letters -3 at the median


def parts(name: bytes) -> list[bytes]:
    """The words that a name in camel case, in snake case or with digits in it is put together from."""
    return _PART.findall(name)


def likeness(letters: bytes) -> float:
    """How much likelier than random letters a word is, in bits for each; one small ASCII letter at least."""
    table = _table()
    total = 0
    one, two = 0, letters[0] - 96
    for letter in (*letters[1:], LETTERS[0]):
        three = letter - 96
        total += table[(one * 27 + two) * 27 + three] - 128
        one, two = two, three
    return total / SCALE / len(letters)


def reads_like_words(value: bytes, share: float = 0.8) -> bool:
    """Whether `share` of the letters and digits of `value` stand in parts that read like words."""
    return spoken(value) >= share


def spoken(value: bytes) -> float:
    """The share of letters and digits that stand in parts that read like words; 0.0 where there are none."""
    pieces = parts(value)
    letters = sum(map(len, pieces)) + len(_DIGITS.findall(value))
    if not letters:
        return 0.0
    return sum(len(part) for part in pieces if _is_word(part)) / letters


def _is_word(part: bytes) -> bool:
    letters = part.lower()
    if len(letters) < _LEAST_WORD or (len(letters) >= _LEAST_RUN and letters in _ALPHABET):
        return False
    return likeness(letters) >= _READABLE


@cache
def _table() -> bytes:
    packed = Path(__file__).with_name(TABLE).read_bytes()
    return zlib.decompress(packed)
