"""
JSON that a page carries: in attributes (pytest-html, mochawesome), in scripts as data or as the value of
a variable.

Each becomes a document of its own, with an exact map back. Never runs a script: what is not JSON as it
stands is left to the page's own text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from leakgate.model.expressions import expression
from leakgate.model.offsets import Shift
from leakgate.model.segment import Segment, SegmentKind
from leakgate.unpack.formats.entities import unescaped
from leakgate.unpack.formats.json_syntax import is_json
from leakgate.unpack.identify import HEAD

_LEAST = 32  # bytes; shorter ones say all in their attribute
_ATTRIBUTE = expression(
    rb"=\s*+(?:\"(\s*+[{\[](?:&quot;|&#34;|[{\]\[\s])[^\"]*+)\"|'(\s*+[{\[][\"{\]\[\s][^']*+)')"
)
_SCRIPT = expression(
    rb"<script\b[^<>]*+>\s*+(?:(?:const|let|var)\s++)?(?:[\w.$]++(?:\[[\w\"']++\])?+\s*+=\s*+)?"
    rb"(?P<json>[{\[]\s*+[\"{\[][^<]*+(?:<(?!/script)[^<]*+)*+)",
    re.IGNORECASE,
)


def embedded(document: Segment) -> Iterator[Segment]:
    """The JSON documents in a page, those of attributes first."""
    data = document.data
    for hit in _ATTRIBUTE.finditer(data):
        start, end = hit.span(hit.lastindex or 0)
        if end - start >= _LEAST:
            yield _part(document, start, end, is_escaped=True)
    for hit in _SCRIPT.finditer(data):
        start, end = hit.span("json")
        if is_json(data[start : min(end, start + HEAD)]):
            yield _part(document, start, end, is_escaped=False)


def _part(document: Segment, start: int, end: int, is_escaped: bool) -> Segment:
    text, back = (
        unescaped(document.data, start, end) if is_escaped else (document.data[start:end], Shift(start))
    )
    return Segment(
        text=document.text,
        data=text,
        kind=SegmentKind.LOG,
        trail=document.trail.through(back),
        decoded=document.decoded,
    )
