"""One digest for all the rules of a run; never reads a file."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from leakgate import __version__
from leakgate.model.detection import Rule


def rules_digest(rules: Sequence[Rule]) -> str:
    """`sha256:<hex>` of the identity and texts of every rule that runs."""
    digest = hashlib.sha256(__version__.encode())
    for rule in sorted(rules, key=lambda rule: rule.id):
        digest.update(repr(rule).encode())
    return f"sha256:{digest.hexdigest()}"
