"""
String literals that code joins: `"abc" + "def"`, on one line or over several.

Source: the operators of JavaScript, Java, Python (`+`) and PHP (`.`). Never joins the items of a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from leakgate.model.detection import Pattern
from leakgate.model.spans import Span
from leakgate.unpack.decoders.rewriting import Replacement, Rewriting

_JOINT = re.compile(rb"([\"'`]) ?(?:\+ ?(?:\r?\n[ \t]{0,80})?|\r?\n[ \t]{0,80}[+.] ?|\. )\1")


def find_joints(data: bytes, region: Span) -> Iterator[Replacement]:
    for found in _JOINT.finditer(data, region.start, region.end):
        yield Replacement(found.start(), found.end(), b"", "concatenated")


CONCATENATED = Rewriting(
    name="concatenated",
    patterns=(
        Pattern("decode/joined-literals", rb"\w[\"'`] ?\+ ?(?:\r?\n[ \t]{0,80})?[\"'`]\w", max_width=128),
        Pattern("decode/joined-lines", rb"\w[\"'`]\r?\n[ \t]{0,80}[+.] ?[\"'`]\w", max_width=128),
    ),
    replacements=find_joints,
    repeats=False,
    binaries=False,
)
