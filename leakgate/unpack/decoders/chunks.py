"""
Bodies in chunks, as HTTP/1.1 sends them: put together where traffic was recorded as it went by.

Source: RFC 9112, 7.1. Trailers stay where they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from leakgate.model.detection import Pattern, Suspect
from leakgate.model.expressions import expression
from leakgate.model.segment import Segment
from leakgate.model.spans import Span
from leakgate.unpack.decoders.grouped import joined
from leakgate.unpack.decoders.payload import children

_MOST_CHUNKS = 100_000
_SIZE = expression(rb"([0-9A-Fa-f]{1,7})(?:;[^\r\n]{0,200})?\r?\n")
_BODY = expression(rb"\r?\n\r?\n")
_LONGEST_HEAD = 16 * 1024


class Chunks:
    """Puts the chunks behind each announced header together, if there are several."""

    name = "chunked"
    patterns = (Pattern("decode/chunked", rb"(?i:transfer-encoding): ?(?i:chunked)", max_width=48),)

    def decode(self, segment: Segment, suspects: Sequence[Suspect]) -> Iterator[Segment]:
        data = segment.data
        for suspect in suspects:
            for hit in _ANCHOR.finditer(data, suspect.window.start, suspect.window.end):
                spans = list(_chunks(data, hit.end()))
                if len(spans) > 1:
                    raw = b"".join(data[span.start : span.end] for span in spans)
                    yield from children(segment, raw, self.name, joined(spans), spans[0].start)


def _chunks(data: bytes, head: int) -> Iterator[Span]:
    body = _BODY.search(data, head, head + _LONGEST_HEAD)
    at = body.end() if body is not None else len(data)
    for _ in range(_MOST_CHUNKS):
        size = _SIZE.match(data, at)
        if size is None or not int(size[1], 16):
            return
        end = min(len(data), size.end() + int(size[1], 16))
        yield Span(size.end(), end)
        at = end + (2 if data.startswith(b"\r\n", end) else 1)


_ANCHOR = expression(Chunks.patterns[0].expression)
