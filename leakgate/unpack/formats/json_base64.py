"""
Bodies that a document itself calls Base64: the text they hold, and the map back, exact to the quad.

Never guesses: without the document's word the decoders of the detection stage are asked. Bodies that
are no text once decoded (images, archives) are left to them too.
"""

from __future__ import annotations

import binascii

from leakgate.model.expressions import expression
from leakgate.model.limits import MIB
from leakgate.model.offsets import Edit, Edits, Lazy, OffsetMap, Whole
from leakgate.model.records import dataclass
from leakgate.model.spans import Span
from leakgate.unpack import brotli_codec
from leakgate.unpack.encodings import encoding_of
from leakgate.unpack.formats.json_nodes import Key
from leakgate.unpack.formats.json_reader import Value
from leakgate.unpack.formats.json_strings import back_to, unescaped

# Members that are Base64 by their name: WireMock; Betamax and VCR; OpenTelemetry.
_ENCODED = frozenset((b"base64Body", b"base64_string", b"base64String", b"bytesValue"))
# Members that are if the one beside them says so: `encoding` in HAR, `encoded` in Pact.
_SAYS_SO = (b"encoding", b"encoded")
_NAMED = frozenset((b"text", b"body", b"content", b"string", b"data"))
_NO_DIGIT = expression(rb"[^A-Za-z0-9+/_\-]+")
_HEAD = 64 * 1024
_MOST_UNPACKED = 64 * MIB
NAMES = _SAYS_SO


def may_encode(key: Key) -> bool:
    """Whether a value under `key` is Base64, or would be if the one beside it said so."""
    return key in _ENCODED or key in _NAMED


def body(data: bytes, value: Value) -> tuple[bytes, OffsetMap] | None:
    """What the body decodes to, with the map to the document; None for any other value."""
    node, key, start, end = value
    if key not in _ENCODED and not (key in _NAMED and any(node.text(n) == "base64" for n in _SAYS_SO)):
        return None
    raw = data[start:end]
    written = unescaped(raw)
    digits = _NO_DIGIT.sub(b"", written)
    decoded = _decoded(digits)
    if decoded and encoding_of(decoded[:_HEAD]) is None and (text := _from_brotli(decoded)):
        return text, Whole(Span(start, end))
    if not decoded or b"\0" in decoded[:_HEAD] or encoding_of(decoded[:_HEAD]) is None:
        return None
    return decoded, Lazy(lambda: _Quads(_gaps(written), back_to(raw, start)))


def _from_brotli(packed: bytes) -> bytes | None:
    """The text of a body that was sent with `Content-Encoding: br`, which no magic tells."""
    shown = brotli_codec.beginning(packed)
    if len(shown) < brotli_codec.LEAST or encoding_of(shown) is None:
        return None
    return brotli_codec.unpacked(packed, _MOST_UNPACKED)


def _decoded(digits: bytes) -> bytes:
    """As far as it goes: a last quad of one digit says nothing."""
    whole = digits[: len(digits) - (len(digits) % 4 == 1)]
    return binascii.a2b_base64(whole.translate(_URL_SAFE) + b"=" * (-len(whole) % 4))


_URL_SAFE = bytes.maketrans(b"-_", b"+/")


def _gaps(written: bytes) -> OffsetMap:
    return Edits(Edit(hit.start(), hit.end(), 0) for hit in _NO_DIGIT.finditer(written))


@dataclass(frozen=True, slots=True)
class _Quads:
    """Three bytes are four digits; then what stood between the digits, then the escapes."""

    digits: OffsetMap
    string: OffsetMap

    def to_parent(self, span: Span) -> Span:
        quads = Span(span.start // 3 * 4, (span.end + 2) // 3 * 4)
        return self.string.to_parent(self.digits.to_parent(quads))
