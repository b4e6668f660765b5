"""
Random-looking strings that carry something else than a key: encoded text, pictures, signatures, filler.

For values that nothing speaks for but their look. What is encoded is decoded and looked at by others.
"""

from __future__ import annotations

import base64
import binascii
import re

from leakgate.detect.plausibility.spelling import spoken
from leakgate.model.expressions import expression

# How pictures, fonts, archives and documents begin, in Base64.
_MEDIA = (b"iVBOR", b"R0lGOD", b"/9j/", b"UklGR", b"PHN2Zy", b"d09G", b"H4sI", b"UEsDB", b"JVBER", b"AAABAA")
_DER = expression(rb"(?i)30[2-8][0-9a-f]0[2-6]")  # an ASN.1 sequence of small parts: a signature
_INTEGRITY = expression(rb"sha(?:1|256|384|512)-")  # of lock files, pages and their policies
_HEX = expression(rb"[0-9a-fA-F]+")
_LEAST_HEX = 20  # digits; shorter ones are identifiers of traces, spans and requests
_LONG = 40  # bytes, by which a random Base64 string has a digit (all but one in a thousand)
_WORDY = 0.5
_READABLE = 9  # of ten bytes


def why_payload(value: bytes) -> str | None:
    """What `value` carries instead of a secret, or None."""
    if _INTEGRITY.match(value) or b"FormBoundary" in value:
        return "a digest or a boundary"
    if value.startswith(_MEDIA):
        return "the beginning of a picture or an archive"
    if _HEX.fullmatch(value):
        return _why_hex(value)
    if len(value) >= _LONG and not re.search(rb"[0-9]", value):
        return "letters without a digit"
    if spoken(value) >= _WORDY:
        return "words"
    return "encoded text" if _is_text(value) else None


def _why_hex(value: bytes) -> str | None:
    if len(value) < _LEAST_HEX:
        return "an identifier"
    return "a signature" if _DER.match(value) else None


def _is_text(value: bytes) -> bool:
    value = value.replace(b"\\n", b"")  # line breaks of MIME, as JSON writes them
    try:
        raw = base64.b64decode(value + b"=" * (-len(value) % 4), altchars=b"-_" if b"-" in value else None)
    except (binascii.Error, ValueError):
        return False
    if b"-----BEGIN" in raw:
        return False
    readable = sum(32 <= byte < 127 or byte in b"\t\r\n" for byte in raw)
    return readable * 10 >= len(raw) * _READABLE
