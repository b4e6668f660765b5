"""
JSON Web Tokens: three dot-separated base64url parts, the first two JSON objects (RFC 7519).

The token of the jwt.io debugger, shown in countless documents, is told apart by its claims.
"""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any

from leakgate.detect.validators.outcome import Invalid, Valid
from leakgate.model.detection import Confidence


def token(value: bytes) -> Valid | Invalid:
    """A JWT whose header names an algorithm; unsigned and sample tokens are told apart."""
    parts = value.split(b".")
    if len(parts) not in (3, 5):
        return Invalid("not three parts")
    header = _json(parts[0])
    if not isinstance(header, dict) or not ({"alg", "enc"} & header.keys()):
        return Invalid("no header with an algorithm")
    if len(parts) == 5:
        return Valid("encrypted JWT with a valid header", Confidence.MEDIUM)
    return _signed(header, _json(parts[1]), parts[2])


def _signed(header: dict[str, Any], claims: Any, signature: bytes) -> Valid:
    if not isinstance(claims, dict):
        return Valid("JWT header is valid, its claims cannot be read", Confidence.MEDIUM)
    if claims.get("sub") == "1234567890" and str(claims.get("name", "")).lower() in _SAMPLE_NAMES:
        return Valid("JWT of the jwt.io debugger", synthetic="documented example token")
    if claims.get("role") == "anon":
        return Valid("JWT for everybody by its claims", synthetic="public by its own claims")
    if str(header.get("alg", "")).lower() == "none":
        return Valid("unsigned JWT with valid claims", Confidence.MEDIUM)
    if not signature:
        # Nobody takes it without its signature; its claims may tell of somebody.
        return Valid("JWT with valid claims whose signature is missing", Confidence.LOW)
    return Valid("JWT with valid header and claims", Confidence.HIGH)


_SAMPLE_NAMES = {"john doe", "jane doe", "admin", ""}


def _json(part: bytes) -> Any:
    try:
        return json.loads(base64.urlsafe_b64decode(part + b"=" * (-len(part) % 4)))
    except (ValueError, binascii.Error, RecursionError):
        return None
