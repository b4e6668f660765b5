"""
String literals that code joins: `"abc" + "def"`, on one line or over several.

Source: the operators of JavaScript, Java, Python (`+`) and PHP (`.`). Never joins the items of a list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from leakgate.model.detection import Pattern, Suspect
from leakgate.model.expressions import expression
from leakgate.model.spans import Span
from leakgate.unpack.decoders.regions import regions
from leakgate.unpack.decoders.rewriting import Replacement, Rewriting

_JOINT = expression(rb"([\"'`]) ?(?:\+ ?(?:\r?\n[ \t]{0,80})?|\r?\n[ \t]{0,80}[+.] ?|\. )\1")
_OPEN = expression(rb"[\"'`] ?[+.]? ?\r?\n\Z")
_MOST_LINES = 64
_LONGEST_LINE = 4096


def find_joints(data: bytes, region: Span) -> Iterator[Replacement]:
    for found in _JOINT.finditer(data, region.start, region.end):
        yield Replacement(found.start(), found.end(), b"", "concatenated")


def _whole_regions(data: bytes, suspects: Sequence[Suspect]) -> list[Span]:
    """Regions from the line on in which their first literal begins."""
    found: list[Span] = []
    for region in regions(data, suspects):
        here = Span(_first_line(data, region.start), region.end)
        if found and here.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, here.end))
        else:
            found.append(here)
    return found


def _first_line(data: bytes, start: int) -> int:
    for _ in range(_MOST_LINES):
        above = data.rfind(b"\n", max(0, start - _LONGEST_LINE), max(0, start - 1)) + 1
        if not start or not _OPEN.search(data, max(above, start - _LONGEST_LINE), start):
            break
        start = above
    return start


CONCATENATED = Rewriting(
    name="concatenated",
    patterns=(
        Pattern(
            "decode/joined-literals",
            rb"[^\s\"'`][\"'`] ?\+ ?(?:\r?\n[ \t]{0,80})?[\"'`][^\s\"'`]",
            max_width=128,
        ),
        Pattern(
            "decode/joined-lines", rb"[^\s\"'`][\"'`]\r?\n[ \t]{0,80}[+.] ?[\"'`][^\s\"'`]", max_width=128
        ),
    ),
    replacements=find_joints,
    around=_whole_regions,
    repeats=False,
    binaries=False,
)
