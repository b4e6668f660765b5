"""Reports say which test wrote a value."""

from __future__ import annotations

import json
from typing import Any

import pytest

from leakgate.model.segment import TestRef
from tests.unit.unpack.formats.json_fields_of import fields_of

V = "the value"
STEP = {"name": "a step", "parameters": [{"name": "token", "value": V}]}

REPORTS: dict[str, tuple[Any, TestRef | None]] = {
    "allure": (
        {"uuid": "0", "steps": [STEP], "historyId": "1", "name": "short", "fullName": "pkg.Cls.method"},
        TestRef("pkg.Cls.method"),
    ),
    "cucumber": (
        [
            {
                "uri": "features/a.feature",
                "name": "Paying",
                "elements": [{"steps": [{"output": [V]}], "name": "by card", "line": 7}],
            }
        ],
        TestRef("Paying > by card", "features/a.feature", 7),
    ),
    "jest": (
        {
            "testResults": [
                {
                    "assertionResults": [
                        {"failureMessages": [V], "fullName": "cart adds", "location": {"line": 12}}
                    ],
                    "name": "src/cart.test.ts",
                }
            ]
        },
        TestRef("cart adds", "src/cart.test.ts", 12),
    ),
    "mochawesome": (
        {
            "results": [
                {
                    "suites": [
                        {"tests": [{"err": {"message": V}, "title": "adds", "fullTitle": "cart adds"}]}
                    ],
                    "fullFile": "cypress/cart.cy.js",
                }
            ]
        },
        TestRef("cart adds", "cypress/cart.cy.js"),
    ),
    "cypress": (
        {"cypressVersion": "13", "runs": [{"tests": [{"title": ["cart", "adds"], "displayError": V}]}]},
        TestRef("cart > adds"),
    ),
    "ctrf": (
        {
            "results": {
                "tool": {"name": "t"},
                "summary": {},
                "tests": [{"message": V, "name": "adds", "suite": "cart", "filePath": "cart.py", "line": 3}],
            }
        },
        TestRef("cart > adds", "cart.py", 3),
    ),
    "pytest": (
        {
            "tests": [
                {"nodeid": "tests/a.py::test_b", "lineno": 4, "outcome": "failed", "call": {"stdout": V}}
            ]
        },
        TestRef("tests/a.py::test_b", "tests/a.py", 5),
    ),
    "playwright report": (
        {
            "suites": [
                {
                    "title": "cart.spec.ts",
                    "specs": [
                        {"title": "adds", "tests": [{"stdout": [V]}], "file": "cart.spec.ts", "line": 9}
                    ],
                }
            ]
        },
        TestRef("cart.spec.ts > adds", "cart.spec.ts", 9),
    ),
    "newman": (
        {
            "collection": {},
            "run": {"executions": [{"item": {"name": "Log in"}, "response": {"body": V}}]},
        },
        TestRef("Log in"),
    ),
    "pact": (
        {
            "consumer": {"name": "web"},
            "provider": {"name": "api"},
            "interactions": [
                {"request": {"headers": {"X-Key": V}}, "response": {}, "description": "a request for orders"}
            ],
        },
        TestRef("a request for orders"),
    ),
    "anything else": ({"name": "somebody", "tests": [{"name": "adds", "message": V}]}, None),
}


@pytest.mark.parametrize("kind", REPORTS)
def test_values_belong_to_their_test(kind: str) -> None:
    """Also where the report names the test behind what it wrote."""
    document, test = REPORTS[kind]

    [found] = [field.context.test for field in fields_of(json.dumps(document)) if field.value == V.encode()]

    assert found == test


def test_playwright_trace_belongs_to_the_test_of_its_context() -> None:
    """The first event of a trace has the title, with the file and the line."""
    events = [
        {"type": "context-options", "title": "tests/login.spec.ts:12 › signs in"},
        {"type": "before", "params": {"selector": "#password", "value": V}},
    ]

    field = fields_of("\n".join(map(json.dumps, events)))[-1]

    assert field.context.test == TestRef("tests/login.spec.ts:12 › signs in", "tests/login.spec.ts", 12)
    assert field.label == "password"


def test_go_output_is_one_text_for_each_test() -> None:
    """A value that was split over the lines of a test stands whole, though another test wrote between."""
    events = [
        {"Action": "output", "Package": "shop/cart", "Test": "TestA", "Output": "begin "},
        {"Action": "output", "Package": "shop/cart", "Test": "TestB", "Output": "between\n"},
        {"Action": "output", "Package": "shop/cart", "Test": "TestA", "Output": "end\n"},
    ]

    fields = fields_of("\n".join(map(json.dumps, events)))

    assert [(f.value, f.context.test) for f in fields] == [
        (b"begin end\n", TestRef("shop/cart/TestA")),
        (b"between\n", TestRef("shop/cart/TestB")),
    ]
