"""
Presidio's own opinion of a hit: its score after its checks of the value.

What is needed of the library is imported when the first hit asks for it. Where its check is one call
of the standard library or a look-up in tldextract's list, that is made here instead, so that an address in a
log does not cost the import; a test holds these twins and the library to the same answers.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from functools import cache
from typing import Any

from leakgate.detect.adapters.presidio_modules import recognizer_class
from leakgate.detect.adapters.public_suffixes import is_registered
from leakgate.detect.adapters.tables import LibraryRecognizer
from leakgate.detect.validators import identifiers, payment
from leakgate.detect.validators.digits import luhn
from leakgate.model.expressions import expression
from leakgate.model.records import dataclass

REFUSED = 0.0  # Presidio's score where its check of the value failed
VALIDATED = 1.0  # and where it held


@dataclass(frozen=True, slots=True)
class Opinion:
    """A score from 0 to 1, and the place of the value in what was asked about (characters)."""

    score: float
    start: int
    end: int


def library_opinion(recognizer: LibraryRecognizer, piece: str) -> Opinion:
    """The library's best opinion of a value inside `piece`; the score `REFUSED` means none."""
    twin = _TWINS.get(recognizer.entity)
    if twin is not None:
        return Opinion(twin(piece), 0, len(piece))
    necessary = _NECESSARY.get(recognizer.entity)
    if necessary is not None and not necessary(piece):
        return Opinion(REFUSED, 0, 0)
    results = _loaded(recognizer).analyze(piece, [recognizer.entity])
    if not results:
        return Opinion(REFUSED, 0, 0)
    best = max(results, key=lambda result: (result.score, result.end - result.start))
    return Opinion(float(best.score), best.start, best.end)


@cache
def _loaded(recognizer: LibraryRecognizer) -> Any:
    return recognizer_class(recognizer.module, recognizer.class_name)()


def _ip(piece: str) -> float:
    try:
        ipaddress.ip_interface(piece)
    except ValueError:
        return REFUSED
    return 0.6


def _mac(piece: str) -> float:
    digits = re.sub(r"[:\-.]", "", piece).upper()
    return REFUSED if digits in ("F" * 12, "0" * 12) else 0.6


def _email(piece: str) -> float:
    return 1.0 if registered_domain(piece.rpartition("@")[2]) else REFUSED


def registered_domain(host: str) -> bool:
    """Whether the host name ends in a public suffix. Never asks the network."""
    return _PLAINLY_REGISTERED.fullmatch(host) is not None or is_registered(host)


# Each is all of a public suffix: what stands before is registered, and the list need not be read.
PLAIN_SUFFIXES = ("com", "org", "net", "edu", "gov", "info", "biz", "dev", "app", "de", "nl", "ch", "eu")
_PLAINLY_REGISTERED = expression(
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}(?:" + "|".join(PLAIN_SUFFIXES) + ")", re.IGNORECASE
)


def _card(piece: str) -> float:
    return 1.0 if luhn(re.sub(r"[ -]", "", piece)) else REFUSED


def _german_insurance_digits(piece: str) -> bool:
    """VKVV § 4: the letter counts as its two-digit place in the alphabet."""
    plain = re.sub(r"[^0-9A-Z]", "", piece.upper())
    if re.fullmatch(r"\d{8}[A-Z]\d{3}", plain) is None:
        return False
    digits = f"{plain[:8]}{ord(plain[8]) - 64:02d}{plain[9:]}"
    products = (
        int(digit) * weight
        for digit, weight in zip(digits, (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1), strict=False)
    )
    return sum(product // 10 + product % 10 for product in products) % 10 == int(digits[-1])


# What the library checks too, so that numbers in clean logs do not make it be imported.
_NECESSARY: dict[str, Callable[[str], bool]] = {
    "IBAN_CODE": payment.iban,
    "FI_PERSONAL_IDENTITY_CODE": identifiers.fi_hetu,
    "DE_SOCIAL_SECURITY": _german_insurance_digits,
}
_TWINS: dict[str, Callable[[str], float]] = {
    "CREDIT_CARD": _card,
    "EMAIL_ADDRESS": _email,
    "IP_ADDRESS": _ip,
    "MAC_ADDRESS": _mac,
}
