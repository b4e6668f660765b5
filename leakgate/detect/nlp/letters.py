"""The letters that names are written with, as the inside of a set of an expression; up to U+024F."""

from __future__ import annotations

_HIGH = "".join(char for char in map(chr, range(0xC0, 0x250)) if char.isupper())
UPPER = f"A-Z{_HIGH}"
LETTER = f"{UPPER}a-z" + "".join(char for char in map(chr, range(0xC0, 0x250)) if char.islower())
