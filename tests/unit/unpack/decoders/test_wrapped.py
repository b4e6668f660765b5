"""Values that were broken over lines stand whole in a child; paragraphs stay as they are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leakgate.detect.engine.portable import PortableEngine
from leakgate.model.segment import SegmentKind
from leakgate.model.spans import Span
from leakgate.unpack.decoders.wrapped import WRAPPED
from tests.unit.unpack.decoders.unfolding import children, raw_of, segment, texts

TOKEN = "Zx81" * 12
CASES = {
    "pair": ("DEBUG api - token=abc123\ndef456\nnext\n", "token=abc123def456"),
    "crlf": ("DEBUG api - token=abc123\r\ndef456\r\nnext\r\n", "token=abc123def456"),
    "logger": (
        "2024-05-07T01:13:56.34Z INFO token=abc123\n2024-05-07T01:13:56.35Z def456\n",
        "token=abc123def456",
    ),
    "words": ("name=Ann \nExample\n", "name=Ann Example"),
    "digits": ("pan=0000 0000 \n0000\n", "pan=0000 0000 0000"),
    "long-token": (f"{'x' * 60} Bearer {TOKEN}\n{TOKEN}\n{TOKEN[:7]}\nnext\n", TOKEN + TOKEN + TOKEN[:7]),
    "label": (f"{'x' * 66} full_name: An\nna Example\n", "full_name: Anna Example"),
    "property": ("db.pass\\\n    word=abc\\\n    def\n", "db.password=abcdef"),
    "backslash": ("curl -H token=abc\\\ndef\n", "token=abcdef"),
    "container": (
        "2016-10-06T00:17:09.66Z stdout P token=abc\n2016-10-06T00:17:09.67Z stdout F def\n",
        "token=abcdef",
    ),
    "in-markup": ('<pre>"token=abc123\ndef456", "t7": 1}', "token=abc123def456"),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_a_broken_value_is_joined(text: str, expected: str) -> None:
    """However the lines were broken, the value stands in one piece."""
    assert any(expected.encode() in child.data for child in children(WRAPPED, text))


@pytest.mark.parametrize(
    "text",
    [
        "count=12\nDone\n",
        "A=one\nB=two\nC=three\n",
        "status=ok\nlevel: info, more follows\n",
        "time=\nlogger=context\n",
        f"{'x' * 63} full_name: An\nna Example\n",
        "https://example.org/a/rather/long/path/to/somewhere/else\nhttps://example.org/2\n",
    ],
)
def test_lines_of_their_own_stay_apart(text: str) -> None:
    """A value at the end of a line is not joined with the next message."""
    assert [] == children(WRAPPED, text)


def test_the_place_runs_over_the_break() -> None:
    """A joined value is placed from its first character to its last, the logger's prefix included."""
    [child] = children(WRAPPED, "12:01 token=abc123\n12:02 def456\nnext\n")

    assert b"abc123\n12:02 def456" == raw_of(child, "abc123def456")


def test_strings_of_a_binary_are_not_lines() -> None:
    """The printable runs of a binary stand one per line and have nothing to do with each other."""
    here = replace(segment("token=abc123\ndef456\nnext\n"), kind=SegmentKind.BLOB)

    assert [] == list(WRAPPED.decode(here, PortableEngine(WRAPPED.patterns).scan(here.data)))


def test_lines_that_a_runner_cut_are_one() -> None:
    """GitLab's runner marks what goes on with a plus."""
    time = "2026-03-01T12:00:00.123456Z 01O"

    assert f"{time} pin: not-a-real-value" in texts(f"{time} pin: not-a-\n{time}+real-value\n")


def test_the_indent_of_a_property_is_no_part_of_it() -> None:
    """Java's property files go on behind a backslash, however deep."""
    assert "app.pin = not-a-real-value" in texts("app.pin = not-a-\\\n      real-value\n")


def test_places_stay_true_where_more_lines_go_on_than_are_joined() -> None:
    """The break at which joining stops is no part of the next lines."""
    text = "i" + "\\\n" * 64 + "i\\\n"
    for child in children(WRAPPED, text):
        last = Span(len(child.data) - 1, len(child.data))
        assert last.end <= child.trail.to_raw(last).end <= len(text)
        assert 0 <= child.trail.to_raw(Span(0, 1)).start
