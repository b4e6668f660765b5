"""
Terminal control sequences taken out of a segment, so that a coloured token stands whole.

What a sequence carries for people (a hyperlink's target, a title) stays. Source: ECMA-48, 5.4 and 8.3;
xterm control sequences. Never interprets cursor movement.
"""

from __future__ import annotations

import re
from dataclasses import replace

from leakgate.model.expressions import expression
from leakgate.model.offsets import Edit, Edits, Lazy
from leakgate.model.segment import Segment

# CSI; Buildkite's time stamps, which stand before every line; the end of a hyperlink, and the marks of
# shells (OSC 133 and 633), which tell people nothing; other escapes but those that begin or end a string;
# an ESC that begins nothing. One literal in front of all lets `re` skip by memchr.
_SEQUENCES = expression(
    rb"\x1b(?:\[[0-?]*+[ -/]*+[@-~]"
    rb"|_bk;t=[0-9]{1,20}\x07"
    rb"|\](?:8;[^;\x07\x1b]{0,64};|[16]33;[A-D](?:;[0-9]{0,10})?)(?:\x07|\x1b\\)"
    rb"|[ -/]++[0-~]"
    rb"|[0-OQ-WYZ\[`-~]"
    rb"|(?![PX\]^_\\]))"
)
_C1_SEQUENCES = expression(rb"\xc2\x9b[0-?]*+[ -/]*+[@-~]")
# What begins a string (OSC with its number, DCS, SOS, PM, APC) or ends one.
_STRINGS = expression(rb"\x1b(?:\][0-9]*+;?|[PX^_\\])|\xc2[\x90\x98\x9c-\x9f]|\x07")
# Bold and underline of man pages. Other backspaces stay: what they deleted may be what was leaked.
_BOLD = expression(rb"\x08([!-~])(?<=\1\x08\1)")
_UNDERLINE = expression(rb"_\x08")
_COLOUR = rb"\[[0-9]{1,2}(?:;[0-9]{1,3}){0,5}+m"
# Colours whose ESC was lost on the way: shown as `^[` or a symbol, or dropped by a web page.
_LOST_ESCAPES = tuple(
    (lead + b"[", expression(re.escape(lead) + pattern))
    for lead, pattern in (
        (b"^[", rb"\[[0-9;]{0,16}[A-Za-z]"),
        ("\u241b".encode(), rb"\[[0-9;]{0,16}[A-Za-z]"),
        ("\ufffd".encode(), _COLOUR),
        (b"", _COLOUR),
    )
)


def without_control(segment: Segment) -> Segment | None:
    """`segment` without control sequences, or None where there are none to take out.

    `decoded` stays as it was: nobody has to undo colours to read the text.
    """
    found = segment
    if b"\x1b" in found.data:
        found = _replaced(found, _SEQUENCES, b"")
        if b"\x1b" in found.data:
            found = _replaced(found, _STRINGS, b" ")
    if b"\x9b" in found.data and b"\xc2\x9b" in found.data:
        found = _replaced(found, _C1_SEQUENCES, b"")
    # Whoever colours also resets; without this, `x[5m]` of a query would be one.
    if b"[0m" in found.data:
        for start, pattern in _LOST_ESCAPES:
            if start in found.data:
                found = _replaced(found, pattern, b"")
    if b"\x08" in found.data:
        found = _replaced(_replaced(found, _BOLD, b""), _UNDERLINE, b"")
    return None if found is segment else replace(found, decoded=segment.decoded)


def _replaced(segment: Segment, pattern: re.Pattern[bytes], by: bytes) -> Segment:
    """One pass in C; the map is made by a second one, when a match asks for it."""
    parent = segment.data
    data, count = pattern.subn(by, parent)
    if not count:
        return segment
    back = Lazy(lambda: Edits(Edit(m.start(), m.end(), len(by)) for m in pattern.finditer(parent)))
    return segment.derived(data, by="ansi", back=back)
