"""
GitLab's routable tokens: prefix, payload, lengths, and a CRC-32 of all that in base 36.

Source: GitLab's handbook and documentation on routable tokens (2025).
"""

from __future__ import annotations

import zlib

from leakgate.detect.validators.outcome import Invalid, Valid
from leakgate.model.detection import Confidence

_DIGITS = 7


def routable(value: bytes) -> Valid | Invalid:
    """The last seven characters are the checksum of everything before them."""
    if int(value[-_DIGITS:], 36) == zlib.crc32(value[:-_DIGITS]):
        return Valid("prefix and CRC-32 checksum match", Confidence.HIGH)
    return Valid("prefix and structure match, the CRC-32 checksum does not", Confidence.MEDIUM)
