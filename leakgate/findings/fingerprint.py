"""
Keyed fingerprints: the same value under the same key is the same finding, and nobody can guess it back.

HMAC-SHA256 of rule and normalised value; without the key a list of common values tells nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from leakgate.model.detection import Category, Match
from leakgate.model.records import dataclass

_HEX = 32  # hexadecimal digits shown: 128 bits


@dataclass(frozen=True, slots=True)
class Key:
    """The key of all fingerprints of a run; `ephemeral` when it dies with the run."""

    raw: bytes
    ephemeral: bool

    @classmethod
    def of(cls, text: str | None) -> Key:
        """The key that the team set, or a random one for this run alone."""
        if text:
            return cls(hashlib.sha256(text.encode("utf-8", "surrogateescape")).digest(), ephemeral=False)
        return cls(secrets.token_bytes(32), ephemeral=True)

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
