"""
Pact contracts: the interactions that a consumer's tests recorded.

Source: https://github.com/pact-foundation/pact-specification.
"""

from __future__ import annotations

from leakgate.model.segment import TestRef
from leakgate.unpack.formats.json_kind import JsonKind, Keys
from leakgate.unpack.formats.json_nodes import Node


def _matches(keys: Keys, head: bytes) -> bool:
    return {b"consumer", b"provider"} <= keys or {b"consumer", b"interactions"} <= keys


def _test(node: Node) -> TestRef | None:
    interactions = node.up(1)
    if interactions is None or interactions.key not in (b"interactions", b"messages"):
        return None
    description = node.text(b"description")
    return TestRef(description) if description else None


PACT = JsonKind("Pact contract", _matches, (b"description",), _test)
