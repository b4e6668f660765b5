"""
Values that a failed assertion or a database's log shows alone: `but was:<[v]>`, `assert 'v' == …`,
`binding parameter [2] as [VARCHAR] - [v]`.

Nothing names them, but they end where they end. Knows nothing of what values mean.
"""

from __future__ import annotations

from collections.abc import Iterator

from leakgate.model.expressions import expression
from leakgate.model.spans import Span

ANCHOR = (
    rb"(?:but was|expected):? ?(?:<|&lt;)|assert (?:\\{0,4}[\"']|&quot;|&\#3[49];)|binding parameter [\[(]"
    rb"|(?:[Ee]xpected|[Rr]eceived|actual|got): {1,8}(?:\\{0,4}[\"']|&quot;|&\#3[49];)"
)
# A cell of a table whose header is elsewhere, as long as an identity card's number.
CELL_ANCHOR = rb"[,;\t][0-9XYZ]\d{7}[A-Z][,;\t\r\n]"
REACH = 260  # bytes
_QUOTE = rb"(?P<{0}>\\{{0,4}}[\"']|&quot;|&\#3[49];)"


def _quoted(number: int) -> bytes:
    name = b"q%d" % number
    return _QUOTE.replace(b"{0}", name).replace(b"{{0,4}}", b"{0,4}") + (
        rb"(?P<v%d>[^\n]{4,160}?)(?P=%b)" % (number, name)
    )


_SHOWN = expression(
    rb"(?:but was|expected):? ?(?:<|&lt;)\[?(?P<v1>[^\n<>\[\]&]{4,160})\]?(?:>|&gt;)"
    rb"|binding parameter [\[(]\d{1,3}(?:\]|[:)]) ?(?:as )?[\[(]?\w{1,20}[\])] (?:-|<-) "
    rb"\[(?P<v2>[^\n\[\]]{4,160})\]"
    rb"|assert "
    + _quoted(3)
    + rb"|(?:[Ee]xpected|[Rr]eceived|actual|got): {1,8}"
    + _quoted(4)
    + rb"|(?<=[,;\t])(?P<v5>[0-9XYZ]\d{7}[A-Z])(?=[,;\t\r\n])"
)


def values_shown(data: bytes, window: Span) -> Iterator[Span]:
    """Where such values stand, in order."""
    for hit in _SHOWN.finditer(data, window.start, window.end):
        group = next(name for name in ("v1", "v2", "v3", "v4", "v5") if hit[name] is not None)
        yield Span(*hit.span(group))
