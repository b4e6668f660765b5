"""
The results that a page of pytest-html carries.

Source: https://github.com/pytest-dev/pytest-html, `data-jsonblob` since 4.0.
"""

from __future__ import annotations

from leakgate.model.segment import TestRef
from leakgate.unpack.formats.json_kind import JsonKind, Keys
from leakgate.unpack.formats.json_nodes import Node
from leakgate.unpack.formats.json_strings import unescaped


def _matches(keys: Keys, head: bytes) -> bool:
    return keys >= {b"tests", b"result", b"log"} or keys >= {b"tests", b"resultsTableRow"}


def _test(node: Node) -> TestRef | None:
    """`{"tests": {"tests/test_a.py::test_b": [{…}]}}`: runs of a test, under its node id."""
    runs = node.parent
    if runs is None or not runs.array or not isinstance(runs.key, bytes):
        return None
    if runs.parent is None or runs.parent.key != b"tests":
        return None
    name = unescaped(runs.key).decode("utf-8", "replace")
    file, separator, _ = name.partition("::")
    return TestRef(name, file if separator else None)


PYTEST_HTML = JsonKind("pytest-html report", _matches, (), _test)
