"""HTML: texts across inline markup, tables, scripts."""

from __future__ import annotations

import pytest

from leakgate.unpack.formats.html import Html
from tests.unit.unpack.formats.reading import pairs, place


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
