"""
The marks that test runners leave in a text: where a test begins to write, and where it ends.

One expression for all runners. Says what a line is, not whose output follows: that is `attribution`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from leakgate.findings.attribution_beginnings import beginnings
from leakgate.findings.attribution_runners import KINDS, LINE_PREFIX, Build, Reach
from leakgate.model.segment import TestRef

_LONGEST_ID = 512
_LONGEST_MARK = 4096


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark from `start` to `end`, offsets of the text; its test, where it names one in plain words."""

    start: int
    end: int
    reach: Reach
    test: TestRef | None = None


# Lines that cannot be a mark are told by their first bytes: most of a log. Each of the others is compared
# with those marks alone that begin like it: blanks or none, the first byte, and what must follow.
_BEGINNINGS = (
    (True, rb"[a-z]", rb""),
    (True, rb"[A-Z]", rb""),
    (True, rb"[\"{}]", rb""),
    (True, rb"\d", rb""),
    (True, rb"[^a-zA-Z\d\"{} \t]", rb""),
    (False, rb"[a-z]", rb""),
    (False, rb"[A-Z]", rb""),
    (False, rb"\d", rb"\d{0,3}(?:\) |/\d|% | features? | scenarios? )"),
    (False, rb"[<_=\[.!/\\\-" + "●".encode()[:1] + rb"]", rb""),
)
_EVERY_BYTE = bytes(range(256))
# By the number of the empty group behind each expression: what it is, and the groups that it has inside.
_Kinds = dict[int, tuple[Reach, Build, tuple[int, ...]]]


@cache
def _marks() -> tuple[re.Pattern[bytes], _Kinds]:
    """The end of a line and a mark behind it. Compiled when the first finding asks: that takes its time."""
    known = [(kind, beginnings(kind[2])) for kind in KINDS]
    kinds: _Kinds = {}
    choices: list[bytes] = []
    number = 0
    for is_indented, first, behind in _BEGINNINGS:
        bodies: list[bytes] = []
        for (reach, build, body), begins in known:
            if begins.may_be(frozenset(b"".join(re.findall(first, _EVERY_BYTE))), is_indented):
                inner = tuple(range(number + 1, number + begins.groups + 1))
                number += begins.groups + 1
                kinds[number] = (reach, build, inner)
                bodies.append(rb"(?:" + body + rb")()")
        blanks = rb"[ \t]++" if is_indented else rb""
        if bodies:
            choices.append(rb"(?=" + blanks + first + behind + rb")(?:" + rb"|".join(bodies) + rb")")
    # The end of the line before: `re` looks for one byte ten times as fast as for beginnings of lines.
    lead = rb"\n" + LINE_PREFIX.removeprefix(b"^")
    return re.compile(lead + rb"(?:" + rb"|".join(choices) + rb")", re.MULTILINE), kinds


def marks(raw: bytes, start: int, end: int) -> Iterator[Mark]:
    """The marks that begin in `raw[start:end]`, in order."""
    expression, kinds = _marks()
    limit = min(len(raw), end + _LONGEST_MARK)
    text, moved = (raw, 0) if start else (b"\n" + raw[:limit], 1)
    at = start + moved
    while (hit := expression.search(text, at - 1, limit + moved)) is not None:
        begins, at = hit.start() + 1, hit.end()
        if begins - moved >= end:
            return
        reach, build, inner = kinds[hit.lastindex or 0]
        said = [_text(hit[number]) for number in inner[:2]]
        yield Mark(begins - moved, at - moved, reach, build(*said, *("",) * (2 - len(said))))


def _text(raw: bytes | None) -> str:
    return (raw or b"")[:_LONGEST_ID].decode("utf-8", "replace")
