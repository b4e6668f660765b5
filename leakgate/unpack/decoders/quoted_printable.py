"""
Quoted-printable text, as in mails: `=3D`, and lines that go on behind a `=` at their end.

Source: RFC 2045, 6.7. Only text that shows one of its unmistakable marks is taken for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from leakgate.model.detection import Pattern, Suspect
from leakgate.model.expressions import expression
from leakgate.model.spans import Span
from leakgate.unpack.decoders.regions import regions
from leakgate.unpack.decoders.rewriting import Replacement, Rewriting

_ESCAPE = expression(rb"=(?:([0-9A-Fa-f]{2})|[ \t]*\r?\n)")
_MOST_LINES = 200
_LONGEST_LINE = 76  # characters with the `=` at the end


def find_quoted(data: bytes, region: Span) -> Iterator[Replacement]:
    """Octets, and the soft line breaks that join two lines."""
    for found in _ESCAPE.finditer(data, region.start, region.end):
        if not found[1] and not _soft(data, found.start()):
            continue
        text = bytes((int(found[1], 16),)) if found[1] else b""
        yield Replacement(found.start(), found.end(), text, "quoted-printable")


def _soft(data: bytes, at: int) -> bool:
    """Whether the `=` at `at` may break its line softly: behind base64 on a longer line it is padding."""
    return at < _LONGEST_LINE or data.rfind(b"\n", at - _LONGEST_LINE, at) >= 0


def _joined_regions(data: bytes, suspects: Sequence[Suspect]) -> list[Span]:
    """Regions that go on to the line before and after as long as a soft break says so."""
    found: list[Span] = []
    for region in regions(data, suspects):
        here = Span(_back(data, region.start), _on(data, region.end))
        if found and here.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, here.end))
        else:
            found.append(here)
    return found


def _back(data: bytes, start: int) -> int:
    for _ in range(_MOST_LINES):
        if not data[max(0, start - 3) : start].replace(b"\r", b"").endswith(b"=\n"):
            break
        start = data.rfind(b"\n", 0, start - 1) + 1
    return start


def _on(data: bytes, end: int) -> int:
    for _ in range(_MOST_LINES):
        if end >= len(data) or not data[max(0, end - 2) : end].rstrip(b"\r").endswith(b"="):
            break
        newline = data.find(b"\n", end + 1)
        end = len(data) if newline < 0 else newline
    return end


QUOTED_PRINTABLE = Rewriting(
    name="quoted-printable",
    patterns=(
        Pattern("decode/quoted-equals", rb"=3[Dd]", max_width=12),
        Pattern("decode/quoted-utf8", rb"=[C-F][0-9A-F]=[89AB][0-9A-F]", max_width=12),
        Pattern("decode/quoted-break", rb"[!-<>-~][!-<>-~ ]{66,73}[!-<>-~]=\r?\n", max_width=80),
    ),
    replacements=find_quoted,
    around=_joined_regions,
)
