"""Terminal control sequences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakgate.model.artifact import Artifact
from leakgate.model.segment import RawText, Segment, SegmentKind
from leakgate.model.spans import Span
from leakgate.unpack.control import without_control

ESC = "\x1b"
SEQUENCES = ["\x1b[0m", "\x1b[1;31m", "\x1b[38;5;12m", "\x1b[2K", "\x1b[?25l", "\x1b(B", "\x1bM", "\u009b31m"]


def segment(text: str) -> Segment:
    raw = text.encode()
    return Segment(RawText(Artifact("x"), raw, "utf-8"), raw, SegmentKind.LOG)


def stripped(text: str) -> str | None:
    found = without_control(segment(text))
    return None if found is None else found.data.decode()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain [x] text, x[5m] [main]\n", None),
        ("tok\x1b[1;31men=\x1b[0mabc", "token=abc"),
        ("\u009b31mred\u009b0m", "red"),
        ("\x1b]8;;https://h/?k=v\x07link\x1b]8;;\x07.", " ;https://h/?k=v link."),
        ("\x1b]0;title\x1b\\text", " title text"),
        ("\x1bPpayload\x1b\\text", " payload text"),
        ("tok\x1b]133;C\x07en\x1b]633;D;0\x07=\x1b]8;;\x1b\\abc", "token=abc"),
        ("\x1b_bk;t=1690000000000\x07line", "line"),
        ("cut off \x1b[12", "cut off 12"),
        ("lone \x1b", "lone "),
        ("\x1b[31\nnext", "31\nnext"),
        ("N\x08NA\x08AM\x08M", "NAM"),
        ("_\x08t_\x08o", "to"),
        ("word\x08\x08 \x08", None),
        ("[36;1mecho[0m done", "echo done"),
        ("^[[31mred^[[0m", "red"),
        ("\u241b[31mred\u241b[0m", "red"),
    ],
)
def test_sequences(text, expected):
    """Sequences go, what they carry for people stays, text without any is left alone."""
    assert expected == stripped(text)


def test_colours_are_no_encoding():
    """Nobody has to decode a coloured line to read it."""
    found = without_control(segment("\x1b[1mx\x1b[0m"))

    assert found is not None
    assert () == found.decoded


PIECES = st.lists(
    st.one_of(st.text("abc \n\u00fc\u4e2d", max_size=5), st.sampled_from(SEQUENCES)), max_size=20
)


@given(PIECES, st.integers(0, 60), st.integers(1, 12))
def test_map_is_exact(pieces, start, width):
    """The raw bytes that a span leads to are the span's own, with sequences between them."""
    raw_text = "".join(pieces) + ESC + "[0m"
    found = without_control(segment(raw_text))
    assert found is not None
    start = min(start, len(found.data))
    span = Span(start, min(start + width, len(found.data)))

    back = found.trail.to_raw(span)

    raw = raw_text.encode()[back.start : back.end]
    for sequence in SEQUENCES:
        raw = raw.replace(sequence.encode(), b"")
    assert found.data[span.start : span.end] == raw


@given(st.text(st.sampled_from("\x1b[]0;mM_\\\x07\x08\u009b a1\n"), max_size=60))
def test_any_garbage_keeps_its_way_back(text):
    """Whatever stands behind an ESC, spans of the result lead into the raw text."""
    found = without_control(segment(text))
    if found is None:
        return
    for at in range(len(found.data)):
        back = found.trail.to_raw(Span(at, at + 1))
        assert 0 <= back.start < back.end <= len(text.encode())


def test_clean_text_is_not_touched():
    """What holds no control byte gives no segment."""
    assert stripped("all quiet\n") is None
