"""HTML: texts across inline markup, tables, scripts."""

from __future__ import annotations

import pytest

from leakgate.model.segment import TestRef
from leakgate.unpack.formats.html import Html
from tests.unit.unpack.formats.reading import fields, gaps, pairs, place


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<pre>to<span class='hl'>ken=a</span>bc</pre>", ("pre", "token=abc")),
        ("<PRE>token</PRE>", ("pre", "token")),
        ("<p>one<br>two", ("p", "one")),
        ("<p>first<p>second", ("p", "second")),
        ("<table><tr><td>Password</td><td>hunter2x</td></tr></table>", ("Password", "hunter2x")),
        ("<table><tr><th>Password:<td>hunter2x</table>", ("Password", "hunter2x")),
        ("<dl><dt>Password<dd>hunter2x</dl>", ("Password", "hunter2x")),
        ('<input name="dni" value="00000000T">', ("dni", "00000000T")),
        ('<meta name="csrf" content="abcdef">', ("csrf", "abcdef")),
        ("<script>if (a < b) token='x'</script>", ("script", "if (a < b) token='x'")),
        ("<textarea>a &amp; bcd</textarea>", ("textarea", "a & bcd")),
        ("<a href=https://example.org/abc>", ("href", "https://example.org/abc")),
        ("<p>&eacute;t&eacute;</p>", ("p", "été")),
    ],
)
def test_fields(text: str, expected: tuple[str, str]) -> None:
    """Texts, attributes and scripts are fields, under the name that the page gives them."""
    assert expected in pairs(Html(), "<!doctype html><html><body>" + text)


def test_styles_say_nothing() -> None:
    """Style sheets are not read."""
    assert [] == pairs(Html(), "<html><style>a { color: red }</style></html>")


def test_places_across_inline_markup() -> None:
    """A text in parts leads back to the stretch that its parts stand in."""
    assert "to<b>ken</b>" == place(Html(), "<html><p>to<b>ken</b></p>", "token", "token") + "</b>"


def test_json_in_attributes_and_scripts() -> None:
    """A report's data is read as JSON, with its tests."""
    blob = '{"tests": {"t/test_a.py::test_b": [{"result": "Failed", "log": "line\\nhunter2x"}]}}'
    escaped = blob.replace('"', "&#34;")

    for page in (f'<div data-jsonblob="{escaped}">', f"<script>window.report = {blob}</script>"):
        [read] = [read for read in fields(Html(), "<html>" + page) if read.value == "line\nhunter2x"]
        assert TestRef("t/test_a.py::test_b", "t/test_a.py") == read.test
        assert "line\\nhunter2x" == read.raw


@pytest.mark.parametrize(
    "text",
    [
        b"<script>" * 50_000,
        b"<script =" * 50_000,
        b'="{&quot;' * 50_000,
        b"<b>" * 50_000,
        b"<p" * 50_000,
        b"\xff\x00",
    ],
)
def test_hostile_pages_are_bounded(text: bytes) -> None:
    """Pages without end cost time in proportion, and no error."""
    assert gaps(Html(), b"<html>" + text) == []
