"""
Allure 2 and 3: the result of one test (`*-result.json`), or of its set-up (`*-container.json`).

Source: https://allurereport.org/docs/how-it-works-test-result-file/.
"""

from __future__ import annotations

from leakgate.model.segment import TestRef
from leakgate.unpack.formats.json_kind import JsonKind, Keys
from leakgate.unpack.formats.json_nodes import Node


def _matches(keys: Keys, head: bytes) -> bool:
    return b"uuid" in keys and bool(keys & {b"historyId", b"testCaseId", b"statusDetails", b"fullName"})


def _test(node: Node) -> TestRef | None:
    """Only the outermost object is a test; its steps have names too."""
    if node.depth != 1:
        return None
    name = node.text(b"fullName") or node.text(b"name")
    return TestRef(name) if name else None


ALLURE = JsonKind("Allure result", _matches, (b"fullName", b"name"), _test)
