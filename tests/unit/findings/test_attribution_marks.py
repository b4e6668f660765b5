"""The marks of test runners: all that the expression of each runner would find on its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakgate.findings.attribution_beginnings import ANYTHING, beginnings
from leakgate.findings.attribution_marks import marks
from leakgate.findings.attribution_runners import KINDS, LINE_PREFIX

_FIRST = rb"(?=[ \t<_=A-Z\[a-z.!/\\\-\xe2]|\d{1,4}(?:\) |/\d|% | features? | scenarios? ))"
_SLOW = [re.compile(LINE_PREFIX + _FIRST + body, re.MULTILINE) for *_, body in KINDS]
_LINES = (
    "=== RUN   TestPay",
    "    --- FAIL: TestPay/refund (0.00s)",
    "ok  \tshop/pay\t0.1s",
    "plain words",
    "_______ TestPay.test_refund _______",
    "===== FAILURES =====",
    "tests/test_a.py::test_b PASSED [ 10%]",
    "FAIL: test_b (mod.Case)",
    "-" * 70,
    "[ RUN      ] Pay.Refund",
    "[ERROR]   PayTest.refund:12 expected",
    "  1) Pay refunds",
    "       refunds twice:",
    "  \u25cf Pay \u203a refunds",
    "\u2717 refunds (3ms)",
    "FAILURES!",
    "2026-01-02T03:04:05.678Z === RUN   TestAgain",
    "\x1b[31m--- FAIL: TestColour (1.2s)",
    "not ok 3 - refunds",
    '<testcase classname="a" name="b">',
    "</testcase>",
    "Pay refunds money                | FAIL |",
    "  Shop.Pay.Refund [FAIL]",
    "100% tests passed",
    "1/2 Test  #1: pay ......***Failed",
    "",
    "\t",
    '  {"a": 1}',
    "Test Case '-[Shop.Pay refund]' started",
    "  Scenario: refund   # features/pay.feature:3",
    "--",
    "- Name: x",
)


def _one_by_one(raw: bytes) -> Iterator[tuple[int, int, int]]:
    """Start, end and number of the kind of every mark: at each line the first expression that fits."""
    at = 0
    while at < len(raw):
        fitting = [
            (hit.start(), nth, hit.end()) for nth, each in enumerate(_SLOW) if (hit := each.search(raw, at))
        ]
        if not fitting:
            return
        start, nth, at = min(fitting)
        yield start, at, nth


@given(st.lists(st.sampled_from(_LINES), max_size=12), st.sampled_from(["\n", "\r\n"]))
def test_marks_are_those_that_each_expression_finds(lines: list[str], end: str) -> None:
    """Marks are told at the same places as by every expression on its own, the first that fits."""
    raw = end.join(lines).encode()

    expected = [(start, stop, KINDS[nth][0]) for start, stop, nth in _one_by_one(raw)]
    assert expected == [(mark.start, mark.end, mark.reach) for mark in marks(raw, 0, len(raw))]


@given(st.lists(st.sampled_from(_LINES), max_size=12), st.integers(1, 200))
def test_blocks_of_a_text_have_the_marks_that_begin_in_them(lines: list[str], size: int) -> None:
    """A mark is told once, by the block that has its beginning, unless a mark before reaches into it."""
    raw = "\n".join(lines).encode()

    whole = [mark.start for mark in marks(raw, 0, len(raw))]
    parts = [mark.start for at in range(0, len(raw), size) for mark in marks(raw, at, at + size)]
    assert set(whole) <= set(parts)


@pytest.mark.parametrize(
    ("expression", "first", "behind_blanks"),
    [
        (rb"abc", b"a", b"a"),
        (rb"[ab]x", b"ab", b"ab"),
        (rb"(?:a|b?c)d", b"abc", b"abc"),
        (rb"(a)?b", b"ab", b"ab"),
        (rb" {0,4}x", b" x", b"x"),
        (rb"[ \t]*=", b" \t=", b"="),
        (rb"(?=[xy])(?!z)a", b"a", b"a"),
        (rb"(?:  \d|x)", b" x", b"0123456789x"),
    ],
)
def test_beginnings(expression: bytes, first: bytes, behind_blanks: bytes) -> None:
    """What a match can begin with is told, also behind blanks."""
    told = beginnings(expression)

    assert (frozenset(first), frozenset(behind_blanks)) == (told.first, told.behind_blanks)


@pytest.mark.parametrize("expression", [rb"a?", rb".x", rb"[^\n]", rb"(?>a?)b", rb"(?:)"])
def test_doubtful_beginnings_are_many(expression: bytes) -> None:
    """What may begin with nothing, or with nearly everything, is never told to begin with little."""
    assert len(ANYTHING) - 1 <= len(beginnings(expression).first)
