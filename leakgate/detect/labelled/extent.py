"""
How far an unquoted value of several words reaches, and what a value says once its encoding is undone.

Names, addresses and grouped numbers contain spaces: such a value runs to the next field, the closing
bracket or the end of the line. Knows nothing of what values mean.
"""

from __future__ import annotations

import html
import re
from urllib.parse import unquote

from leakgate.model.spans import Span

_LONGEST = 240
_STOP = re.compile(
    rb"[\x00-\x1f\"<>{}|]|  |\\[nrt\"'\\]"  # end of line, of string, of column
    rb"|&(?=[\w.%\[\]-]{1,64}=)|&amp;|&quot;|&lt;|&\#(?:10|13|3[49]);|&apos;"  # next parameter
    rb"|[;,]\s?[\"']?[A-Za-z_][\w. \-]{0,40}[\"']?\s?(?:=|:(?!//))"  # `, next=`
    rb"|\s[A-Za-z_][\w.\-]{0,40}="  # ` next=`
    rb"|\sHTTP/\d|[ ,]?'(?![A-Za-z])|`|\s-\s|\s\(|\s\[|%(?:0[AaDd]|26)"
)
_OPENED = {b"(": b")", b"[": b"]"}
_ENCODED = re.compile(r"%[0-9A-Fa-f]{2}")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")


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
    for at in range(start, end):
        byte = data[at]
        if byte in b"([":
            depth += 1
        elif byte in b")]":
            depth -= 1
            if depth < 0:
                return at
    return end


def decoded(raw: bytes) -> str:
    """The text of a value: UTF-8, character references, percent and `\\u` escapes undone."""
    text = raw.decode("utf-8", "replace")
    if "&" in text and ";" in text:
        text = html.unescape(text)
    if "%" in text and _ENCODED.search(text):
        text = unquote(text if " " in text else text.replace("+", " "))
        text = unquote(text) if _ENCODED.search(text) else text
    if "\\u" in text:
        text = _ESCAPED.sub(lambda hit: chr(int(hit[1], 16)), text)
    return text.replace("\\/", "/").strip()


def is_encoded(raw: bytes) -> bool:
    """Whether `decoded` would change more than the blanks around it."""
    return b"%" in raw or b"&" in raw or b"\\" in raw
