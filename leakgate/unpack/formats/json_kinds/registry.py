"""Every kind of JSON that knows its tests; asked in this order, the particular before the general."""

from __future__ import annotations

from leakgate.unpack.formats.json_kind import ANY_JSON, JsonKind
from leakgate.unpack.formats.json_kinds.allure import ALLURE
from leakgate.unpack.formats.json_kinds.ctrf import CTRF
from leakgate.unpack.formats.json_kinds.cucumber import CUCUMBER
from leakgate.unpack.formats.json_kinds.go_test import GO_TEST
from leakgate.unpack.formats.json_kinds.jest import JEST
from leakgate.unpack.formats.json_kinds.mocha import MOCHA
from leakgate.unpack.formats.json_kinds.newman import NEWMAN
from leakgate.unpack.formats.json_kinds.pact import PACT
from leakgate.unpack.formats.json_kinds.playwright import PLAYWRIGHT_REPORT, PLAYWRIGHT_TRACE
from leakgate.unpack.formats.json_kinds.pytest_html import PYTEST_HTML
from leakgate.unpack.formats.json_kinds.pytest_json import PYTEST
from leakgate.unpack.formats.json_syntax import keys

KINDS = (
    PLAYWRIGHT_TRACE,
    GO_TEST,
    PLAYWRIGHT_REPORT,
    JEST,
    MOCHA,
    PYTEST,
    PYTEST_HTML,
    CTRF,
    CUCUMBER,
    PACT,
    NEWMAN,
    ALLURE,
)


def kind_of(head: bytes) -> JsonKind:
    """What the document that begins with `head` (64 KiB, or all) is; ANY_JSON where it is none of these."""
    known = keys(head)
    return next((kind for kind in KINDS if kind.matches(known, head)), ANY_JSON)
