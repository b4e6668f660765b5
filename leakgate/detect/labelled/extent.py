"""
How far an unquoted value of several words reaches, and what a value says once its encoding is undone.

Names, addresses and grouped numbers contain spaces: such a value runs to the next field, the closing
bracket or the end of the line. Knows nothing of what values mean.
"""

from __future__ import annotations

import html
from urllib.parse import unquote

from leakgate.model.expressions import expression
from leakgate.model.spans import Span

_LONGEST = 240
_STOP = expression(
    rb"[\x00-\x1f\"<>{}|]|  |\\[nrt\"'\\]"  # end of line, of string, of column
    rb"|&(?=[\w.%\[\]-]{1,64}=)|&amp;|&quot;|&lt;|&\#(?:10|13|3[49]);|&apos;"  # next parameter
    rb"|[;,]\s?(?:[\"'][\w. \-]{1,40}[\"']|[A-Za-z_][\w.\-]{0,40})\s?(?:=|:(?!//))"  # `, next=`
    rb"|\s[A-Za-z_][\w.\-]{0,40}="  # ` next=`
    rb"|\sHTTP/\d|[ ,]?'(?![A-Za-z])|`|\s-\s|\s\(|\s\[|%(?:0[AaDd]|26)"
)
_BRACKET = expression(rb"[()\[\]]")
_OPENED = {b"(": b")", b"[": b"]"}
_ENCODED = expression(r"%[0-9A-Fa-f]{2}")
_ESCAPED = expression(r"\\u([0-9a-fA-F]{4})")


def free_text(data: bytes, start: int) -> Span:
    """From `start` to where the field ends; without blanks and punctuation at either side."""
    limit = min(len(data), start + _LONGEST)
    while start < limit and data[start : start + 1] in (b"[", b"'", b" "):
        start += 1
    stop = _STOP.search(data, start, limit)
    end = stop.start() if stop else limit
    end = _before_stray_closer(data, start, end)
    while end > start and data[end - 1 : end] in b" ,;:\\":
        end -= 1
    return Span(start, end)


def _before_stray_closer(data: bytes, start: int, end: int) -> int:
    """Where the first bracket closes that was not opened inside."""
    depth = 0
    for bracket in _BRACKET.finditer(data, start, end):
        depth += 1 if bracket[0] in b"([" else -1
        if depth < 0:
            return bracket.start()
    return end


def encoded_token(data: bytes, span: Span) -> Span:
    """The part of `span` before its first blank: percent escapes and references leave none inside."""
    token = data[span.start : span.end].split(None, 1)
    return Span(span.start, span.start + len(token[0])) if token else span


def continued(data: bytes, end: int) -> Span | None:
    """Where a value that a line break cut off at `end` goes on: behind what both lines begin with."""
    broken = _LINE_END.match(data, end)
    if broken is None:
        return None
    low = max(0, end - _LONGEST)
    line_start = data.rfind(b"\n", low, end) + 1
    start = broken.end()
    stop = data.find(b"\n", start, start + _LONGEST)
    following = data[start : stop if stop >= 0 else start + _LONGEST].rstrip()
    # Of a line that begins further away nothing is known; it may be megabytes long.
    lead = _common_lead(data[line_start:end], following) if line_start or not low else 0
    return Span(start + lead, start + len(following)) if lead < len(following) else None


def _common_lead(line: bytes, following: bytes) -> int:
    """Bytes of a logger's prefix (a date, a thread) that both lines have, but for its digits."""
    pairs = zip(line.translate(_DIGITS), following.translate(_DIGITS), strict=False)
    same = next((at for at, (one, other) in enumerate(pairs) if one != other), len(following))
    return max(following.rfind(b" ", 0, same), following.rfind(b"\t", 0, same)) + 1


_LINE_END = expression(rb" {0,2}\r?\n")
_DIGITS = bytes.maketrans(b"123456789", b"000000000")


def decoded(raw: bytes) -> str:
    """The text of a value: UTF-8, character references, percent and `\\u` escapes undone."""
    text = raw.decode("utf-8", "replace")
    if "&" in text and ";" in text:
        text = html.unescape(html.unescape(text))
    if "%" in text and _ENCODED.search(text):
        text = unquote(text if " " in text else text.replace("+", " "))
        text = unquote(text) if _ENCODED.search(text) else text
    if "\\u" in text:
        text = _ESCAPED.sub(lambda hit: chr(int(hit[1], 16)), text)
    return text.replace("\\/", "/").strip()


def is_encoded(raw: bytes) -> bool:
    """Whether `decoded` would change more than the blanks around it."""
    return b"%" in raw or b"&" in raw or b"\\" in raw
