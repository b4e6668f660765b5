"""Which test a place of a console log is attributed to. `@` stands for the finding."""

from __future__ import annotations

import pytest

from leakgate.findings.attribution import Attribution, attribute
from leakgate.model.segment import TestRef


def written_by(text: str) -> TestRef | None:
    """The test that wrote the `@` in `text`."""
    raw = text.encode()
    return attribute(raw, raw.index(b"@"))


def name_of(text: str) -> str | None:
    found = written_by(text)
    return found.id if found is not None else None


_PYTEST = """\
============================= test session starts ==============================
tests/test_a.py::test_one PASSED                                         [ 50%]
tests/test_a.py::test_two FAILED                                         [100%]

=================================== FAILURES ===================================
_________________________________ test_two[a] __________________________________

    def test_two():
>       assert 0

tests/test_a.py:7: AssertionError
----------------------------- Captured stdout call -----------------------------
{inside}
=========================== short test summary info ============================
FAILED tests/test_a.py::test_two[a] - assert {summary}
============================== 1 failed in 0.02s ===============================
{behind}
"""
_GO = """\
=== RUN   TestPay
=== RUN   TestPay/card
{raw}
    pay_test.go:41: {logged}
--- FAIL: TestPay (0.00s)
    --- FAIL: TestPay/card (0.00s)
{behind}
FAIL\tacme/pay\t0.01s
"""


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("tests/test_a.py::test_two[a]", _PYTEST.format(inside="@", summary="", behind="")),
        ("tests/test_a.py::test_two[a]", _PYTEST.format(inside="", summary="@", behind="")),
        (None, _PYTEST.format(inside="", summary="", behind="@")),
        ("TestPay", _GO.format(raw="@", logged="", behind="")),
        ("TestPay/card", _GO.format(raw="", logged="@", behind="")),
        (None, _GO.format(raw="", logged="", behind="@")),
    ],
)
def test_reports_of_runners(expected: str | None, text: str) -> None:
    """What stands in a test's part of the output is that test's, what stands behind it is nobody's."""
    assert expected == name_of(text)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("t/test_a.py::TestB::test_c", "t/test_a.py::TestB::test_c out @\nPASSED   [ 10%]\n"),
        ("t/test_a.py::test_c", "t/test_a.py::test_c \n---- live log call ----\nINFO @\nPASSED\n"),
        (None, "t/test_a.py::test_c \nPASSED   [ 10%]\n@\n"),
        (None, "t/test_a.py::test_c\nt/test_a.py::test_d\n\n2 tests collected in 0.01s\n@"),
        ("t/test_a.py::test_c[@]", "[gw1] [ 10%] PASSED t/test_a.py::test_c[@]\n"),
        (None, "[gw1] [ 10%] PASSED t/test_a.py::test_c\n@\n"),
        (
            "t/test_a.py::test_c",
            "2024-05-01T10:00:00.0000000Z t/test_a.py::test_c \n2024-05-01T10:00:00.0000000Z @",
        ),
        (None, "_______________ summary _______________\n  py311: @\n"),
        ("t.test_a.TestB::test_c", "test_c (t.test_a.TestB.test_c) ... @\nok\n"),
        ("t.test_a.TestB::test_c", f"{'=' * 70}\nFAIL: test_c (t.test_a.TestB)\n{'-' * 70}\nStdout:\n@\n"),
        (
            None,
            f"{'=' * 70}\nFAIL: test_c (t.test_a.TestB)\n{'-' * 70}\nx\n{'-' * 70}\nRan 3 tests in 0.1s\n@",
        ),
        (None, "ERROR: connect (db.internal)\n@\n"),
        (None, "=== RUN   TestA\n=== PAUSE TestA\n=== CONT  TestB\nprinted @\n"),
        ("TestB", "=== CONT  TestB\n    b_test.go:3: @\n"),
        ("Acme.Pay", "[ RUN      ] Acme.Pay\n@\n[       OK ] Acme.Pay (1 ms)\n"),
        (None, "[ RUN      ] Acme.Pay\n[       OK ] Acme.Pay (1 ms)\n@"),
        ("com.acme.FooTest", "[INFO] Running com.acme.FooTest\n@\n"),
        (None, "Running com.acme.FooTest\nTests run: 1, Failures: 0 - in com.acme.FooTest\n@\n"),
        (None, "Running com.acme.FooTest\nRunning com.acme.BarTest\n@\n"),
        ("com.acme.FooTest$In", "Running com.acme.FooTest\nRunning com.acme.FooTest$In\n@\n"),
        ("com.acme.FooTest::bar", "[ERROR] com.acme.FooTest.bar -- Time elapsed: 0.1 s <<< FAILURE!\nx: @\n"),
        ("com.acme.FooTest::bar", "bar(com.acme.FooTest)  Time elapsed: 0.1 sec  <<< ERROR!\nx: @\n"),
        (None, "bar(com.acme.FooTest)  Time elapsed: 0.1 sec  <<< ERROR!\nx\n\n@\n"),
        ("FooTest::bar()", "FooTest > bar() STANDARD_OUT\n    a\n\n    @\n\nFooTest > bar() PASSED\n"),
        (None, "FooTest > bar() STANDARD_OUT\n    a\n\n@\n"),
        ("pay › takes cards", "  ● pay › takes cards\n\n    expect(@)\n"),
        (None, "  ● pay › takes cards\n\n    expect()\n\nTests:       1 failed\n  @\n"),
        (None, "  ● Console\n\n    console.log\n      @\n"),
        ("pay takes cards", "  1) pay\n       takes cards:\n\n      AssertionError: @\n"),
        ("Pay takes cards", "  1) Pay takes cards\n     Failure/Error: expect(@)\n"),
        ("pay::takes_cards", "---- pay::takes_cards stdout ----\n@\n\n\nfailures:\n"),
        (None, "---- pay::takes_cards stdout ----\n\nfailures:\n    @\n"),
        ("Acme\\PayTest::testCards", "1) Acme\\PayTest::testCards\nFailed asserting @\n"),
        (None, "1) Acme\\PayTest::testCards\nFailed\n\nFAILURES!\n@\n"),
        ("takes cards", "not ok 3 - takes cards\n  ---\n  got: @\n  ...\n"),
        (None, "not ok 3 - takes cards\n# x\n@\n"),
        ("Acme.Pay.Cards", "  Failed Acme.Pay.Cards [12 ms]\n  Error Message:\n   @\n"),
        ("pay > takes cards", "stdout | src/pay.test.ts > pay > takes cards\n@\n"),
        ("tests.a::b & c", '<testsuite>\n<testcase classname="tests.a" name="b &amp; c">\n<failure>\n@'),
        (None, '<testsuite>\n<testcase classname="tests.a" name="b"/>\n<system-out>@'),
        ("@", '<testsuite>\n<testcase name="@"/>\n'),
        ("TestGo", '<testsuite>\n<testcase name="b"/>\n<system-out>x\n=== RUN   TestGo\n@'),
        ("b", '<testsuite>\n<testcase name="b"><system-out>x\n=== RUN   TestGo\n@'),
        (None, "nothing here\n@\n"),
    ],
)
def test_marks(expected: str | None, text: str) -> None:
    """The runner's own words for the test, and nothing where another may have written."""
    assert expected == name_of(text)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (
            TestRef("tests/test_a.py::test_two[a]", "tests/test_a.py", 7),
            _PYTEST.format(inside="@", summary="", behind=""),
        ),
        (TestRef("TestPay/card", "pay_test.go", 41), _GO.format(raw="", logged="@", behind="")),
        (TestRef("t/test_a.py::test_c", "t/test_a.py", 9), "t/test_a.py::test_c \n/src/t/test_a.py:9: @\n"),
        (TestRef("t/test_a.py::test_c", "t/test_a.py"), "t/test_a.py::test_c \n/src/app/pay.py:9: @\n"),
        (TestRef("com.acme.FooTest", "FooTest.java", 9), "Running com.acme.FooTest\nat (FooTest.java:9) @\n"),
        (TestRef("com.acme.FooTest"), "Running com.acme.FooTest\nat (Pay.java:9) @\n"),
        (TestRef("a › b", "t/a.spec.ts", 3), "  1) [chromium] › t/a.spec.ts:3:5 › a › b ────\n\n    @\n"),
    ],
)
def test_places(expected: TestRef, text: str) -> None:
    """A file and a line are told where they are the test's own."""
    assert expected == written_by(text)


def test_far_marks_are_out_of_reach() -> None:
    """A mark hundreds of kilobytes away says nothing."""
    assert name_of("=== RUN   TestGo\n" + "line\n" * 100_000 + "@") is None


def test_answers_do_not_depend_on_order() -> None:
    """One text answers the same, whatever was asked before."""
    text = _GO.format(raw="first", logged="second", behind="third").encode()
    known = Attribution(text)

    backwards = [known.test(text.index(word)) for word in (b"third", b"second", b"first")]

    assert [attribute(text, text.index(word)) for word in (b"third", b"second", b"first")] == backwards


@pytest.mark.parametrize("text", [b"", b"\xff\xfe\x00", b"____ " * 1000, b"=== RUN " + b"x" * 10_000])
def test_any_bytes(text: bytes) -> None:
    """Bytes that are no text name no test and raise nothing."""
    assert attribute(text, len(text)) is None
