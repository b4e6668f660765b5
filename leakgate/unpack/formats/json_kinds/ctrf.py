"""
The Common Test Report Format.

Source: https://ctrf.io/docs/specification/overview.
"""

from __future__ import annotations

from leakgate.model.segment import TestRef
from leakgate.unpack.formats.json_kind import JsonKind, Keys
from leakgate.unpack.formats.json_nodes import Node


def _matches(keys: Keys, head: bytes) -> bool:
    return {b"results", b"tool", b"tests"} <= keys and bool(keys & {b"summary", b"reportFormat"})


def _test(node: Node) -> TestRef | None:
    tests = node.up(1)
    name = node.text(b"name")
    if name is None or tests is None or tests.key != b"tests":
        return None
    suite = node.text(b"suite")
    return TestRef(f"{suite} > {name}" if suite else name, node.text(b"filePath"), node.number(b"line"))


CTRF = JsonKind("CTRF report", _matches, (b"name", b"suite", b"filePath", b"line"), _test)
