"""
Quotes that are doubled to stand in a quoted string: `''` of SQL, `""` of CSV.

Sources: ISO 9075 on character literals; RFC 4180, 2.7. Empty strings call nobody.
"""

from __future__ import annotations

from collections.abc import Iterator

from leakgate.model.detection import Pattern
from leakgate.model.expressions import expression
from leakgate.model.spans import Span
from leakgate.unpack.decoders.rewriting import Replacement, Rewriting

_DOUBLED = expression(rb"''(?!')|\"\"(?!\")")
_KINDS = {b"''": "sql", b'""': "csv"}


def find_doubled(data: bytes, region: Span) -> Iterator[Replacement]:
    """Each pair as the one quote it stands for."""
    for found in _DOUBLED.finditer(data, region.start, region.end):
        yield Replacement(found.start(), found.end(), found[0][:1], _KINDS[found[0]])


DOUBLED_QUOTES = Rewriting(
    name="doubled-quotes",
    patterns=(
        Pattern("decode/sql-quote", rb"\w''\w", max_width=12),
        Pattern("decode/sql-opening", rb"[=(,] ?''\w", max_width=12),
        Pattern("decode/csv-quote", rb"\w\"\"[\w:]|[{,]\"\"\w", max_width=12),
    ),
    replacements=find_doubled,
)
