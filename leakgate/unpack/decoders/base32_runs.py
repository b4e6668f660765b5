"""
Base32 of at least 24 characters, upper case, padded or not.

Found by the bits that ASCII text leaves clear in five of eight characters. Source: RFC 4648, 6.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence

from leakgate.model.detection import Pattern, Suspect
from leakgate.model.expressions import expression
from leakgate.model.offsets import Shift
from leakgate.model.segment import Segment
from leakgate.model.spans import Span
from leakgate.unpack.decoders.grouped import Groups
from leakgate.unpack.decoders.payload import children, is_text

_RUN = expression(rb"[A-Z2-7]+")
_ANY = rb"[A-Z2-7]"
_GROUP = (
    rb"(?:[A-P][ABEFIJMNQRUVYZ45]"
    + _ANY
    + rb"[A-HQ-X][ACEGIKMOQSUWY246]"
    + _ANY
    + rb"[A-DI-LQ-TY-Z2-3]"
    + _ANY
    + b")"
)
_FULL_GROUPS = frozenset((0, 2, 4, 5, 7))  # characters that a last group may have


class Base32:
    """Decodes the run at each suspect, if it is text."""

    name = "base32"
    patterns = (Pattern("decode/base32", rb"\b" + _GROUP + b"{3}", max_width=32),)

    def decode(self, segment: Segment, suspects: Sequence[Suspect]) -> Iterator[Segment]:
        done = -1
        for suspect in suspects:
            for hit in _ANCHOR.finditer(segment.data, suspect.window.start, suspect.window.end):
                if hit.start() < done:
                    continue
                run = _RUN.match(segment.data, hit.start())
                done = run.end() if run else hit.end()
                raw = decoded(segment.data[hit.start() : done])
                if is_text(raw):
                    yield from children(segment, raw, self.name, _back(Span(hit.start(), done)), hit.start())


def decoded(coded: bytes) -> bytes:
    """The bytes of a run; characters at its end that stand for no whole byte are dropped."""
    usable = len(coded)
    while usable % 8 not in _FULL_GROUPS:
        usable -= 1
    return base64.b32decode(coded[:usable] + b"=" * (-usable % 8))


def _back(run: Span) -> Groups:
    return Groups(5, 8, run.width, Shift(run.start))


_ANCHOR = expression(Base32.patterns[0].expression)
