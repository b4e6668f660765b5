"""
Values that somebody cut or masked at their end: `eyJhbGciOi...`, `… (truncated)`, `.***`.

For values that machines make; what is left of them opens nothing. Never says that a value is real.
"""

from __future__ import annotations

from leakgate.model.expressions import expression
from leakgate.model.spans import Span

_MARK = expression(
    rb"\.{3}(?![\w.])|\xe2\x80\xa6|\.?\*{3}"
    rb"|\s?[\[(<](?:truncated|cut|snip|\.\.\.|\d+ (?:more|bytes|chars))"
)
_DOTS = b"..."
_LONGEST = 64  # characters that a logger leaves; of a longer value enough may be left


def why_cut(data: bytes, span: Span) -> str | None:
    """Why the value at `span` is only its beginning, by the mark at its end or right behind it."""
    ends = data[span.start : span.end].endswith(_DOTS)
    short = span.width <= _LONGEST
    return "cut off" if short and (ends or _MARK.match(data, span.end)) else None
