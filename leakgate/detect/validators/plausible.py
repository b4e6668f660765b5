"""Values without a format of their own: judged by how credentials of their kind look."""

from __future__ import annotations

import base64
import binascii

from leakgate.detect.plausibility.credential import Kind, judge
from leakgate.detect.plausibility.synthetic import synthetic_reason
from leakgate.detect.validators.outcome import Invalid, Valid
from leakgate.model.detection import Confidence
from leakgate.model.expressions import expression

# Users and passwords that every installation manual shows.
_DEFAULTS = frozenset(
    b"admin root user guest test postgres mysql mongo mongodb redis rabbitmq elastic minio neo4j sa oracle "
    b"password passwd pass secret changeme username docker vagrant ubuntu jenkins".split()
)


def machine_made(value: bytes) -> Valid | Invalid:
    """A random string such as issuers of tokens make."""
    verdict = judge(value, Kind.KEY, quoted=True)
    if verdict is None:
        return Invalid("does not look random")
    return Valid(verdict.because, verdict.confidence)


def password(value: bytes) -> Valid | Invalid:
    """A password where the syntax leaves no doubt that it is one."""
    if value.lower() in _DEFAULTS:
        return Valid("in the place of a password", Confidence.LOW, synthetic="well-known default password")
    verdict = judge(value, Kind.PASSWORD, quoted=True)
    if verdict is None:
        return Valid("in the place of a password", Confidence.LOW)
    sure = Confidence.HIGH if verdict.confidence is not Confidence.LOW else Confidence.MEDIUM
    return Valid(f"in the place of a password, {verdict.because}", sure)


def basic_credentials(value: bytes) -> Valid | Invalid:
    """Base64 of `user:password` (RFC 7617)."""
    text = _decoded(value)
    user, colon, secret = text.partition(b":")
    if not colon or not secret or not _PRINTABLE.match(text):
        return Invalid("does not decode to user and password")
    reason = synthetic_reason(secret)
    if reason is None and (secret.lower() in _DEFAULTS or (user == secret and _WORD.fullmatch(user))):
        reason = "well-known default password"
    return Valid("decodes to user and password", Confidence.HIGH, synthetic=reason)


def base64_text(value: bytes) -> Valid | Invalid:
    """Base64 of text or of anything else; what is known to be fake inside makes the whole known."""
    text = _decoded(value)
    if len(text) < _LEAST_TEXT:
        return Invalid("does not decode")
    reason = synthetic_reason(text) if len(text) <= _SHORT_TEXT else None
    return Valid("decodes as values of such manifests do", synthetic=reason)


_LEAST_TEXT, _SHORT_TEXT = 6, 96  # bytes
_WORD = expression(rb"[a-z]{1,12}\d{0,4}")  # as user and password of one account, a default
_PRINTABLE = expression(rb"^[^\x00-\x1f\x7f]*$")


def _decoded(value: bytes) -> bytes:
    try:
        return base64.b64decode(value + b"=" * (-len(value) % 4), validate=True)
    except (binascii.Error, ValueError):
        return b""
