"""
Base64, standard and URL-safe, padded or not, on one line or wrapped.

Found by its structure: ASCII text leaves one bit in each of the first three characters of a quad clear,
which four quads of a hash, an identifier or a picture practically never have at a word's start
(57 hits in 58 MB of logs). Binary content is found by the start of what matters. Source: RFC 4648.
"""

from __future__ import annotations

import binascii
from collections.abc import Iterator, Sequence

from leakgate.model.detection import Pattern, Suspect
from leakgate.model.expressions import expression
from leakgate.model.segment import Segment
from leakgate.model.spans import Span
from leakgate.unpack.decoders.grouped import Groups, joined
from leakgate.unpack.decoders.payload import children, ends_within, is_text
from leakgate.unpack.decoders.wrapping import Alphabet, pieces

_ORDER = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_ALPHABET = Alphabet(_ORDER + b"-_", padding=b"=")
_STANDARD = bytes.maketrans(b"-_", b"+/")


def _sextets(clear: int) -> bytes:
    """The class of characters whose six bits have `clear` unset; never one of the last two."""
    return b"[" + bytes(char for number, char in enumerate(_ORDER) if not number & clear) + b"]"


_ANY = rb"[A-Za-z0-9+/_-]"
# A last deflate block without a header around it (RFC 1951, 3.2.3): 1 in 4 of random runs looks so.
_FINAL_BLOCK = rb"[BDFHJLNPRTVXZbdfhjlnprtvxz13579_][Q-Za-fw-z0-9+/_-]"
_QUAD = b"(?:[A-Za-f]" + _sextets(8) + _sextets(2) + _ANY + b")"
_WIDE = rb"(?:[A-Za-f][AQgw][AB]" + _ANY + rb"A[C-H][AEIMQUYcgkosw048]A)"

PATTERNS = tuple(
    Pattern(f"decode/base64-{name}", expression, max_width=72)
    for name, expression in (
        ("text", rb"\b" + _QUAD + b"{4}"),
        ("padded", rb"\b" + _QUAD + rb"{2,3}" + _ANY + rb"{2}(?:==|" + _ANY + b"=)"),
        ("basic", rb"[Bb]asic " + _QUAD + rb"{2}"),
        ("utf16", rb"\b" + _WIDE + b"{2}"),
        ("gzip", rb"\bH4sI" + _ANY + b"{16}"),
        ("zlib", rb"\beJ[wxyz0-9NA]" + _ANY + b"{21}"),
        ("deflate", rb"\bq1[YZ]" + _ANY + b"{21}"),  # a small JSON object
        ("zip", rb"\bUEsDB" + _ANY + b"{16}"),
        (
            "packed",
            rb"(?:\b(?:QlpoO|N3q8r|JVBER|U1FMa|YnBsaXN0M)|/Td6W|KLUv/)" + _ANY + b"{16}",
        ),  # bz2 7z pdf sqlite bplist xz zst
        ("inflates", rb"[\s\"'=:>,(\x1f]" + _FINAL_BLOCK + _ANY + rb"{62}"),  # else every long path is one
        ("der", rb"\bMII" + _ANY + b"{21}"),
        ("saml", rb"SAMLRe(?:quest|sponse)=" + _ANY + b"{16}"),
    )
)
_WEAK = "decode/base64-inflates"  # says so little that another hit in the same run must have its turn
# Each stands among 64 random characters; paths, names and digests lack one. The rarest first.
_KINDS = (expression(rb"[0-9]"), expression(rb"[A-Z]"), expression(rb"[a-z]"))
_EXACT = {pattern.id: expression(pattern.expression) for pattern in PATTERNS}
_OPENING = expression(rb"(?:[Bb]asic |=[\"']?)\Z")  # before a value that is not the rest of another
_LEAD = expression(rb"[Bb]asic |SAMLRe(?:quest|sponse)=")


class Base64:
    """Decodes the whole run around each suspect, in the phase in which it looks like text."""

    name = "base64"
    patterns = PATTERNS

    def decode(self, segment: Segment, suspects: Sequence[Suspect]) -> Iterator[Segment]:
        """At most one carrier per run; hits inside a run that was decoded are spent."""
        done = apart = -1
        weak = frozenset(_hits(segment.data, [s for s in suspects if s.pattern.id == _WEAK]))
        for hit in sorted(set(_hits(segment.data, suspects))):
            if hit < done:
                continue
            run = Span(_ALPHABET.start(segment.data, hit), _ALPHABET.end(segment.data, hit))
            # NOTE: Lines that make no sense together are tried together once: 4 MB took minutes.
            spans = [run] if hit < apart else _together(segment.data, pieces(segment.data, run, _ALPHABET))
            found = list(self._children(segment, spans, hit))
            if not found and len(spans) > 1:
                apart = spans[-1].end
                spans = [run]
                found = list(self._children(segment, spans, hit))
            if found or hit not in weak:
                done = spans[-1].end
            yield from found

    def _children(self, segment: Segment, spans: Sequence[Span], hit: int) -> Iterator[Segment]:
        """The run from its start in the hit's phase; where that is no text, from the hit itself."""
        start = spans[0].start
        for begin in dict.fromkeys((start + (hit - start) % 4, hit)):
            used = (Span(begin, spans[0].end), *spans[1:])
            coded = b"".join(segment.data[span.start : span.end] for span in used)
            raw = decoded(coded)
            if begin != hit and not is_text(raw):
                continue
            if not _header_of_token(segment.data, spans[-1].end, raw):
                yield from children(segment, raw, "base64", Groups(3, 4, len(coded), joined(used)), begin)
            return


def _together(data: bytes, spans: list[Span]) -> list[Span]:
    """`spans`, or the first alone where it is whole without those that stand below it by chance."""
    if len(spans) == 1:
        return spans
    first, second = spans[:2]
    wider = second.width > first.width and _column(data, second) == _column(data, first)
    if wider or _OPENING.search(data, max(0, second.start - 16), second.start):
        return spans[:1]
    alone = _raw(data, spans[:1])
    if not is_text(alone):
        return spans[:1] if ends_within(alone) else spans
    # The last line may be a word that happens to stand below.
    return next((some for some in (spans, spans[:-1]) if is_text(_raw(data, some))), spans[:1])


def _raw(data: bytes, spans: Sequence[Span]) -> bytes:
    return decoded(b"".join(data[span.start : span.end] for span in spans))


def _column(data: bytes, span: Span) -> int:
    return span.start - data.rfind(b"\n", max(0, span.start - 4096), span.start)


def decoded(coded: bytes) -> bytes:
    """The bytes of characters of either alphabet; a last one that stands for no byte is dropped."""
    usable = len(coded) - (len(coded) % 4 == 1)
    return binascii.a2b_base64(coded[:usable].translate(_STANDARD) + b"=" * (-usable % 4))


def _hits(data: bytes, suspects: Sequence[Suspect]) -> Iterator[int]:
    """Where the encoded text behind each hit begins."""
    for suspect in suspects:
        window = suspect.window
        for found in _EXACT[suspect.pattern.id].finditer(data, window.start, window.end):
            if suspect.pattern.id == _WEAK and not all(kind.search(found[0]) for kind in _KINDS):
                continue
            lead = _LEAD.match(data, found.start(), found.end())
            yield lead.end() if lead else found.start() + (suspect.pattern.id == _WEAK)


def _header_of_token(data: bytes, end: int, raw: bytes) -> bool:
    """The first part of a JWT says only how it is signed; its claims are a run of their own."""
    return data[end : end + 3] == b".ey" and b'"alg"' in raw
