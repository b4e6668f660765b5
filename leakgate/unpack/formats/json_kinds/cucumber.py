"""
Cucumber's JSON report: features with their scenarios.

Source: https://github.com/cucumber/cucumber-json-schema.
"""

from __future__ import annotations

from leakgate.model.segment import TestRef
from leakgate.unpack.formats.json_kind import JsonKind, Keys
from leakgate.unpack.formats.json_nodes import Node


def _matches(keys: Keys, head: bytes) -> bool:
    return {b"uri", b"elements"} <= keys


def _test(node: Node) -> TestRef | None:
    elements, feature = node.up(1), node.up(2)
    if elements is None or feature is None or elements.key != b"elements":
        return None
    names = [name for name in (feature.text(b"name"), node.text(b"name")) if name]
    return TestRef(" > ".join(names), feature.text(b"uri"), node.number(b"line")) if names else None


CUCUMBER = JsonKind("Cucumber report", _matches, (b"name", b"uri", b"line"), _test)
