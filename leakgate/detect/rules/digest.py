"""One digest for all the rules of a run; never reads a file."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import fields
from operator import attrgetter

from leakgate import __version__
from leakgate.model.detection import Rule


def rules_digest(rules: Sequence[Rule]) -> str:
    """`sha256:<hex>` of the identity and texts of every rule that runs."""
    digest = hashlib.sha256(__version__.encode())
    values = attrgetter(*(field.name for field in fields(Rule)))
    for rule in sorted(rules, key=lambda rule: rule.id):
        digest.update("\x1f".join(map(str, values(rule))).encode())
        digest.update(b"\x1e")
    return f"sha256:{digest.hexdigest()}"
