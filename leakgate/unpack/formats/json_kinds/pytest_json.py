"""
Reports of pytest-json-report and pytest-reportlog.

Source: https://github.com/numirias/pytest-json-report, https://github.com/pytest-dev/pytest-reportlog.
"""

from __future__ import annotations

from leakgate.model.segment import TestRef
from leakgate.unpack.formats.json_kind import JsonKind, Keys
from leakgate.unpack.formats.json_nodes import Node


def _matches(keys: Keys, head: bytes) -> bool:
    return b"nodeid" in keys and bool(keys & {b"outcome", b"collectors", b"$report_type"})


def _test(node: Node) -> TestRef | None:
    name = node.text(b"nodeid")
    if not name:
        return None
    line = node.number(b"lineno")  # counted from 0
    return TestRef(name, name.partition("::")[0], line + 1 if line is not None else None)


PYTEST = JsonKind("pytest report", _matches, (b"nodeid", b"lineno"), _test)
