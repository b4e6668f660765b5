"""
People named in public: authors in copyright lines, banners, citations, commit and package metadata.

Their names were published by themselves; no test leaked them.
"""

from __future__ import annotations

from leakgate.model.expressions import expression
from leakgate.model.spans import Span

_REASON = "public attribution of an author"
_MARK = expression(
    rb"(?i)copyright|\(c\)\s{0,2}(?:by\s|\d{4})|\xc2\xa9|all rights reserved|please cite|\bet al\b"
    rb"|(?:signed-off|co-authored|reviewed|acked|tested|reported|suggested)-by:"
    rb"|(?:^|[\s*#|/])(?:authors?|maintainers?|contributors?|credits)\s{0,2}:\s"
    rb"|\b(?:written|developed|created|maintained|programmed)\s(?:and\s\w{1,12}\s)?by\b|bug reports? to"
    rb"|\bv?\d+\.\d+[\w.-]{0,12},?\s(?:\([^)]{0,40}\)\s)?by\s"
)
_BANNER = expression(rb"^[ \t]*(?:\*|#|\||//|--|;;)")
_LINES = 12  # of a banner, before and after
_LONGEST_LINE = 400


def public_attribution(data: bytes, span: Span) -> str | None:
    """Why the person at `span` is named in public: by this line, or by the banner it stands in."""
    start, end = _line(data, span.start)
    if _MARK.search(data, start, end):
        return _REASON
    if not _BANNER.match(data[start:end]):
        return None
    return _REASON if any(_MARK.search(line) for line in _banner(data, start, end)) else None


def _line(data: bytes, offset: int) -> tuple[int, int]:
    low, high = max(0, offset - _LONGEST_LINE), min(len(data), offset + _LONGEST_LINE)
    start = data.rfind(b"\n", low, offset) + 1 or low
    end = data.find(b"\n", offset, high)
    return start, end if end >= 0 else high


def _banner(data: bytes, start: int, end: int) -> list[bytes]:
    """The lines around that begin like a banner, up to the first that does not."""
    before = data[max(0, start - _LINES * _LONGEST_LINE) : start].split(b"\n")[:-1][-_LINES:]
    after = data[end + 1 : end + 1 + _LINES * _LONGEST_LINE].split(b"\n")[:_LINES]
    found: list[bytes] = []
    for lines in (before[::-1], after):
        for line in lines:
            if not _BANNER.match(line):
                break
            found.append(line)
    return found
