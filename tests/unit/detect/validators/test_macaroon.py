"""PyPI's tokens, whole and cut off."""

from __future__ import annotations

import base64

import pytest

from leakgate.detect.validators.macaroon import whole
from leakgate.detect.validators.outcome import Valid
from leakgate.model.detection import Confidence

_IDENTIFIER = b"5793529b-b2a6-4108-974d-34236b6a05b3"
_CAVEAT = b'[1, ["leakgate"]]'
_HEAD = b"\x02\x01\x08pypi.org\x02" + bytes([len(_IDENTIFIER)]) + _IDENTIFIER + b"\x00"
_BODY = _HEAD + b"\x02" + bytes([len(_CAVEAT)]) + _CAVEAT + b"\x00\x00"
_SIGNATURE = b"\x06\x20" + bytes(range(100, 132))


def _token(raw: bytes) -> bytes:
    return b"pypi-" + base64.urlsafe_b64encode(raw).rstrip(b"=")


@pytest.mark.parametrize(
    ("token", "cut_off"),
    [
        (_token(_BODY + _SIGNATURE), False),
        (_token(_BODY), True),
        (_token(_BODY)[:-9], True),
        (b"pypi-AgEIcHlwaS5vcmc" + b"q7Zx" * 20, False),
        (b"pypi-AgEIcHlwaS5vcmc" + b"*" * 20, False),
    ],
)
def test_a_token_that_ends_before_its_signature_is_told(token: bytes, *, cut_off: bool) -> None:
    """It is a guess, where it began as a real one does; what cannot be read is believed."""
    verdict = whole(token)

    assert isinstance(verdict, Valid)
    assert (None, cut_off) == (verdict.synthetic, verdict.confidence is Confidence.LOW)
