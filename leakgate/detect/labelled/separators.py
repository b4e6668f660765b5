"""
Whether a separator that the engine saw somewhere behind a name may belong to it, by the word before it.

Quick, and right when it says no: most separators behind a word like `address` belong to another word.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from leakgate.detect.labelled.names import Vocabulary, words
from leakgate.detect.labelled.syntax import REACH

# Makes all blanks but the bytes of names.
_OF_NAMES = bytes(
    byte if byte >= 0x80 or chr(byte).isalnum() or chr(byte) in "_$@.-[]" else ord(" ") for byte in range(256)
)
# May stand between a name and its separator: in records and pairs, in quotes and arrows written as entities.
_BETWEEN = frozenset(b"value stringValue string_value content text quot 34 39 x27 apos gt - ] ]]".split())
_COMMA, _SEPARATORS = ord(","), b"=:>"
_GAP = 5  # bytes between a quote and the comma behind it


def may_separate(data: bytes, end: int, vocabulary: Vocabulary[Any]) -> bool:
    """Whether what ends at `end` may be the separator of a name that `vocabulary` knows."""
    last = data[end - 1]
    if last == _COMMA:
        # Only behind a quoted name: `('k', 'v')`.
        return data[max(0, end - 1 - _GAP) : end - 1].rstrip()[-1:] in (b"'", b'"')
    if last not in _SEPARATORS:
        return True
    before = data[max(0, end - REACH) : end - 1]
    word = b"".join(before.translate(_OF_NAMES).split()[-1:])
    if vocabulary.ends_a_name(word) or word in _BETWEEN or _says_nothing(word):
        return True
    return b"<" in before  # attributes may stand between the name of an element and its end


@lru_cache(maxsize=4096)
def _says_nothing(word: bytes) -> bool:
    """Whether a word may stand behind a name and be no part of it: a number, `value`, `str`."""
    return words("a " + word.decode("utf-8", "replace")) == ("a",)
