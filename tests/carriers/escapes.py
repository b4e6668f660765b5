"""Text that a language, a page, a shell or a database wrote inside its own quotes."""

from __future__ import annotations

import html
import json
import quopri
import shlex
import urllib.parse
from collections.abc import Callable

from tests.carriers.document import Carrier, Document, Make, Page
from tests.carriers.logs import NOISE_AFTER, NOISE_BEFORE, ONE_LINE
from tests.carriers.values import Value

Encode = Callable[[str], str]
Statement = Callable[[Value], tuple[str, str, str]]  # before, carrying, behind


def statements(name: str, statement: Statement, opening: str = "", closing: str = "") -> Make:
    """A file with one statement for each value, between ordinary lines."""

    def make(values: tuple[Value, ...]) -> Document:
        page = Page().add(opening or "".join(line + "\n" for line in NOISE_BEFORE))
        for value in values:
            before, carrying, behind = statement(value)
            page.add(before).put(value, carrying).add(behind + "\n")
        page.add(closing or "".join(line + "\n" for line in NOISE_AFTER))
        return page.document(name)

    return make


def _json_text(text: str, times: int) -> str:
    for _ in range(times):
        text = json.dumps(text)[1:-1]
    return text


def nested_json(times: int) -> Statement:
    """`{"level": "info", "body": "{\\"label\\": ...}"}`, in itself."""

    def statement(value: Value) -> tuple[str, str, str]:
        before, behind = f'{{"status": 200, "{value.label}": "', '", "elapsed": 12}'
        for _ in range(times - 1):
            before = '{"status": 200, "body": "' + _json_text(before, 1)
            behind = _json_text(behind, 1) + '", "elapsed": 12}'
        return before, _json_text(value.text, times), behind

    return statement


def _literal(before: str, encode: Encode, behind: str) -> Statement:
    """`before` and `behind` name the label as `LABEL`; what is between is the encoded text."""
    return lambda value: (
        before.replace("LABEL", value.label),
        encode(value.text),
        behind.replace("LABEL", value.label),
    )


def _said(before: str, encode: Encode, behind: str, joint: str = "=") -> Statement:
    """The label is encoded with the text."""
    return lambda value: (before + encode(value.label + joint), encode(value.text), behind)


def _python(text: str) -> str:
    return repr(text)[1:-1]


def _unicode(text: str) -> str:
    """As javac and Java's property files write what is not a letter or a digit."""
    return "".join(c if c.isalnum() else f"\\u{ord(c):04x}" for c in text)


def _hexadecimal(text: str) -> str:
    return "".join(c if c.isalnum() else f"\\x{ord(c):02x}" for c in text)


def _octal(text: str) -> str:
    return "".join(c if c.isalnum() else f"\\{ord(c):03o}" for c in text)


def _go_html(text: str) -> str:
    """Go's encoding/json writes what HTML would mind as \\u00xx."""
    for char in "=&<>+":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text.replace("\n", "\\n")


def _named(text: str) -> str:
    names = {"/": "&sol;", ":": "&colon;", "@": "&commat;", "=": "&equals;", "+": "&plus;", "!": "&excl;"}
    names |= {"_": "&lowbar;", ".": "&period;", "\n": "&NewLine;", ",": "&comma;"}
    return "".join(names.get(c, c) for c in text)


def _decimal(text: str) -> str:
    return "".join(c if c.isalnum() else f"&#{ord(c)};" for c in text)


def _all_numeric(text: str) -> str:
    return "".join(f"&#x{ord(c):x};" for c in text)


def _url(text: str) -> str:
    return urllib.parse.quote(text, safe="")


def _url_twice(text: str) -> str:
    return _url(_url(text))


def _url_plus(text: str) -> str:
    return urllib.parse.quote_plus(text)


def _shell(text: str) -> str:
    """As `set -x` shows a word: quoted, with $'..' where it has control characters."""
    if "\n" in text:
        return "$'" + text.replace("\n", "\\n") + "'"
    return shlex.quote(text)


def _caret(text: str) -> str:
    """As cmd.exe echoes what it would else interpret."""
    return "".join("^" + c if c in "&|<>^!" else c for c in text)


def _csv(values: tuple[Value, ...]) -> Document:
    """A header of labels and rows of which one is full."""
    page = Page().add("id," + ",".join(value.label for value in values) + ",note\n")
    page.add("1," + "," * len(values) + "none\n2")
    for value in values:
        page.add(',"').put(value, value.text).add('"')
    return page.add(',"said ""later"""\n3,' + "," * len(values) + "none\n").document("export.csv")


def _csv_quoted(value: Value) -> tuple[str, str, str]:
    """A cell that is JSON: every quote doubled."""
    return f'17,settings,"{{""name"": ""x"", ""{value.label}"": ""', value.text, '""}",ok'


