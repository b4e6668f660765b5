"""
Is a value a place on earth, a vehicle's plate or number, or a wallet? By form and check digits alone.

Judges text that was decoded before; never looks at labels, never says whose it is.
"""

from __future__ import annotations

import re

from leakgate.model.expressions import expression

_DEGREES = r"[-+]?\d{1,3}\.\d{%d,15}"
_LATITUDE, _LONGITUDE = 90.0, 180.0
_ONE = expression(_DEGREES % 5)
_PAIR = expression(rf"[\[(]?({_DEGREES % 3})\s?[,;/ ]\s?({_DEGREES % 3})[\])]?")
_PLATE = expression(r"[A-ZÄÖÜ0-9]{1,4}(?:[ -][A-Z0-9]{1,5}){0,3}")
_BASE58 = expression(r"(?=.*\d)(?=.*[a-z])(?=.*[A-Z])[13LMDXrt][1-9A-HJ-NP-Za-km-z]{25,43}")
_BECH32 = expression(r"(?:bc|tb|ltc|addr|cosmos|bnb)1[02-9ac-hj-np-z]{11,103}")
_HEX_WALLET = expression(r"0x[0-9a-fA-F]{40}")
_VIN = expression(r"[A-HJ-NPR-Z0-9]{17}")
_VIN_VALUES = {
    **{str(digit): digit for digit in range(10)},
    **dict(zip("ABCDEFGH", range(1, 9), strict=True)),
    **dict(zip("JKLMN", range(1, 6), strict=True)),
    "P": 7,
    "R": 9,
    **dict(zip("STUVWXYZ", range(2, 10), strict=True)),
}
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


def coordinate(text: str) -> bool:
    """Degrees to a metre or so; or a pair of them to a hundred metres, in either order."""
    pair = _PAIR.fullmatch(text)
    if pair is not None:
        first, second = abs(float(pair[1])), abs(float(pair[2]))
        return min(first, second) <= _LATITUDE and max(first, second) <= _LONGITUDE and first + second > 0
    return _ONE.fullmatch(text) is not None and 0 < abs(float(text)) <= _LONGITUDE


def licence_plate(text: str) -> bool:
    """Groups of capital letters and digits, with some of both."""
    plain = re.sub(r"[ -]", "", text)
    digits = sum(char.isdigit() for char in plain)
    return _PLATE.fullmatch(text) is not None and 5 <= len(plain) <= 9 and 1 <= digits < len(plain)


def vehicle_number(text: str) -> bool:
    """ISO 3779: seventeen characters, and the check digit that North America asks for."""
    if _VIN.fullmatch(text) is None:
        return False
    total = sum(_VIN_VALUES[char] * weight for char, weight in zip(text, _VIN_WEIGHTS, strict=True))
    return "0123456789X"[total % 11] == text[8]


def wallet(text: str) -> bool:
    """An address of Ethereum and its like, or one in Base58 or Bech32."""
    if _HEX_WALLET.fullmatch(text):
        return len(set(text[2:].lower())) > 4
    return _BASE58.fullmatch(text) is not None or _BECH32.fullmatch(text) is not None
