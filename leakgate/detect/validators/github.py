"""
GitHub and npm tokens: the last six characters are a base-62 CRC-32 of the random part.

Source: GitHub's engineering blog on authentication token formats (2021-04), npm's on its own (2021-09).
"""

from __future__ import annotations

import zlib

from leakgate.detect.validators.outcome import Invalid, Valid
from leakgate.model.detection import Confidence

_BASE62 = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_DIGITS = 6


def checksummed(value: bytes) -> Valid | Invalid:
    """A prefix with `_`, 30 random characters and the checksum of those."""
    body = value.rpartition(b"_")[2]
    if _decoded(body[-_DIGITS:]) == zlib.crc32(body[:-_DIGITS]):
        return Valid("prefix and CRC-32 checksum match", Confidence.HIGH)
    return Valid("prefix and length match, the CRC-32 checksum does not", Confidence.LOW)


def _decoded(digits: bytes) -> int:
    number = 0
    for digit in digits:
        place = _BASE62.find(digit)
        if place < 0:
            return -1
        number = number * 62 + place
    return number