def _quoted_printable(values: tuple[Value, ...]) -> Document:
    page = Page().add("Subject: results\nContent-Transfer-Encoding: quoted-printable\n\n")
    for value in values:
        before = "Reponse du service en amont, a garder pour plus tard: " + value.before
        encoded = quopri.encodestring((before + value.text).encode()).decode()
        at = len(quopri.encodestring(before.encode()).decode())
        page.add(encoded[:at]).put(value, encoded[at:]).add("\nFin =3D merci\n")
    return page.document("mail.eml")


def _yaml(style: str) -> Make:
    def make(values: tuple[Value, ...]) -> Document:
        page = Page().add("version: 1\nservices:\n  api:\n    image: api:1.4\n    settings:\n")
        for value in values:
            page.add(f"      {value.label}: {style}\n        ")
            page.put(value, _yaml_text(value.text, style)).add("\n")
        return page.add("    ports: [8080]\n").document("compose.yaml")

    return make


def _yaml_text(text: str, style: str) -> str:
    """Folded text needs an empty line for every line end that it is to keep."""
    return text.replace("\n", ("\n\n" if style.startswith(">") else "\n") + " " * 8)


CARRIERS: tuple[Carrier, ...] = (
    Carrier("JSON string in a log line", statements("a.log", nested_json(1))),
    Carrier("JSON in JSON", statements("b.log", nested_json(2))),
    Carrier("JSON in JSON in JSON", statements("c.log", nested_json(3))),
    Carrier(
        "Python repr",
        statements("py.log", _literal("DEBUG params={'x': 1, 'LABEL': '", _python, "', 'n': None}")),
    ),
    Carrier("Python bytes repr", statements("py.log", _literal("DEBUG body=b'x=1&LABEL=", _python, "&n=2'"))),
    Carrier(
        "Java unicode escapes",
        statements("app.properties", _literal("LABEL=", _unicode, ""), "# made\n", "x=1\n"),
    ),
    Carrier(
        "JavaScript hex escapes", statements("app.js", _literal('var o = {LABEL: "', _hexadecimal, '"};'))
    ),
    Carrier("octal escapes (Ruby, C)", statements("rb.log", _literal('{"LABEL"=>"', _octal, '"}'))),
    Carrier(
        "Go %q struct", statements("go.log", _literal('main.Config{Name:"x", LABEL:"', _python, '", N:3}'))
    ),
    Carrier("Go \\u003d", statements("go.log", _said('{"msg":"got ', _go_html, '\\u0026ok\\u003d1"}', "="))),
    Carrier(
        "HTML named entities",
        statements(
            "a.html",
            _said("<tr><td>", _named, "</td></tr>", "="),
            "<html><body><table>\n",
            "</table></body></html>\n",
        ),
    ),
    Carrier(
        "HTML numeric entities",
        statements(
            "b.html", _said("<li>", _decimal, "</li>", "="), "<html><body><ul>\n", "</ul></body></html>\n"
        ),
    ),
    Carrier(
        "HTML all numeric",
        statements("c.html", _said("<p>", _all_numeric, "</p>", "="), "<html><body>\n", "</body></html>\n"),
    ),
    Carrier(
        "HTML attributes",
        statements(
            "d.html",
            _literal('<input name="LABEL" value="', html.escape, '">'),
            "<html><body><form>\n",
            "</form></body></html>\n",
        ),
    ),
    Carrier(
        "HTML table",
        statements(
            "e.html",
            _literal("<tr><th>LABEL</th><td>", html.escape, "</td></tr>"),
            "<html><body><table>\n",
            "</table></body></html>\n",
        ),
    ),
    Carrier("URL query", statements("access.log", _literal("GET /cb?LABEL=", _url, "&state=1 200"))),
    Carrier("form body", statements("form.log", _literal("body: grant=x+y&LABEL=", _url_plus, "&state=1"))),
    Carrier(
        "URL encoded twice",
        statements(
            "access.log", _literal("GET /login?next=%2Fcb%3FLABEL%3D", _url_twice, "%26state%3D1 302")
        ),
    ),
    Carrier("shell trace (set -x)", statements("sh.log", _literal("+ export LABEL=", _shell, ""))),
    Carrier(
        "Windows command echo", statements("cmd.log", _literal("C:\\app>set LABEL=", _caret, "")), ONE_LINE
    ),
    Carrier(
        "SQL insert",
        statements("dump.sql", _literal("INSERT INTO settings (name, value) VALUES ('LABEL', '", str, "');")),
    ),
    Carrier(
        "SQL where, doubled quotes",
        statements("sql.log", _literal("EXECUTE 'UPDATE t SET LABEL = ''", str, "'' WHERE id = 4';")),
    ),
    Carrier("CSV with a header", _csv),
    Carrier(
        "CSV cell of JSON", statements("cells.csv", _csv_quoted, "id,kind,body,state\n", "18,end,x,ok\n")
    ),
    Carrier("quoted-printable", _quoted_printable),
    Carrier("YAML block scalar", _yaml("|")),
    Carrier("YAML folded scalar", _yaml(">-")),
)
