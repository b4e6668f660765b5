"""
Values that are published by whoever issued them: keys of sample apps, and keys that every web page shows.

The former are known by digest alone, so that no file holds one. They opened something once; no test leaked
them. The latter are told by their prefix.
"""

from __future__ import annotations

import hashlib

from leakgate.model.expressions import expression

# The first eight bytes of SHA-256, in hexadecimal. Google API keys of the documentation, sample apps and
# client libraries of Google, as other scanners list them too.
_DIGESTS = frozenset(
    (  # noqa: SIM905 - fifteen lines would say the same
        "0b476bdf9acf2123 2037abcaffb2b777 27a9a42931dff7eb 37f8f09bdf12c2f2 3a8b61d0f636b007 "
        "3f370c9dd8225c63 49f777db995e8260 4c98242dcadc8b29 8731261cb72d8626 a19f89ab3555eac1 "
        "a6c814bc555ae62c dc0fcf046c61640c e4a5542bb7fd7b67 ea9bb1082cf95663 eb540d2b6ee2a0a4 "
    ).split()
)
# Publishable keys of Stripe and Clerk: https://docs.stripe.com/keys#obtain-api-keys
_PUBLISHABLE = expression(rb"(?:\w{1,64}=)?pk_(?:live|test)_[0-9A-Za-z]{20,250}\$?")
# The password in the documentation of Kubernetes' Secrets, plain and in Base64.
_PASSWORDS = frozenset({"13fe7a38a57c4605", "a7b580d711ef2807"})
_LENGTHS = frozenset({12, 16, 39})  # characters of the values behind the digests


def why_published(value: bytes) -> str | None:
    """The reason for a key that its issuer shows to everybody, or None."""
    if _PUBLISHABLE.fullmatch(value):
        return "publishable key"
    if len(value) not in _LENGTHS or hashlib.sha256(value).hexdigest()[:16] not in _DIGESTS | _PASSWORDS:
        return None
    return "published by its issuer"
