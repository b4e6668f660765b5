"""
The marks that test runners leave in a text: where a test begins to write, and where it ends.

One expression for all runners. Says what a line is, not whose output follows: that is `attribution`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

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


# Lines that cannot be a mark are told by their first byte: most of a log.
_FIRST = (
    rb"(?=[ \t<_=A-Z\[a-z.!/\\\-" + "●".encode()[:1] + rb"]"
    rb"|\d{1,4}(?:\) |/\d|% | features? | scenarios? ))"
)


@cache
def _mark() -> re.Pattern[bytes]:
    """Compiled when the first finding asks: it takes as long as a small scan."""
    alternatives = rb"|".join(rb"(" + body + rb")" for *_, body in KINDS)
    return re.compile(LINE_PREFIX + _FIRST + rb"(?:" + alternatives + rb")", re.MULTILINE)


@cache
def _outer_groups() -> dict[int, tuple[Reach, Build, int]]:
    """By the number of an alternative's own group: what it is, and how many groups it has inside."""
    found: dict[int, tuple[Reach, Build, int]] = {}
    number = 1
    for reach, build, body in KINDS:
        inner = re.compile(body).groups
        found[number] = (reach, build, inner)
        number += 1 + inner
    return found


def marks(raw: bytes, start: int, end: int) -> Iterator[Mark]:
    """The marks that begin in `raw[start:end]`, in order."""
    for hit in _mark().finditer(raw, start, min(len(raw), end + _LONGEST_MARK)):
        if hit.start() >= end:
            return
        number = hit.lastindex or 0
        reach, build, inner = _outer_groups()[number]
        said = [_text(hit[number + step]) if step <= inner else "" for step in (1, 2)]
        yield Mark(hit.start(), hit.end(), reach, build(*said))


def _text(raw: bytes | None) -> str:
    return (raw or b"")[:_LONGEST_ID].decode("utf-8", "replace")
