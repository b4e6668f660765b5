"""What each test runner prints around a leak, and the test that is named. `@` stands for the finding."""
# ruff: noqa: E501, ISC004 - output stands as it is printed

from __future__ import annotations

import pytest

from leakgate.findings.attribution import attribute
from leakgate.model.segment import TestRef


def written_by(text: str) -> TestRef | None:
    """The test that wrote the `@` in `text`."""
    raw = text.encode()
    return attribute(raw, raw.index(b"@"))


_RULE = "─" * 30
_VITEST = "⎯" * 20
_ROBOT = (
    "=" * 78 + "\nPay\n" + "=" * 78 + "\nTakes cards{}| FAIL |\n{}\n" + "-" * 78 + "\nOther {}| PASS |\n{}\n"
)

RUNNERS = {
    "pytest setup": ("test_b", "=== ERRORS ===\n___ ERROR at setup of test_b ___\n\ntests/a_test.py:3: in f\n@\n"),
    "pytest coloured": ("test_b", "\x1b[31m\x1b[1m____ test_b ____\x1b[0m\n\n---- Captured stderr teardown ----\n@\n"),
    "pytest xdist": ("test_b", "____ test_b ____\n[gw0] linux -- Python 3.11.9 /usr/bin/python\n\n>  x\nE  @\n"),
    "pytest class": ("TestA::test_b[1-x y]", "____ TestA.test_b[1-x y] ____\n---- Captured log call ----\n@\n"),
    "pytest in xdist's log": ("t/test_a.py::test_b[@]", "[gw1] [ 50%] FAILED t/test_a.py::test_b[@] \n"),
    "unittest docstring": ("t.A::test_b", "test_b (t.A.test_b)\nTakes cards ... @\nok\n"),
    "go parallel": ("TestB", "=== RUN   TestA\n=== PAUSE TestA\n=== CONT  TestB\n    b_test.go:3: @\n"),
    "go sub-tests": ("TestB/x", "    --- FAIL: TestB/x (0.00s)\n        b_test.go:3: @\n"),
    "surefire summary": ("PayTest::pays", "[ERROR] Failures: \n[ERROR]   PayTest.pays:41 expected: <@>\n"),
    "surefire report": ("a.PayTest::pays", "a.PayTest.pays -- Time elapsed: 0.1 s <<< ERROR!\njava.lang.X: @\n\tat x\n"),
    "gradle": ("PayTest::pays()", "PayTest > pays() STANDARD_ERR" + "OR\n    x\n    @\n"),
    "junit console": (
        "a.PayTest::pays",
        "Failures (1):\n  JUnit Jupiter:PayTest:pays()\n"
        "    MethodSource [className = 'a.PayTest', methodName = 'pays', methodParameterTypes = '']\n    => X: @\n",
    ),
    "junit tree": ("pays()", "├─ JUnit Jupiter ✔\n│  └─ PayTest ✔\n│     └─ pays() ✘ expected: <@>\n"),
    "jest": ("pay › takes cards", "FAIL a.test.js\n  ● pay › takes cards\n\n    @\n"),
    "jest without suite": ("takes cards", "FAIL a.test.js\n  ● takes cards\n\n    Error: @\n"),
    "vitest failure": ("pay > takes cards", f" FAIL  src/a.test.ts > pay > takes cards\nError: @\n ❯ src/a.test.ts:3:1\n{_VITEST}[1/1]⎯\n"),
    "vitest output": ("pay > takes cards", "stderr | src/a.test.ts > pay > takes cards\n@\n\n"),
    "mocha": ("pay takes cards", "  1 failing\n\n  1) pay\n       takes cards:\n\n      Error: @\n"),
    "cypress": ("pay takes cards", "  1) pay\n       takes cards:\n     AssertionError: @\n"),
    "node": ("takes cards", "✖ takes cards (1.2ms)\n  Error: @\n"),
    "playwright": ("pay › takes cards", f"  1) [chromium] › e2e/a.spec.ts:3:5 › pay › takes cards {_RULE}\n\n    Error: @\n"),
    "playwright list": ("pay › @", "  ✘  1 [chromium] › e2e/a.spec.ts:3:5 › pay › @ (1.2s)\n"),
    "playwright error context": (
        "a.spec.ts > pay > takes cards",
        "# Instructions\n\n# Test info\n\n- Name: a.spec.ts >> pay >> takes cards\n- Location: /w/e2e/a.spec.ts:3:5\n\n# Error details\n\n```\n@\n",
    ),
    "rspec": ("Pay takes cards", "  1) Pay takes cards\n     Failure/Error: pay\n\n       @\n"),
    "minitest": ("PayTest::test_cards", "  1) Error:\nPayTest#test_cards:\nRuntimeError: @\n    a.rb:1\n"),
    "minitest failure": ("PayTest::test_cards", "  1) Failure:\nPayTest#test_cards [test/a.rb:3]:\nExpected: @\n"),
    "phpunit": ("PayTest::testCards", "1) PayTest::testCards\nFailed asserting that @\n\n/app/a.php:1\n"),
    "tap": ("takes cards", "not ok 2 - takes cards\n  ---\n  error: @\n"),
    "bats": ("takes cards", " ✗ takes cards\n   (in test file a.bats, line 3)\n     `pay' failed\n   @\n"),
    "dotnet": ("Acme.Pay.Cards", "  Failed Acme.Pay.Cards [< 1 ms]\n  Error Message:\n   @\n"),
    "xunit": ("Acme.Pay.Cards", "[xUnit.net 00:00:01.23]     Acme.Pay.Cards [FAIL]\n[xUnit.net 00:00:01.23]       X: @\n"),
    "nunit": ("Acme.Pay.Cards", "1) Failed : Acme.Pay.Cards\n  Expected: @\n"),
    "nunit labels": ("Acme.Pay.Cards", "=> Acme.Pay.Cards\n@\n"),
    "cargo": ("pay::takes_cards", "---- pay::takes_cards stdout ----\n@\n"),
    "cargo panic": ("pay::takes_cards", "thread 'pay::takes_cards' panicked at src/a.rs:1:2:\n@\n"),
    "ctest": ("pay_test", "1/2 Test #1: pay_test .........***Failed    0.01 sec\n@\n\n    Start 2: other\n"),
    "googletest": ("Pay.Cards", "[ RUN      ] Pay.Cards\n@\n[  FAILED  ] Pay.Cards (0 ms)\n"),
    "robot": ("Takes cards", _ROBOT.format(" " * 40, "@", "", "")),
    "behave": ("Takes cards", "Feature: Pay # a.feature:1\n\n  Scenario: Takes cards  # features/a.feature:3\n    Given x\n      @\n"),
    "exunit": ("Acme.PayTest::test takes cards", "  1) test takes cards (Acme.PayTest)\n     test/a.exs:3\n     ** (E) @\n"),
    "xctest": ("PayTests::testCards", "Test Case '-[PayTests testCards]' started.\n@\n"),
    "xctest linux": ("PayTests::testCards", "Test Case 'PayTests.testCards' started at 2026\n@\n"),
    "xctest error": ("PayTests::testCards", "/w/a.swift:3: error: -[PayTests testCards] : XCTAssertEqual @\n"),
    "pester": ("takes cards", "Describing pay\n  [-] takes cards 12ms (11ms|1ms)\n   Expected @\n"),
}  # fmt: skip

