"""
Values that stand apart from their names: before them, or on the next line.

`Duplicate entry 'v' for key 'users.k'`; a validation report whose line `k` is followed by one with
`input_value='v'`. Knows nothing of what names mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from leakgate.detect.labelled.syntax import Labelled
from leakgate.model.expressions import expression
from leakgate.model.spans import Span

_QUOTED = rb"(?P<quote>\\{0,4}[\"'`]|&quot;|&\#3[49];)(?P<value>[^\n]{1,300}?)(?P=quote)"
_NAMED = (
    rb"\s{1,3}(?:for|in|of|into|as|is not valid for)\s(?:the\s)?(?:unique\s)?"
    rb"(?:key|column|field|attribute|parameter|property|index)[\s:=]{1,3}(?:\\{0,4}[\"'`]|&quot;|&\#3[49];)?"
    rb"(?P<name>[\w.$\x80-\xff-]{2,120})"
)
_BEFORE = expression(_QUOTED + _NAMED)
BEFORE_ANCHOR = (
    rb"(?:[\"'`]|&quot;|&\#3[49];)\s(?:for|in|of|into|as|for) (?:the )?(?:unique )?"
    rb"(?:key|column|field|attribute|parameter|property|index)[ :=]"
)
# A validation report of pydantic: its name, then a line with the reason and the value.
INPUT_ANCHOR = rb"input_value=(?:\\{0,4}[\"']|&quot;|&\#3[49];)"
_NEWLINE = rb"(?:\r?\n|\\{1,4}n|&\#10;|&\#xA;)"
_INPUT = expression(
    rb"(?:^|[\s\"'>nA;])(?P<name>[A-Za-z_][\w.\x80-\xff]{0,80})[ \t]{0,4}"
    + _NEWLINE
    + rb"(?P<reason>(?:(?!"
    + _NEWLINE
    + rb")[^\n]){0,300}?)"
    rb"input_value=" + _QUOTED,
    re.MULTILINE,
)
REACH = 420  # bytes


def values_before_names(data: bytes, window: Span) -> Iterator[Labelled]:
    """`'v' for key 'k'`."""
    return _all(_BEFORE, data, window)


def values_of_inputs(data: bytes, window: Span) -> Iterator[Labelled]:
    """The values of validation reports whose name stands on the line before."""
    return _all(_INPUT, data, window)


def _all(expression: re.Pattern[bytes], data: bytes, window: Span) -> Iterator[Labelled]:
    for hit in expression.finditer(data, window.start, window.end):
        name = hit["name"].decode("utf-8", "replace")
        yield Labelled(name, Span(*hit.span("name")), Span(*hit.span("value")), quoted=True)
