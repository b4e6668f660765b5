"""PyPI's tokens, whole and cut off."""

from __future__ import annotations

import base64

import pytest

from leakgate.detect.validators.macaroon import whole
from leakgate.detect.validators.outcome import Valid

_IDENTIFIER = b"5793529b-b2a6-4108-974d-34236b6a05b3"
_CAVEAT = b'[1, ["leakgate"]]'
_HEAD = b"\x02\x01\x08pypi.org\x02" + bytes([len(_IDENTIFIER)]) + _IDENTIFIER + b"\x00"
_BODY = _HEAD + b"\x02" + bytes([len(_CAVEAT)]) + _CAVEAT + b"\x00\x00"
_SIGNATURE = b"\x06\x20" + bytes(range(100, 132))


def _token(raw: bytes) -> bytes:
    return b"pypi-" + base64.urlsafe_b64encode(raw).rstrip(b"=")


@pytest.mark.parametrize(
    ("token", "synthetic"),
    [
        (_token(_BODY + _SIGNATURE), None),
        (_token(_BODY), "cut off before its signature"),
        (_token(_BODY)[:-9], "cut off before its signature"),
        (b"pypi-AgEIcHlwaS5vcmc" + b"q7Zx" * 20, None),
        (b"pypi-AgEIcHlwaS5vcmc" + b"*" * 20, None),
    ],
)
def test_a_token_that_ends_before_its_signature_is_told(token: bytes, synthetic: str | None) -> None:
    """Only where it began as a real one does; what cannot be read is believed."""
    assert Valid("format matches", synthetic=synthetic) == whole(token)
