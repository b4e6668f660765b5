"""
Check digits that many identifiers share: Luhn, ISO 7064, Verhoeff, weighted sums.

Works on strings of ASCII digits; knows nothing of what they identify.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise


def luhn(digits: str) -> bool:
    """ISO/IEC 7812-1, annex B."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (1 + place % 2)
        total += doubled - 9 * (doubled > 9)
    return total % 10 == 0


def weighted(digits: str, weights: Sequence[int]) -> int:
    """The sum of the first digits, each times its weight."""
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))


def mod_97_10(text: str) -> bool:
    """ISO/IEC 7064, MOD 97-10: digits and upper-case letters, the check digits last."""
    return int("".join(str(int(char, 36)) for char in text)) % 97 == 1


def mod_11_10(digits: str) -> bool:
    """ISO/IEC 7064, MOD 11,10: the check digit last."""
    product = 10
    for digit in digits[:-1]:
        product = ((int(digit) + product) % 10 or 10) * 2 % 11
    return (product + int(digits[-1])) % 10 == 1


# The dihedral group D5: J. Verhoeff, Error Detecting Decimal Codes (1969).
_MULTIPLIED = (
    "0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
    "5987604321", "6598710432", "7659821043", "8765932104", "9876543210",
)  # fmt: skip
_PERMUTED = (
    "0123456789", "1576283094", "5803796142", "8916043527", "9453126870",
    "4286573901", "2793806415", "7046913258",
)  # fmt: skip


def verhoeff(digits: str) -> bool:
    """The check digit last."""
    state = 0
    for place, digit in enumerate(reversed(digits)):
        state = int(_MULTIPLIED[state][int(_PERMUTED[place % 8][int(digit)])])
    return state == 0


def is_run(digits: str) -> bool:
    """One digit repeated, or each the one before plus or minus one."""
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(digits)}
    return steps in ({0}, {1}, {9})
