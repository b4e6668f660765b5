r"""
Escapes of string literals, URLs, markup and shells, all in one pass over a line.

One pass and not a decoder each: a line with three kinds of escape would otherwise become fifteen
children, one per order of decoding. Escapes within escapes come out by recursion, level by level.
Sources: RFC 8259 (7), RFC 3986 (2.1), the HTML standard's named references, the Python, C, Java and
JavaScript references on string literals, POSIX shell quoting. `+` as a space is the business of `forms`.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from html.entities import html5

from leakgate.model.detection import Pattern
from leakgate.model.expressions import expression
from leakgate.model.spans import Span
from leakgate.unpack.decoders.rewriting import Replacement, Rewriting

_WIDTH = 12  # bytes; the longest pattern below, the region comes on top

_ESCAPE = expression(
    rb"\\(?:(?P<json>[\"\\/nrtbf])"
    rb"|u(?P<pair>[dD][89abAB][0-9A-Fa-f]{2}\\u[dD][c-fC-F][0-9A-Fa-f]{2})"
    rb"|u(?P<unit>[0-9A-Fa-f]{4})"
    rb"|(?P<literal>['`$=:#!&@])"
    rb"|x(?P<hex>[0-7][0-9A-Fa-f]|[89A-Fa-f][0-9A-Fa-f](?:\\x[89A-Fa-f][0-9A-Fa-f])*)"
    rb"|(?P<octal>[01][0-7]{2}|[23][0-7]{2}(?:\\[23][0-7]{2})*)"
    rb"|u\{(?P<braced>[0-9A-Fa-f]{1,6})\}"
    rb"|U(?P<long>[0-9A-Fa-f]{8})"
    rb"|(?P<escape>[eE])(?=\[))"
    rb"|%(?P<url>[0-9A-Fa-f]{2})"
    rb"|#(?P<syslog>01[0-5]|033)"  # rsyslog's writing of control characters
    rb"|\[\\(?P<wire>[rn])\]"  # Apache HttpClient's wire log
    rb"|(?P<html>&(?:\#(?:[0-9]{1,7}|[xX][0-9A-Fa-f]{1,6})|[A-Za-z][A-Za-z0-9]{1,31});)"
    rb"|(?P<shell>'(?:\"'\"|\\')')"
)
# NOTE: An ESC before anything else takes a letter of the value with it. Unpacking takes colours whose
# ESC was lost out of the raw text, `[36m` of `\\u001b[36m` included, and leaves such an ESC behind.
_AFTER_ESC = tuple(b"[]()PX^_\\"[i : i + 1] for i in range(9))
_CONTROLS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def find_escapes(data: bytes, region: Span) -> Iterator[Replacement]:
    """Every escape of `region` with the bytes it stands for."""
    for found in _ESCAPE.finditer(data, region.start, region.end):
        group = found.lastgroup or ""
        kind, decode = _KINDS[group]
        text = decode(found[group])
        if text == b"\x1b" and data[found.end() : found.end() + 1] not in _AFTER_ESC:
            text = b""
        if text is not None:
            yield Replacement(found.start(), found.end(), text, kind)


def _control(body: bytes) -> bytes:
    return _CONTROLS.get(body, body)


def _character(body: bytes) -> bytes:
    """The character with that number; `\ufffd` for half a pair and for no character at all."""
    number = int(body, 16)
    if number > 0x10FFFF or 0xD800 <= number <= 0xDFFF:
        return "\ufffd".encode()
    return chr(number).encode()


def _pair(body: bytes) -> bytes:
    high, low = int(body[:4], 16), int(body[-4:], 16)
    return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)).encode()


def _hex(body: bytes) -> bytes:
    return _as_utf8(bytes.fromhex(body.replace(b"\\x", b"").decode("ascii")))


def _octal(body: bytes) -> bytes:
    return _as_utf8(bytes(int(digits, 8) for digits in body.split(b"\\")))


def _as_utf8(raw: bytes) -> bytes:
    """Bytes of a byte string as they are; where they are no UTF-8, characters of a text string."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1").encode()
    return raw


def _octet(body: bytes) -> bytes:
    return bytes((int(body, 16),))


def _entity(body: bytes) -> bytes | None:
    """None for a name that HTML does not know."""
    text = body.decode("ascii")
    plain = html.unescape(text) if text[1] == "#" else html5.get(text[1:])
    return None if plain is None else plain.encode()


_KINDS: dict[str, tuple[str, Callable[[bytes], bytes | None]]] = {
    "json": ("json", _control),
    "pair": ("json", _pair),
    "unit": ("json", _character),
    "literal": ("escape", lambda body: body),
    "hex": ("escape", _hex),
    "octal": ("escape", _octal),
    "braced": ("escape", _character),
    "long": ("escape", _character),
    "escape": ("escape", lambda body: b"\x1b"),
    "url": ("url", _octet),
    "syslog": ("syslog", lambda body: bytes((int(body, 8),))),
    "wire": ("escape", _control),
    "html": ("html", _entity),
    "shell": ("shell", lambda body: b"'"),
}

# What is frequent in ordinary logs is decoded but calls nobody: `\\`, `\t`, `\r`.
ESCAPES = Rewriting(
    name="escapes",
    patterns=tuple(
        Pattern(f"decode/{name}", expression, max_width=_WIDTH)
        for name, expression in (
            ("json-quote", rb"\\\""),
            ("json-newline", rb"\\n"),
            ("json-slash", rb"\\/"),
            ("json-unit", rb"\\u[0-9A-Fa-f]{4}"),
            ("escape-braced", rb"\\u\{[0-9A-Fa-f]"),
            ("escape-long", rb"\\U[0-9A-Fa-f]{8}"),
            ("escape-hex", rb"\\x[0-9A-Fa-f]{2}"),
            ("escape-octal", rb"\\[0-3][0-7]{2}"),
            ("escape-literal", rb"\\['`$=:#!&@]"),
            ("escape-colour", rb"\\[eE]\["),
            ("url-octet", rb"%[0-9A-Fa-f]{2}"),
            ("syslog-octal", rb"#01[0-5]"),
            ("html-entity", rb"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,15});"),
            ("shell-quote", rb"'(?:\"'\"|\\')'"),
        )
    ),
    replacements=find_escapes,
)
