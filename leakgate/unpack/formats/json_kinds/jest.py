"""
Jest's and Vitest's JSON report: files with their assertions.

Source: https://jestjs.io/docs/configuration#testresultsprocessor-string.
"""

from __future__ import annotations

from leakgate.model.segment import TestRef
from leakgate.unpack.formats.json_kind import JsonKind, Keys
from leakgate.unpack.formats.json_nodes import Node


def _matches(keys: Keys, head: bytes) -> bool:
    return b"assertionResults" in keys


def _test(node: Node) -> TestRef | None:
    if (results := node.up(1)) is None or results.key not in (b"assertionResults", b"testResults"):
        return None
    if results.key == b"testResults":  # what a file says before its tests ran
        file = node.text(b"name")
        return TestRef(file, file) if file else None
    file_result = results.up(1)
    file = file_result.text(b"name") if file_result is not None else None
    name = node.text(b"fullName") or node.text(b"title")
    return TestRef(name, file, node.number(b"location.line")) if name else None


JEST = JsonKind("Jest report", _matches, (b"name", b"fullName", b"title", b"line", b"location.line"), _test)
