"""
Private key blocks: PEM (RFC 7468), OpenSSH (openssh-key-v1), PGP (RFC 9580) and PuTTY files.

Looks at the structure only; what is encrypted is told apart from what opens at once.
"""

from __future__ import annotations

import base64
import binascii

from leakgate.detect.validators.outcome import Invalid, Valid
from leakgate.model.detection import Confidence
from leakgate.model.expressions import expression

# A line of the body, behind whatever a logger put before it.
_BODY_LINE = expression(rb"[A-Za-z0-9+/]{24,}={0,2}")
_FRAME = expression(rb"-----(BEGIN|END)[^-]{0,60}-----")
_HEADERS = expression(rb"(?:Proc-Type|DEK-Info|Version|Comment|Hash)\s*:[^\r\n\\]*")
_OPENSSH = b"openssh-key-v1\0"
_LEAST_BODY = 32  # bytes; an Ed25519 PKCS#8 key has 48


def private_key(value: bytes) -> Valid | Invalid:
    """A block with a plausible body; a bare frame in documentation or a template is none."""
    if value.startswith(b"PuTTY-User-Key-File"):
        return Valid("PuTTY private key file", Confidence.HIGH)
    encrypted = b"ENCRYPTED" in value
    kind = "encrypted private key" if encrypted else "private key"
    body = b"".join(_BODY_LINE.findall(_HEADERS.sub(b"", _FRAME.sub(b"", value))))
    raw = _decoded(body)
    if len(raw) < _LEAST_BODY:
        return Invalid("no key body")
    if raw.startswith(_OPENSSH):
        locked = not raw[len(_OPENSSH) :].startswith(b"\0\0\0\x04none")
        return Valid(f"OpenSSH {'encrypted ' if locked else ''}private key structure", Confidence.HIGH)
    if raw[0] == 0x30:
        return Valid(f"{kind} block with an ASN.1 body", Confidence.HIGH)
    return Valid(f"{kind} block with a base64 body", Confidence.MEDIUM if not encrypted else Confidence.HIGH)


def _decoded(body: bytes) -> bytes:
    clean = body.rstrip(b"=")
    usable = clean[: len(clean) - len(clean) % 4]
    try:
        return base64.b64decode(usable)
    except (binascii.Error, ValueError):
        return b""