NOBODY = {
    "behind pytest": "____ test_b ____\nx\n=== short test summary info ===\n@\n",
    "vitest end": f" FAIL  src/a.test.ts > pay\nx\n{_VITEST}[1/1]⎯\n@\n",
    "vitest file": " FAIL  src/a.test.ts\n@\n",
    "jest notes": "  ● Cannot log after tests are done.\n\n    @\n",
    "between jest blocks": "  ● a › b\n\n    x\n\nPASS b.test.js\n  @\n",
    "ctest passed": "1/2 Test #1: pay_test .........***Failed    0.01 sec\nx\n2/2 Test #2: b .... Passed 0.1 sec\n@\n",
    "robot passed": _ROBOT.format(" " * 40, "x", " " * 40, "@"),
    "behave end": "  Scenario: Takes cards  # features/a.feature:3\n    Given x\n\n1 feature passed, 0 failed\n@\n",
    "xctest end": "Test Case '-[A b]' started.\nTest Case '-[A b]' passed (0.1 seconds).\n@\n",
    "a thread": "thread 'main' panicked at src/a.rs:1:2:\n@\n",
    "a pool": "thread 'tokio-runtime-worker' panicked at src/a.rs:1:2:\n@\n",
    "xunit end": "[xUnit.net 00:00:01.23]     A.B [FAIL]\n[xUnit.net 00:00:01.24]   Finished:    A\n@\n",
    "nunit next": "1) Failed : Acme.Pay.Cards\nx\n\n@\n",
    "an arrow": "=> connecting to db.internal\n@\n",
    "xctest suite": "Test Suite 'A' started at 2026\n@\n",
    "parallel go": "=== CONT  TestB\nprinted @\n",
    "cross mark": "✖ 3 problems (3 errors, 0 warnings)\n@\n",
}  # fmt: skip


@pytest.mark.parametrize("runner", RUNNERS)
def test_the_test_is_named(runner: str) -> None:
    """What a runner prints as a test's own is that test's."""
    expected, text = RUNNERS[runner]

    found = written_by(text)

    assert found is not None
    assert found.id.endswith(expected)


@pytest.mark.parametrize("place", NOBODY)
def test_nobody_is_named(place: str) -> None:
    """Where a test's output is over, or no mark is one, no test is named."""
    assert written_by(NOBODY[place]) is None


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (TestRef("a.spec.ts > b", "/w/a.spec.ts", 3), "- Name: a.spec.ts >> b\n- Location: /w/a.spec.ts:3:5\n\n@"),
        (TestRef("Takes cards", "features/a.feature", 3), "  Scenario: Takes cards  # features/a.feature:3\n    @"),
        (
            TestRef("tests/test_a.py::test_b", "tests/test_a.py", 7),
            "___ test_b ___\n\n\x1b[1m\x1b[31mtests/test_a.py\x1b[0m:7: AssertionError\n--- Captured stdout call ---\n@",
        ),
    ],
)  # fmt: skip
def test_places_of_runners(expected: TestRef, text: str) -> None:
    """File and line, where the runner prints them, coloured or not."""
    assert expected == written_by(text)
