"""
Keyed fingerprints: the same value under the same key is the same finding, and nobody can guess it back.

HMAC-SHA256 of rule and normalised value; without the key a list of common values tells nothing. Reports hold
a check of the key, against which guesses of the key itself can be tried; so keys that can be guessed are
refused, and keys that a person may have thought of are stretched.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from functools import cache

from leakgate.model.detection import Category, Match
from leakgate.model.expressions import expression
from leakgate.model.records import dataclass

_HEX = 32  # hexadecimal digits shown: 128 bits
_LEAST_BYTES, _LEAST_DISTINCT = 16, 8  # of a key that is no guess
_RANDOM = expression(r"[0-9a-fA-F]{64,}")  # 256 bits, as `openssl rand -hex 32` makes them
# scrypt (RFC 7914): about 0.1 s of one processor and 32 MiB for each guess.
_SCRYPT_N, _SCRYPT_R, _SCRYPT_P = 1 << 15, 8, 1
_SALT = b"leakgate key 2"  # fixed: the same text has to be the same key in every job


@dataclass(frozen=True, slots=True)
class Key:
    """The key of all fingerprints of a run; `ephemeral` when it dies with the run."""

    raw: bytes
    ephemeral: bool

    @classmethod
    def of(cls, text: str | None) -> Key:
        """The key that the team set, or a random one for this run alone."""
        if not text:
            return cls(secrets.token_bytes(32), ephemeral=True)
        raw = text.encode("utf-8", "surrogateescape")
        return cls(
            hashlib.sha256(raw).digest() if _RANDOM.fullmatch(text) else _stretched(raw), ephemeral=False
        )

    @classmethod
    def public(cls, digits: str) -> Key:
        """The key that a baseline file holds, 64 hexadecimal digits: anybody can read it."""
        return cls(bytes.fromhex(digits), ephemeral=False)

    def derived(self, purpose: bytes) -> bytes:
        """A key for something else; it does not lead back to this one."""
        return hmac.new(self.raw, purpose, hashlib.sha256).digest()

    @property
    def check(self) -> str:
        """32 hexadecimal digits that differ between keys and do not lead back to one."""
        return hmac.new(self.raw, b"leakgate key check 1", hashlib.sha256).hexdigest()[:_HEX]

    def __repr__(self) -> str:
        return "<key>"


def weakness(text: str) -> str | None:
    """Why a key could be guessed, None where it is no obvious guess. Never quotes it."""
    raw = text.encode("utf-8", "surrogateescape")
    if len(raw) < _LEAST_BYTES:
        return f"has fewer than {_LEAST_BYTES} bytes"
    if len(set(raw)) < _LEAST_DISTINCT:
        return f"has fewer than {_LEAST_DISTINCT} different characters"
    return None


@cache
def _stretched(raw: bytes) -> bytes:
    """32 bytes that are costly to make from a guess. Remembered: a run may ask several times."""
    memory = 256 * _SCRYPT_N * _SCRYPT_R * _SCRYPT_P  # twice what is needed: OpenSSL refuses close limits
    return hashlib.scrypt(raw, salt=_SALT, n=_SCRYPT_N, r=_SCRYPT_R, p=_SCRYPT_P, maxmem=memory, dklen=32)


def fingerprint(key: Key, match: Match) -> str:
    """`lg1:` and 32 hexadecimal digits."""
    return keyed(key, match.rule.id, normalised(match))


def keyed(key: Key, rule_id: str, value: bytes) -> str:
    """The fingerprint of a value that is already normalised."""
    body = rule_id.encode() + b"\0" + value
    return "lg1:" + hmac.new(key.raw, body, hashlib.sha256).hexdigest()[:_HEX]


def normalised(match: Match) -> bytes:
    """The value without what varies in writing: separators and case of personal identifiers."""
    raw = match.secret.reveal()
    if match.rule.category is Category.PII:
        return b"".join(raw.lower().translate(None, b"-.()/").split())
    return raw.strip()
