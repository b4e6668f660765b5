"""
PyPI's tokens: a macaroon in Base64, which ends with a signature.

Format: https://github.com/rescrv/libmacaroons/blob/master/doc/format.txt, version 2. Says whether a token was
cut off; never checks a signature, which takes the key of the issuer.
"""

from __future__ import annotations

import base64
import binascii

from leakgate.detect.validators.outcome import Invalid, Valid
from leakgate.model.detection import Confidence
from leakgate.model.expressions import expression

_PREFIX = b"pypi-"
_VERSION, _END, _SIGNATURE, _LONGEST_FIELD = 2, 0, 6, 0x7F  # longer fields have lengths of two bytes
_FIELDS = frozenset({1, 2})  # a location, an identifier
_HEAD = expression(rb"(?s)\x02\x01\x08pypi\.org\x02.[0-9a-f]{8}-")  # then a UUID as text: not made up


def whole(value: bytes) -> Valid | Invalid:
    """Whether a token that begins as a real one does goes on to its signature."""
    body = value.removeprefix(_PREFIX)
    try:
        raw = base64.urlsafe_b64decode(body[: len(body) // 4 * 4])
    except (binascii.Error, ValueError):
        return Valid("format matches")
    if _HEAD.match(raw) and _ends_early(raw):
        return Valid("begins as a token of PyPI, cut off before its signature", Confidence.LOW)
    return Valid("format matches")


def _ends_early(raw: bytes) -> bool:
    """Whether the fields run out of bytes before the signature; False where anything else is wrong."""
    at = 1
    while at < len(raw):
        kind = raw[at]
        if kind == _END:
            at += 1
        elif kind in _FIELDS and at + 1 < len(raw) and raw[at + 1] <= _LONGEST_FIELD:
            at += 2 + raw[at + 1]
        else:
            return False
    return True
