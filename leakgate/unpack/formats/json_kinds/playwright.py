"""
Playwright: the events of a trace, and the JSON report.

Source: packages/trace/src/trace.ts and packages/playwright/types/testReporter.d.ts of microsoft/playwright.
"""

from __future__ import annotations

from leakgate.model.expressions import expression
from leakgate.model.segment import TestRef
from leakgate.unpack.formats.json_kind import JsonKind, Keys
from leakgate.unpack.formats.json_nodes import Node

# `tests/login.spec.ts:12 › signs in`, as the runner titles a trace.
_TITLE = expression(r"(?P<file>\S+\.\w+):(?P<line>\d{1,7})\s+›")


def _is_trace(keys: Keys, head: bytes) -> bool:
    return b'"context-options"' in head[:4096]


def _of_trace(node: Node) -> TestRef | None:
    """The title of the context, which the first event of the file gives."""
    if node.parent is not None or node.first is None:
        return None
    title = node.first.text(b"title")
    if title is None:
        return None
    hit = _TITLE.match(title)
    return TestRef(title, hit["file"], int(hit["line"])) if hit is not None else TestRef(title)


def _is_report(keys: Keys, head: bytes) -> bool:
    return {b"suites", b"specs"} <= keys


def _of_report(node: Node) -> TestRef | None:
    specs, title = node.up(1), node.text(b"title")
    if title is None or specs is None or specs.key != b"specs":
        return None
    titles = [title]
    at = specs.up(1)
    while at is not None:
        if (suite := at.text(b"title")) is not None:
            titles.append(suite)
        at = at.parent
    return TestRef(" > ".join(reversed(titles)), node.text(b"file"), node.number(b"line"))


PLAYWRIGHT_TRACE = JsonKind("Playwright trace", _is_trace, (b"title",), _of_trace)
PLAYWRIGHT_REPORT = JsonKind("Playwright report", _is_report, (b"title", b"file", b"line"), _of_report)
