"""Hostile text is harmless in its target, and still recognisable."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given

from leakgate.report import text_safety as safe
from tests.unit.report.hostile import HOSTILE

TARGETS = (
    safe.for_terminal,
    safe.for_markdown,
    safe.for_markdown_prose,
    safe.for_html,
    safe.for_xml,
    safe.for_sarif,
    safe.for_workflow_command,
)


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.__name__)
@given(text=HOSTILE)
def test_every_target_gets_one_visible_line(target, text):
    """No target ever gets a control, a format character, a surrogate or a line break."""
    shown = target(text)

    assert {"Cc", "Cf", "Cs", "Zl", "Zp"}.isdisjoint(unicodedata.category(char) for char in shown)
    assert len(shown.splitlines()) <= 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tests/test_a.py::test_b[1-x]", "tests/test_a.py::test_b[1-x]"),
        ("Ünïcode/日本.log", "Ünïcode/日本.log"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("a\nb\r\tc", "a\\x0ab\\x0d\\x09c"),
        ("\u202egnp.exe", "\\u202egnp.exe"),
        ("a\u200bb", "a\\u200bb"),
        ("\U000e0041", "\\U000e0041"),
        ("name\udcff", "name\\xff"),
        ("\ud800", "\\ud800"),
        ("::error::x", ":\\x3aerror::x"),
        ("a ::error::x", "a :\\x3aerror::x"),
        ("x ##[group]", "x #\\x23[group]"),
        ("##vso[a]", "#\\x23vso[a]"),
        ("## title", "## title"),
    ],
)
def test_terminal_text(text, expected):
    """Ordinary names stay as they are; what a terminal or a CI runner would obey becomes an escape."""
    assert expected == safe.for_terminal(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "`plain`"),
        ("a`b", "``a`b``"),
        ("``a`", "``` ``a` ```"),
        ("a|b", "`a\\x7cb`"),
        (" a ", "`  a  `"),
        ("", "`(empty)`"),
        ("  ", "`(blank)`"),
        ("@everyone #1 </details>", "`@everyone #1 </details>`"),
    ],
)
def test_markdown_text_is_a_code_span(text, expected):
    """The fence is longer than any run of backticks inside; nothing ends a table cell."""
    assert expected == safe.for_markdown(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Revoke it, then rotate (see the docs).", "Revoke it, then rotate (see the docs)."),
        ("raise limits.max_ratio", "raise limits.max\\_ratio"),
        ("ask @everyone", "`ask @everyone`"),
        ("see #1", "`see #1`"),
        ("see GH-1", "`see GH-1`"),
        ("see www.example.com", "`see www.example.com`"),
        ("fixed in deadbeefcafe", "`fixed in deadbeefcafe`"),
        ("a <b> c", "`a <b> c`"),
        ("$x$", "`$x$`"),
        ("*x*", "`*x*`"),
        ("x" * 700, "`" + "x" * 400 + "...[100 characters cut]..." + "x" * 200 + "`"),
    ],
)
def test_markdown_prose(text, expected):
    """Only words that cannot be markup are shown as words."""
    assert expected == safe.for_markdown_prose(text)


def test_html_text():
    """Markup and quotes are entities."""
    expected = "&lt;a href=&quot;x&quot;&gt;&#x27;&amp;\\x00"

    assert expected == safe.for_html('<a href="x">\'&\x00')


@given(text=HOSTILE)
def test_xml_text_has_legal_characters_only(text):
    """Every character is a Char of XML 1.0."""
    assert re.fullmatch("[\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*", safe.for_xml(text))


def test_workflow_command_message():
    """Percent signs are encoded, line breaks cannot end the command."""
    expected = "100%25\\x0a::error::x"

    assert expected == safe.for_workflow_command("100%\n::error::x")


def test_workflow_command_attribute():
    """Colons and commas, which end an attribute, are encoded as well."""
    expected = "a%3Ab%2Cc"

    assert expected == safe.for_workflow_command("a:b,c", attribute=True)


def test_json_text_keeps_everything_but_lone_surrogates():
    """Control characters are left to the escapes of JSON; a byte of a file name is shown as such."""
    expected = "a\x1b\u202e\\xff"

    assert expected == safe.for_json("a\x1b\u202e\udcff")


def test_sarif_text_has_no_embedded_link():
    """Brackets followed by a parenthesis are taken apart."""
    expected = "[x] (1) a[b]"

    assert expected == safe.for_sarif("[x](1) a[b]")


def test_cut_keeps_both_ends():
    """A long text keeps its start and its end, and says how much is gone."""
    expected = "aaaaaa...[4999990 characters cut]...aab"

    assert expected == safe.cut("a" * 4_999_998 + "b", 9)


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.__name__)
def test_five_megabytes_become_a_line(target):
    """However long and bad the text, the line stays within a small multiple of the limit."""
    assert len(target("\x1b" * 5_000_000)) < 10 * safe.LINE_LIMIT
