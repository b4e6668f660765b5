"""Values inside base64, hexadecimal, compression and what else hides text from a search."""

from __future__ import annotations

import base64
import gzip
import html
import json
import textwrap
import urllib.parse
import zlib
from collections.abc import Callable

from tests.carriers.document import Carrier, Document, Make, Page
from tests.carriers.escapes import statements
from tests.carriers.logs import NOISE_AFTER, NOISE_BEFORE
from tests.carriers.values import VALUES, Value

Pack = Callable[[bytes], bytes]
Show = Callable[[bytes], str]


def _body(value: Value) -> bytes:
    """What a service would send: an object with one telling member."""
    return json.dumps({"status": "ok", value.label: value.text, "retries": 3}).encode()


def _line(value: Value) -> bytes:
    return f"2026-03-01 12:00:00 INFO {value.said}\nnext step\n".encode()


def encoded(
    show: Show, before: str = "payload: ", behind: str = "", inner: Callable[[Value], bytes] = _body
) -> Make:
    """A log with one encoded body for each value."""
    return statements("encoded.log", lambda value: (before, show(inner(value)), behind))


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _url_safe(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode()


def _unpadded(raw: bytes) -> str:
    return _base64(raw).rstrip("=")


def _wrapped(raw: bytes) -> str:
    return base64.encodebytes(raw + b" " * 60).decode().rstrip()


def _flattened(raw: bytes) -> str:
    return _wrapped(raw).replace("\n", " ")


def _twice(raw: bytes) -> str:
    return _base64(_base64(raw).encode())


def _base32(raw: bytes) -> str:
    return base64.b32encode(raw).decode()


def _upper_hex(raw: bytes) -> str:
    return raw.hex().upper()


def _deflated(raw: bytes) -> bytes:
    codec = zlib.compressobj(9, zlib.DEFLATED, -15)
    return codec.compress(raw) + codec.flush()


def _saml(raw: bytes) -> str:
    return urllib.parse.quote(_base64(_deflated(raw)), safe="")


def _assertion(value: Value) -> bytes:
    """A SAML response with one attribute, long enough to be one."""
    return (
        '<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" Version="2.0"><saml:Assertion>'
        f'<saml:AttributeStatement><saml:Attribute Name="{value.label}"><saml:AttributeValue>'
        f"{html.escape(value.text)}</saml:AttributeValue></saml:Attribute></saml:AttributeStatement>"
        "</saml:Assertion></samlp:Response>"
    ).encode()


def rows(row: Callable[[int, bytes], str]) -> Make:
    """A dump of a body for each value, 16 bytes a row."""

    def make(values: tuple[Value, ...]) -> Document:
        page = Page().add("\n".join(NOISE_BEFORE) + "\n")
        for value in values:
            page.add("request body:\n")
            start = page.size
            raw = _body(value)
            page.add("\n".join(row(at, raw[at : at + 16]) for at in range(0, len(raw), 16)))
            page.mark(value, start).add("\n\nend of body\n")
        return page.add("\n".join(NOISE_AFTER) + "\n").document("dump.txt")

    return make


def _shown(raw: bytes) -> str:
    return "".join(chr(byte) if 32 <= byte < 127 else "." for byte in raw)


def _xxd_row(at: int, raw: bytes) -> str:
    pairs = " ".join(raw[i : i + 2].hex() for i in range(0, len(raw), 2))
    return f"{at:08x}: {pairs:<39}  {_shown(raw)}"


def _hexdump_row(at: int, raw: bytes) -> str:
    halves = "  ".join(raw[i : i + 8].hex(" ") for i in range(0, len(raw), 8))
    return f"{at:08x}  {halves:<48}  |{_shown(raw)}|"


def _basic(value: Value) -> tuple[str, str, str]:
    login = f"{value.text}:x-oauth-basic" if value.personal else f"svc:{value.text}"
    return "> Authorization: Basic ", _base64(login.encode()), ""


def _claims(value: Value) -> tuple[str, str, str]:
    def part(members: dict[str, object]) -> str:
        return _url_safe(json.dumps(members, separators=(",", ":")).encode()).rstrip("=")

    signature = _url_safe(bytes(range(7, 39))).rstrip("=")
    token = (
        part({"alg": "HS256", "typ": "JWT"}) + "." + part({"iss": "idp", value.label: value.text, "exp": 19})
    )
    return "id_token: ", f"{token}.{signature}", ""


def _kubernetes_secret(values: tuple[Value, ...]) -> Document:
    page = Page().add("apiVersion: v1\nkind: Secret\nmetadata:\n  name: app\ntype: Opaque\ndata:\n")
    for value in values:
        page.add(f"  {value.label}: ").put(value, _base64(value.text.encode())).add("\n")
    return page.add("  LOG_LEVEL: aW5mbw==\n").document("secret.yaml")


def _armoured(raw: bytes) -> str:
    return "\n".join(textwrap.wrap(_base64(raw), 64))


_NO_LOGIN = tuple(
    (value.name, "is neither a user name nor a password")
    for value in VALUES
    if (value.personal and value.name != "email") or value.name in ("pem", "basic-auth")
)

CARRIERS: tuple[Carrier, ...] = (
    Carrier("base64", encoded(_base64)),
    Carrier("base64, of a log line", encoded(_base64, "stdout=", "", _line)),
    Carrier("base64, URL-safe", encoded(_url_safe, "state=", " (expires)")),
    Carrier("base64, wrapped", encoded(_wrapped, "body:\n", "\n")),
    Carrier("base64, wrapped, breaks as blanks", encoded(_flattened, "body: ")),
    Carrier("base64, unpadded", encoded(_unpadded, '"body": "', '"')),
    Carrier("base64, twice", encoded(_twice)),
    Carrier("base32", encoded(_base32)),
    Carrier("hex, lower case", encoded(bytes.hex)),
    Carrier("hex, upper case", encoded(_upper_hex)),
    Carrier("hex, 0x", encoded(lambda raw: "0x" + raw.hex(), "data=")),
    Carrier("xxd", rows(_xxd_row)),
    Carrier("hexdump -C", rows(_hexdump_row)),
    Carrier("gzip in base64", encoded(lambda raw: _base64(gzip.compress(raw, mtime=0)))),
    Carrier("zlib in base64", encoded(lambda raw: _base64(zlib.compress(raw)))),
    Carrier("deflate in base64", encoded(lambda raw: _base64(_deflated(raw)))),
    Carrier("SAML redirect", encoded(_saml, "GET /sso?SAMLResponse=", "&RelayState=x", _assertion)),
    Carrier("data URI", encoded(_base64, '<a href="data:application/json;base64,', '">')),
    Carrier("HTTP basic authentication", statements("curl.log", _basic), _NO_LOGIN),
    Carrier("JWT claims", statements("auth.log", _claims)),
    Carrier("Kubernetes Secret", _kubernetes_secret),
    Carrier("PEM body", encoded(_armoured, "-----BEGIN PKCS7-----\n", "\n-----END PKCS7-----")),
)
