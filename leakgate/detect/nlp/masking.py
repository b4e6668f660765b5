"""
Masking: texts that differ in numbers alone become one text, so that the model reads it once.

The mask has as many characters as the text: offsets hold. Letters are never changed.
"""

from __future__ import annotations

from leakgate.model.expressions import expression

_HEX = expression(r"\b(?=[0-9a-fA-F]*\d)(?=[0-9a-fA-F]*[a-fA-F])[0-9a-fA-F]{6,}\b")
_DIGIT = expression(r"\d")


def masked(text: str) -> str:
    """The text with every digit, and every letter of a hexadecimal number, as `0`."""
    return _DIGIT.sub("0", _HEX.sub(lambda found: "0" * len(found[0]), text))
