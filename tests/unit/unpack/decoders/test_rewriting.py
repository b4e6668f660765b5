"""Escapes: what stands behind them comes out, and leads back to where it was written."""

from __future__ import annotations

import pytest

from leakgate.model.spans import Span
from leakgate.unpack.decoders.escapes import ESCAPES
from leakgate.unpack.decoders.quoted_printable import QUOTED_PRINTABLE
from tests.unit.unpack.decoders.unfolding import children, raw_of, segment, texts, unfolded

CASES = (
    ("json", r'{"message":"{\"token\":\"abc\\\"def\"}"}', '{"message":"{"token":"abc"def"}"}'),
    ("unicode", r"a\u003db\u00e9 \ud83d\ude00", "a=bé 😀"),
    ("slash", r'"https:\/\/u:p@h\/x"', '"https://u:p@h/x"'),
    ("python-bytes", r"b'caf\xc3\xa9 \x3d'", "b'café ='"),
    ("latin-1-escape", r"'caf\xe9'", "'café'"),
    ("octal", r"a\075b \303\251", "a=b é"),
    ("braced", r"\u{1F600}\u{3d}", "😀="),
    ("url", "https%3A%2F%2Fu%3Ap%40h%3Ftoken%3Dabc", "https://u:p@h?token=abc"),
    ("url-twice", "a%253Db", "a=b"),
    ("html", "&quot;pw&quot;: &#34;x&#x22; &amp;lt;", '"pw": "x" <'),
    ("form", "POST name=John+Doe&street=12+Rue%20X", "POST name=John Doe&street=12 Rue X"),
    ("mail", "token=3Dabc=\r\ndef", "token=abcdef"),
    ("sql", "VALUES ('O''Brien')", "VALUES ('O'Brien')"),
    ("csv", 'x,"{""token"":""abc""}"', 'x,"{"token":"abc"}"'),
    ("shell", "echo 'a'\"'\"'b' 'c'\\''d'", "echo 'a'b' 'c'd'"),
    ("mixed", r"&quot;a\u003db%3Dc&quot;", '"a=b=c"'),
    ("colour-json", r'"log":"\u001b[36mkey\u001b[0m=\u001b[1mvalue"', '"log":"key=value"'),
    ("colour-shell", r"\033[1mkey=\033[0mvalue \e[2mok", "key=value ok"),
    ("lost-colour", r'"\u001bkey\u001b=value"', '"key=value"'),
)

PLAIN_LINE = "a line without any escapes\n"
APART = f'{PLAIN_LINE}\\"two\\"\n{PLAIN_LINE}{PLAIN_LINE}five \\"six\\"\n{PLAIN_LINE}'


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_escapes_come_out(text: str, expected: str) -> None:
    """Each way of writing a value leads to the value itself, however often it was applied."""
    assert expected in texts(text)


@pytest.mark.parametrize(
    "text",
    ["plain text", "100% done", "a & b; c", r"\d+\s", "x == ''", 'a,"",b', "AT&T;", "&nosuchname;"],
)
def test_ordinary_text_has_no_child(text: str) -> None:
    """Nothing is decoded where nothing is encoded."""
    assert [] == texts(text)


def test_the_kinds_of_escape_name_the_child() -> None:
    """A child says which encodings were undone, one level per step."""
    decoded = [child.decoded for child in unfolded("a%253Db")]

    assert [("url",), ("url", "url")] == decoded


def test_lines_without_escapes_stay_out() -> None:
    """Only the lines that hold escapes are scanned again; lines between them become one break."""
    [child] = children(ESCAPES, APART)

    assert b'"two"\nfive "six"' == child.data


def test_a_span_leads_back_to_its_own_line() -> None:
    """What was found in a later region of the child is placed in the raw line it came from."""
    [child] = children(ESCAPES, APART)

    assert (b"two", b"six", b"five") == tuple(raw_of(child, part) for part in ("two", "six", "five"))


def test_a_decoded_character_covers_its_escape() -> None:
    """The place of a decoded character is the whole of its escape."""
    [child] = children(ESCAPES, r"abc\u003ddef")

    assert rb"c\u003dd" == raw_of(child, "c=d")


def test_a_long_line_is_looked_at_in_part() -> None:
    """Around an escape in a line of a megabyte only some kilobytes are scanned again, cut between words."""
    line = b"word " * 100_000 + b'\\"key\\"' + b" word" * 100_000

    [child] = children(ESCAPES, line)

    assert len(child.data) < 20_000
    assert {b"word", b'"key"'} == set(child.data.split())


def test_soft_breaks_join_lines_before_and_after() -> None:
    """A quoted-printable paragraph is decoded as a whole, though only one of its lines has a mark."""
    [child] = children(QUOTED_PRINTABLE, "intro\nfirst=\nsecond=3D=\nthird part of it\noutro\n")

    assert b"firstsecond=third part of it" == child.data


def test_a_lone_surrogate_is_no_crash() -> None:
    """Half a pair becomes the replacement character."""
    assert "a\ufffdb" in texts(r"a\ud800b")


def test_a_windows_path_only_adds() -> None:
    """A path with escapes in it yields a garbled child and no trouble; the raw text is scanned as well."""
    here = segment(rb"C:\new\table")

    assert rb"C:\new\table" == here.data
    assert all(child.trail.to_raw(Span(0, len(child.data))).end <= len(here.data) for child in unfolded(here))
