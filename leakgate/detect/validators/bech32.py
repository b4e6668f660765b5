"""
Bech32 strings, such as age identities: a human-readable part, `1`, data with a checksum.

Source: BIP 173; age keeps to it except for the limit of 90 characters.
"""

from __future__ import annotations

from leakgate.detect.validators.outcome import Invalid, Valid
from leakgate.model.detection import Confidence

CHARSET = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def checksummed(value: bytes) -> Valid | Invalid:
    """A string whose checksum is right is sure; one with a wrong checksum is an odd or damaged key."""
    label, _, data = value.lower().rpartition(b"1")
    digits = [CHARSET.find(byte) for byte in data]
    if min(digits, default=-1) >= 0 and polymod([*expanded(label), *digits]) == 1:
        return Valid("prefix and Bech32 checksum match", Confidence.HIGH)
    return Valid("prefix and length match, the Bech32 checksum does not", Confidence.MEDIUM)


def expanded(label: bytes) -> list[int]:
    """The human-readable part as the checksum sees it."""
    return [byte >> 5 for byte in label] + [0] + [byte & 31 for byte in label]


def polymod(digits: list[int]) -> int:
    """The remainder of BIP 173's BCH code; 1 for a valid string."""
    remainder = 1
    for digit in digits:
        top = remainder >> 25
        remainder = (remainder & 0x1FFFFFF) << 5 ^ digit
        for bit, factor in enumerate(_GENERATOR):
            remainder ^= factor if top >> bit & 1 else 0
    return remainder
