"""
Mocha's JSON report, mochawesome's (also of Cypress) and what Cypress itself returns.

Source: https://mochajs.org/#json, https://github.com/adamgruber/mochawesome.
"""

from __future__ import annotations

from leakgate.model.segment import TestRef
from leakgate.unpack.formats.json_kind import JsonKind, Keys
from leakgate.unpack.formats.json_nodes import Node

_LISTS = frozenset((b"tests", b"passes", b"failures", b"pending", b"beforeHooks", b"afterHooks"))


def _matches(keys: Keys, head: bytes) -> bool:
    return b"fullTitle" in keys or {b"cypressVersion", b"runs"} <= keys


def _test(node: Node) -> TestRef | None:
    tests = node.up(1)
    if tests is None or tests.key not in _LISTS:
        return None
    name = node.text(b"fullTitle") or node.text(b"title")
    return TestRef(name, _file(node)) if name else None


def _file(node: Node) -> str | None:
    """Of the test, else of the nearest suite that has one."""
    at: Node | None = node
    while at is not None:
        if file := at.text(b"fullFile") or at.text(b"file"):
            return file
        at = at.parent
    return None


MOCHA = JsonKind("Mocha report", _matches, (b"fullTitle", b"title", b"file", b"fullFile"), _test)
