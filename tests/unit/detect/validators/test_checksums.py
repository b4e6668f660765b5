"""Checksums of GitLab's routable tokens and of Bech32 strings."""

from __future__ import annotations

import zlib

import pytest

from leakgate.detect.validators import bech32, gitlab
from leakgate.detect.validators.outcome import Valid
from leakgate.model.detection import Confidence

_BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz"
_DATA = "qpzry9x8gf2tvdw0s3jn54khce6mua7lqpzry9x8gf2tvdw0s3jn"


def _routable(prefix: str) -> bytes:
    body = f"{prefix}{'Zm9vYmFy' * 5}.01.0z"
    number, digits = zlib.crc32(body.encode()), ""
    while number:
        number, digit = divmod(number, 36)
        digits = _BASE36[digit] + digits
    return (body + digits.rjust(7, "0")).encode()


def _bech32(label: str) -> bytes:
    digits = [bech32.CHARSET.index(char) for char in _DATA.encode()]
    rest = bech32.polymod([*bech32.expanded(label.encode()), *digits, *[0] * 6]) ^ 1
    checksum = "".join(chr(bech32.CHARSET[rest >> 5 * (5 - i) & 31]) for i in range(6))
    return f"{label}1{_DATA}{checksum}".upper().encode()


def test_routable_token_with_its_checksum_is_sure() -> None:
    """A GitLab token whose last seven characters are the checksum of the rest is of high confidence."""
    assert Valid("prefix and CRC-32 checksum match", Confidence.HIGH) == gitlab.routable(
        _routable("gl" + "pat-")
    )


def test_routable_token_with_another_checksum_is_less_sure() -> None:
    """A wrong checksum lowers the confidence and does not hide the token."""
    token = _routable("gl" + "pat-")
    wrong = token[:-1] + (b"0" if token[-1:] != b"0" else b"1")

    outcome = gitlab.routable(wrong)

    assert isinstance(outcome, Valid)
    assert Confidence.MEDIUM == outcome.confidence


def test_identity_with_its_checksum_is_sure() -> None:
    """An age identity whose Bech32 checksum is right is of high confidence."""
    outcome = bech32.checksummed(_bech32("age-secret-key-"))

    assert Valid("prefix and Bech32 checksum match", Confidence.HIGH) == outcome


@pytest.mark.parametrize("place", [20, 40, 60])
def test_identity_with_a_changed_character_is_less_sure(place: int) -> None:
    """One wrong character lowers the confidence of an age identity."""
    identity = _bech32("age-secret-key-")
    other = b"Q" if identity[place : place + 1] != b"Q" else b"P"

    outcome = bech32.checksummed(identity[:place] + other + identity[place + 1 :])

    assert isinstance(outcome, Valid)
    assert Confidence.MEDIUM == outcome.confidence


def test_empty_identity_is_less_sure() -> None:
    """A string without data has no valid checksum."""
    assert Confidence.MEDIUM == bech32.checksummed(b"1").confidence  # type: ignore[union-attr]
