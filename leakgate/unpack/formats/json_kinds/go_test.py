"""
`go test -json`: a line for each event; a test's output comes in lines of it, mixed with that of others.

Source: https://pkg.go.dev/cmd/test2json.
"""

from __future__ import annotations

from leakgate.model.segment import TestRef
from leakgate.unpack.formats.json_kind import JsonKind, Keys
from leakgate.unpack.formats.json_nodes import Node


def _matches(keys: Keys, head: bytes) -> bool:
    return {b"Action", b"Package"} <= keys and bool(keys & {b"Output", b"Test", b"Elapsed"})


def _test(node: Node) -> TestRef | None:
    """The package where no test of it is running."""
    package, test = node.text(b"Package"), node.text(b"Test")
    names = [name for name in (package, test) if name]
    return TestRef("/".join(names)) if names else None


GO_TEST = JsonKind("go test events", _matches, (b"Package", b"Test"), _test, text=b"Output")
