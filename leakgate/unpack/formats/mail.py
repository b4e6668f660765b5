"""
Messages as mail servers keep them: headers, and the texts of all parts with their transfer encoding undone.

Attachments that are text are read like any other part; what is no text once decoded (archives, pictures)
is left to the decoders of the detection stage, which see the Base64 as it stands.
Source: RFC 5322, RFC 2045 to 2047.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from typing import NamedTuple

from leakgate.model.expressions import expression
from leakgate.model.gap import Gap
from leakgate.model.offsets import OffsetMap, Shift, Whole
from leakgate.model.segment import Segment
from leakgate.model.spans import Span
from leakgate.unpack.decoders.grouped import Groups
from leakgate.unpack.encodings import encoding_of
from leakgate.unpack.formats.edited import edited
from leakgate.unpack.formats.json_fields import JsonFields
from leakgate.unpack.formats.json_nodes import ONLY, Node

_SUFFIXES = (".eml", ".mbox", ".mbx", ".mht", ".mhtml")
_FIELD = rb"[!-9;-~]{1,76}:[ \t][^\n]*+\n(?:[ \t][^\n]*+\n)*+"
_HEADERS = expression(rb"(?:From [^\n]*+\n)?+(?:" + _FIELD + rb"|[!-9;-~]{1,76}:\r?\n(?:[ \t][^\n]*+\n)*+)++")
_KNOWN = expression(
    rb"^(?:Received|Message-ID|MIME-Version|Return-Path|Delivered-To|DKIM-Signature|Subject): ", re.M | re.I
)
_ONE = expression(rb"^(?P<name>[!-9;-~]{1,76}):(?P<value>[^\n]*+(?:\n[ \t][^\n]*+)*+)", re.MULTILINE)
_BOUNDARY = expression(rb"boundary=(?:\"([^\"\r\n]{1,200})\"|([^\s;\"]{1,200}))", re.IGNORECASE)
_CHARSET = expression(rb"charset=\"?([\w.:-]{1,40})", re.IGNORECASE)
_MESSAGE = expression(rb"(?:\A|(?<=\n))From [^\n]{1,200}\d{4}[^\n]{0,40}\n")
_SOFT = expression(rb"=(?:(?P<break>[ \t]*+\r?\n)|(?P<hex>[0-9A-Fa-f]{2}))")
_FOLDED = expression(
    rb"\r?\n[ \t]++|=\?(?P<charset>[\w-]{1,40})\?(?P<kind>[BbQq])\?(?P<text>[^?\s]{0,400})\?="
)
_NO_DIGIT = expression(rb"[^A-Za-z0-9+/]+")
_HEAD = 64 * 1024
_MOST_BOUNDARIES = 200
_CODED = {b"base64": ("base64",), b"quoted-printable": ("quoted-printable",)}


class _Part(NamedTuple):
    """Headers from `start`, content from `body` to `end`."""

    start: int
    body: int
    end: int


class Mail:
    """A message or a mailbox, by its name or by its first headers."""

    name = "mail"

    def matches(self, head: bytes, name: str) -> bool:
        hit = _HEADERS.match(head)
        if hit is None:
            return False
        least = 1 if name.lower().endswith(_SUFFIXES) else 3
        return len(set(map(bytes.lower, _KNOWN.findall(head, 0, hit.end())))) >= least

    def read(self, document: Segment) -> Iterator[Segment | Gap]:
        data = document.data
        root = Node(None, ONLY, array=True)
        fields = {by: JsonFields(document, lambda node: None, by) for by in ((), *_CODED.values())}
        for number, part in enumerate(_parts(data)):
            node = Node(root, number, array=False)
            headers = _headers(data, part, node, fields[()])
            by = _CODED.get(headers.get(b"content-transfer-encoding", b"").strip().lower(), ())
            if (body := _body(data, part, by, headers.get(b"content-type", b""))) is not None:
                fields[by].add("body", *body, ((0, node, b"body"),))
        yield from (made for by in fields if (made := fields[by].segment()) is not None)


def _headers(data: bytes, part: _Part, node: Node, fields: JsonFields) -> dict[bytes, bytes]:
    """Adds the headers as fields; those that say how to read the body are returned, names in lower case."""
    said: dict[bytes, bytes] = {}
    for hit in _ONE.finditer(data, part.start, part.body):
        text, back = edited(data, *hit.span("value"), _FOLDED, _unfolded)
        fields.add(hit["name"].decode("ascii", "replace"), text, back, ((0, node, hit["name"]),))
        said.setdefault(hit["name"].lower(), hit["value"])
    return said


def _body(data: bytes, part: _Part, by: tuple[str, ...], kind: bytes) -> tuple[bytes, OffsetMap] | None:
    """The text of a part that was encoded `by`; None where it has none."""
    if part.end <= part.body:
        return None
    if not by:
        return data[part.body : part.end], Shift(part.body)
    if by == ("base64",):
        digits, inner = edited(data, part.body, part.end, _NO_DIGIT, lambda hit: b"")
        raw, back = _octets(digits), Groups(3, 4, len(digits), inner)
        return _in_utf8(raw, back, kind, part)
    return _in_utf8(*edited(data, part.body, part.end, _SOFT, _hard), kind, part)


def _octets(digits: bytes) -> bytes:
    usable = len(digits) - (len(digits) % 4 == 1)
    return binascii.a2b_base64(digits[:usable] + b"=" * (-usable % 4))


def _in_utf8(raw: bytes, back: OffsetMap, kind: bytes, part: _Part) -> tuple[bytes, OffsetMap] | None:
    if not raw or b"\0" in raw[:_HEAD] or encoding_of(raw[:_HEAD]) is None:
        return None
    charset = _CHARSET.search(kind)
    named = charset[1].decode("ascii", "replace").lower() if charset is not None else "utf-8"
    if named in ("utf-8", "us-ascii") or raw.isascii():
        return raw, back
    return _decoded(raw, named), Whole(Span(part.body, part.end))


def _decoded(raw: bytes, charset: str) -> bytes:
    try:
        return raw.decode(charset, "replace").encode("utf-8", "replace")
    except LookupError:  # a name that nobody knows; its ASCII is ASCII all the same
        return raw


def _hard(hit: re.Match[bytes]) -> bytes:
    return b"" if hit["hex"] is None else bytes.fromhex(hit["hex"].decode())


def _unfolded(hit: re.Match[bytes]) -> bytes:
    """A folded line, or an encoded word."""
    if hit["text"] is None:
        return b" "
    if hit["kind"] in b"Bb":
        raw = _octets(_NO_DIGIT.sub(b"", hit["text"]))
    else:
        raw = _SOFT.sub(_hard, hit["text"].replace(b"_", b" "))
    return _decoded(raw, hit["charset"].decode())


def _parts(data: bytes) -> Iterator[_Part]:
    """Every message, and every part of one, in the order of the document; nested parts are parts too."""
    starts = sorted({0, *(hit.start() for hit in _MESSAGE.finditer(data))})
    ends = [*starts[1:], len(data)]
    for start, end in zip(starts, ends, strict=True):
        yield from _split(data, start, end)


def _split(data: bytes, start: int, end: int) -> Iterator[_Part]:
    names = {hit[1] or hit[2] for hit in _BOUNDARY.finditer(data, start, end)}
    known = sorted(names, key=len, reverse=True)[:_MOST_BOUNDARIES]
    at = start
    if known:
        line = re.compile(
            rb"(?:\A|(?<=\n))--(?:" + rb"|".join(map(re.escape, known)) + rb")(?:--)?[ \t]*+(?:\r?\n|\Z)"
        )
        for hit in line.finditer(data, start, end):
            yield _part(data, at, hit.start())
            at = hit.end()
    yield _part(data, at, end)


def _part(data: bytes, start: int, end: int) -> _Part:
    hit = _HEADERS.match(data, start, end)
    return _Part(start, hit.end() if hit is not None else start, end)
