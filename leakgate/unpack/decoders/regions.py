"""
The stretches of a segment that a decoder rewrites: the lines around its suspects, bounded.

Never decodes anything; never looks further than 8 KiB from a suspect.
"""

from __future__ import annotations

from collections.abc import Sequence

from leakgate.model.detection import Suspect
from leakgate.model.expressions import expression
from leakgate.model.spans import Span

_REACH = 8 * 1024
# NOTE: A cut inside a token would show a shorter one in the child, which would be a finding of its own.
_CUT_SEARCH = 1024
_BREAK = expression(rb"[\s,;]")


def regions(data: bytes, suspects: Sequence[Suspect]) -> list[Span]:
    """Whole lines where they are short, else stretches cut at a space; ascending, apart from each other."""
    found: list[Span] = []
    for hits in sorted(_hits(suspect, len(data)) for suspect in suspects):
        if found and hits.end <= found[-1].end:
            continue
        here = Span(_start(data, hits.start), _end(data, hits.end))
        if found and here.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, here.end))
        else:
            found.append(here)
    return found


def _hits(suspect: Suspect, size: int) -> Span:
    """
    From the last byte of the first hit to the end of the last one.

    A window reaches as far to both sides; where the segment cut it, that end of the window itself.
    """
    window, reach = suspect.window, suspect.pattern.max_width or 0
    start = min(window.start + reach - 1, window.end) if window.start and reach else window.start
    end = window.end if window.end == size else max(window.end - reach, start)
    return Span(start, end)


def _start(data: bytes, at: int) -> int:
    low = max(0, at - _REACH)
    newline = data.rfind(b"\n", low, at)
    if newline >= 0:
        return newline + 1
    cut = _BREAK.search(data, low, min(at, low + _CUT_SEARCH)) if low else None
    return cut.end() if cut else low


def _end(data: bytes, at: int) -> int:
    if at and data[at - 1] == _NEWLINE:
        return at - 1
    high = min(len(data), at + _REACH)
    newline = data.find(b"\n", at, high)
    if newline >= 0:
        return newline
    if high == len(data):
        return high
    tail = max(at, high - _CUT_SEARCH)
    cuts = [found.start() for found in _BREAK.finditer(data, tail, high)]
    return cuts[-1] if cuts else high


_NEWLINE = 10
