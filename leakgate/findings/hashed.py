"""Which findings have one of a list of hashed values: asked before sealing, told by fingerprint."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence

from leakgate.findings.fingerprint import Key, fingerprint
from leakgate.model.detection import Match


class HashedValues:
    """Looks at values before they are sealed; keeps fingerprints and hashes only. For one process."""

    def __init__(self, key: Key, hashes: Collection[str]) -> None:
        self._key = key
        self._wanted = frozenset(hashes)
        self.fingerprints: set[str] = set()
        self.seen: set[str] = set()

    def __call__(self, matches: Sequence[Match]) -> Sequence[Match]:
        """The matches as they are. SHA-1 is what detect-secrets writes; nothing rests on its strength."""
        for match in matches:
            digest = hashlib.sha1(match.secret.reveal(), usedforsecurity=False).hexdigest()
            if digest in self._wanted:
                self.seen.add(digest)
                self.fingerprints.add(fingerprint(self._key, match))
        return matches
