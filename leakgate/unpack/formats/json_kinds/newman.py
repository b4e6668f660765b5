"""
Newman's JSON report: the executions of a Postman collection's requests.

Source: https://github.com/postmanlabs/newman#json-reporter.
"""

from __future__ import annotations

from leakgate.model.segment import TestRef
from leakgate.unpack.formats.json_kind import JsonKind, Keys
from leakgate.unpack.formats.json_nodes import Node


def _matches(keys: Keys, head: bytes) -> bool:
    return {b"collection", b"run"} <= keys or {b"run", b"executions"} <= keys


def _test(node: Node) -> TestRef | None:
    """An execution; the request that it executes stands in its first members."""
    executions = node.up(1)
    if executions is None or executions.key != b"executions":
        return None
    name = node.text(b"item.name")
    return TestRef(name) if name else None


NEWMAN = JsonKind("Newman report", _matches, (b"name", b"item.name"), _test)
