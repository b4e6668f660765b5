r"""
Compressed bytes that somebody printed as a literal: `b'\x1f\x8b\x08...'`, `"x\x9c..."`.

Text in literals is the business of `escapes`. Source: the Python reference on bytes literals; Ruby and
JavaScript write the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from leakgate.model.detection import Pattern, Suspect
from leakgate.model.expressions import expression
from leakgate.model.offsets import Whole
from leakgate.model.segment import Segment
from leakgate.model.spans import Span
from leakgate.unpack.decoders.payload import children

_LONGEST = 1 << 20
_BODY = rb"(?:[^\\\n%s]|\\(?:x[0-9A-Fa-f]{2}|[0-7]{1,3}|[^x0-7]))+"
_LITERALS = {quote: expression(_BODY % quote) for quote in (b"'", b'"')}
_ESCAPE = expression(rb"\\(?:x([0-9A-Fa-f]{2})|([0-7]{1,3})|(.))", re.DOTALL)
_PLAIN = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"a": b"\a", b"b": b"\b", b"f": b"\f", b"v": b"\v"}


class ByteLiterals:
    """Decodes the literal at each suspect; what it holds is found by the start of gzip, zlib or zip."""

    name = "bytes"
    patterns = (
        Pattern("decode/literal-gzip", rb"\\x1[fF]\\x8[bB]\\(?:x08|b)", max_width=32),
        Pattern("decode/literal-zlib", rb"[\"']x(?:\\x9[cC]|\\x01|\\x[dD][aA]|\^)[^\"']{8}", max_width=64),
        Pattern("decode/literal-zip", rb"[\"']PK\\x03\\x04", max_width=32),
    )

    def decode(self, segment: Segment, suspects: Sequence[Suspect]) -> Iterator[Segment]:
        data, done = segment.data, 0
        for suspect in sorted(suspects, key=lambda suspect: suspect.window):
            for hit in _ANCHOR.finditer(data, max(done, suspect.window.start), suspect.window.end):
                start = hit.start() + (data[hit.start()] in b"\"'")
                within = _LITERALS.get(data[start - 1 : start] if start else b"", _LITERALS[b"'"])
                literal = within.match(data, start, min(len(data), start + _LONGEST))
                if start < done or literal is None:
                    continue
                done = literal.end()
                raw = _ESCAPE.sub(_meaning, literal[0])
                yield from children(segment, raw, self.name, Whole(Span(start, done)), start)


def _meaning(hit: re.Match[bytes]) -> bytes:
    if hit[1] is not None:
        return bytes.fromhex(hit[1].decode("ascii"))
    if hit[2] is not None:
        return bytes((int(hit[2], 8) & 0xFF,))
    return _PLAIN.get(hit[3], hit[3])


_ANCHOR = expression(b"|".join(pattern.expression for pattern in ByteLiterals.patterns))
