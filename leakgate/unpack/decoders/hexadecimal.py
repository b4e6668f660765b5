"""
Runs of hex digits that are text: audit logs, database dumps, `0x` literals, `X'...'`.

Found by the first digits of ASCII, of which twelve pairs in a row are rare in digests (4 hits in 58 MB).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from leakgate.model.detection import Pattern, Suspect
from leakgate.model.expressions import expression
from leakgate.model.segment import Segment
from leakgate.model.spans import Span
from leakgate.unpack.decoders.grouped import Groups, joined
from leakgate.unpack.decoders.payload import children, ends_within, is_text
from leakgate.unpack.decoders.wrapping import Alphabet, pieces

_DIGITS = Alphabet(b"0123456789abcdefABCDEF")
_PAIR = rb"(?:[2-7][0-9A-Fa-f])"


class Hexadecimal:
    """Decodes the run at each suspect, also over several lines; binary content only if it is worth it."""

    name = "hex"
    patterns = (
        Pattern("decode/hex-run", rb"\b" + _PAIR + b"{12}", max_width=32),
        Pattern("decode/hex-literal", rb"0[xX]" + _PAIR + b"{8}", max_width=32),
        Pattern("decode/hex-bytea", rb"\\x" + _PAIR + b"{8}", max_width=32),  # as PostgreSQL prints bytes
        Pattern("decode/hex-gzip", rb"(?:\b(?:0x)?|\\x)1[fF]8[bB]08[0-9A-Fa-f]{20}", max_width=32),
        Pattern(
            "decode/hex-zlib", rb"(?:\b(?:0x)?|\\x)78(?:01|5[eE]|9[cC]|[dD][aA])[0-9A-Fa-f]{40}", max_width=64
        ),
    )

    def decode(self, segment: Segment, suspects: Sequence[Suspect]) -> Iterator[Segment]:
        data, done, apart = segment.data, -1, -1
        for start in sorted(set(_starts(data, suspects))):
            if start < done:
                continue
            run = Span(start, _DIGITS.end(data, start))
            alone = start < apart or ends_within(_decoded(data, [run]))
            spans = [run] if alone else pieces(data, run, _DIGITS)
            raw = _decoded(data, spans)
            if not _worth(raw) and len(spans) > 1:
                apart = spans[-1].end
                spans = [run]
                raw = _decoded(data, spans)
            done = spans[-1].end
            if _worth(raw):
                back = Groups(1, 2, sum(span.width for span in spans), joined(spans))
                yield from children(segment, raw, self.name, back, start)


def _worth(raw: bytes) -> bool:
    return is_text(raw) or raw.startswith((b"\x1f\x8b", b"x\x01", b"x\x5e", b"x\x9c", b"x\xda"))


def _decoded(data: bytes, spans: Sequence[Span]) -> bytes:
    digits = b"".join(data[span.start : span.end] for span in spans).decode("ascii")
    return bytes.fromhex(digits[: len(digits) & ~1])


def _starts(data: bytes, suspects: Sequence[Suspect]) -> Iterator[int]:
    for suspect in suspects:
        for found in _EXACT[suspect.pattern.id].finditer(data, suspect.window.start, suspect.window.end):
            yield found.start() + 2 * (found[0][:2] in (b"0x", b"0X", b"\\x"))


_EXACT = {pattern.id: expression(pattern.expression) for pattern in Hexadecimal.patterns}
