"""
Encodings that say where they begin and end: uuencode (`begin 644 x` to `end`), Ascii85 (`<~` to `~>`).

Sources: POSIX on `uuencode`; Adobe's PostScript reference on ASCII base-85 strings.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Sequence

from leakgate.model.detection import Pattern, Suspect
from leakgate.model.expressions import expression
from leakgate.model.offsets import Pieces, Whole
from leakgate.model.segment import Segment
from leakgate.model.spans import Span
from leakgate.unpack.decoders.payload import children

_MOST_LINES = 200_000
_LONGEST = 1 << 22


class Armoured:
    """Decodes what stands between the marks; the place of a value is its line, or the whole."""

    name = "armour"
    patterns = (
        Pattern("decode/uuencode", rb"\bbegin [0-7]{3,4} [^\s]", max_width=32),
        Pattern("decode/ascii85", rb"<~[!-uz\s]{8}", max_width=32),
    )

    def decode(self, segment: Segment, suspects: Sequence[Suspect]) -> Iterator[Segment]:
        data, done = segment.data, 0
        for suspect in sorted(suspects, key=lambda suspect: suspect.window):
            for hit in _ANCHOR.finditer(data, max(done, suspect.window.start), suspect.window.end):
                if hit.start() < done:
                    continue
                yield from _ascii85(segment, hit.start()) if hit[0][:1] == b"<" else _uu(segment, hit.start())
                done = hit.end()


def _ascii85(segment: Segment, start: int) -> Iterator[Segment]:
    end = segment.data.find(b"~>", start, start + _LONGEST)
    if end < 0:
        return
    try:
        raw = base64.a85decode(segment.data[start : end + 2], adobe=True)
    except ValueError:
        return
    yield from children(segment, raw, "ascii85", Whole(Span(start, end + 2)), start)


def _uu(segment: Segment, start: int) -> Iterator[Segment]:
    data = segment.data
    lead = start - (
        data.rfind(b"\n", max(0, start - 4096), start) + 1
    )  # a logger's prefix is as wide everywhere
    at = data.find(b"\n", start, start + 4096) + 1
    parts: list[bytes] = []
    starts: list[int] = []
    places: list[Whole] = []
    size = 0
    for _ in range(_MOST_LINES if at else 0):
        newline = data.find(b"\n", at, at + 4096)
        end = newline if newline >= 0 else len(data)
        line = data[at + lead : end].rstrip(b"\r")
        if not line.strip(b"` ") or line == b"end":
            break
        try:
            raw = binascii.a2b_uu(line)
        except binascii.Error:
            break
        parts.append(raw)
        starts.append(size)
        places.append(Whole(Span(at + lead, at + lead + len(line))))
        size += len(raw)
        at = end + 1
        if newline < 0:
            break
    if parts:
        yield from children(segment, b"".join(parts), "uuencode", Pieces(starts, places), start)


_ANCHOR = expression(b"|".join(pattern.expression for pattern in Armoured.patterns))
