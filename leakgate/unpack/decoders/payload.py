"""
What decoded bytes are worth: text, something compressed, an archive, printable parts of a binary, or nothing.

Decides which children a value that was decoded to bytes gets; never decodes the carrier itself.
"""

from __future__ import annotations

import bz2
import codecs
import lzma
import zlib
from collections.abc import Iterator

from leakgate.model.expressions import expression
from leakgate.model.limits import MIB
from leakgate.model.offsets import OffsetMap, Pieces, Shift, Whole
from leakgate.model.segment import Segment, SegmentKind
from leakgate.model.spans import Span
from leakgate.unpack import brotli_codec
from leakgate.unpack.control import without_control
from leakgate.unpack.transcode import Transcoded

_LEAST = 4  # bytes; shorter values hold nothing that a recognizer could be sure of
_MOST_INFLATED = 64 * MIB
_MOST_RATIO = 200
_FREE_RATIO_BYTES = MIB  # below this much output a ratio says nothing
_TEXT = bytes(range(0x20, 0x7F)) + b"\t\n\r\x1b" + bytes(range(0x80, 0x100))
_RUN = expression(rb"[\x20-\x7e]{6,}")
_LABEL = expression(rb"(?<![\w.-])[\w.-]{1,48}+\\{0,3}[\"']?[ \t]{0,2}(?::|=>?)[ \t]{0,8}\\{0,3}[\"']?\Z")
_LONGEST_LABEL = 80
_LONGEST_LABELLED = 4096
_DOCUMENT_STARTS = (b"{", b"[", b"<")
_LEAST_PRINTABLE = 0.25  # share of a binary that stands in printable runs; noise has below 0.01
# Pictures, fonts, sound: no text to find, and screenshots are what test reports carry most of.
_MEDIA = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"BM",
    b"RIFF",
    b"wOFF",
    b"wOF2",
    b"OTTO",
    b"\0\1\0\0",
    b"\0\0\1\0",
    b"\x1aE\xdf\xa3",
    b"OggS",
    b"ID3",
)
# What the unpacker opens, and binary documents that have readers of their own.
_ARCHIVES = (b"PK\3\4", b"7z\xbc\xaf\x27\x1c", b"\xfd7zXZ\0", b"BZh", b"\x28\xb5\x2f\xfd")
_DOCUMENTS = (b"%PDF-", b"SQLite format 3\0", b"bplist00", b"PAR1", b"Obj\1")
_BZIP2 = b"BZh"
_XZ = b"\xfd7zXZ\0"
_GZIP = b"\x1f\x8b\x08"
_GZIP_HEADER = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"
_FINAL_BLOCKS = (3, 5)  # the low bits of a last block with fixed or dynamic codes: RFC 1951, 3.2.3
_DEFLATED_OBJECT = b"\xab\x56"  # `{"` in the fixed codes of RFC 1951, 3.2.6
_ZLIB = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")


def children(segment: Segment, raw: bytes, by: str, back: OffsetMap, at: int) -> Iterator[Segment]:
    """
    The segments to scan for `raw`, which `segment` carries from offset `at` on, encoded as `by`.

    None for noise and media. A short text keeps the label before it: `password: aHVudGVyMg==` says
    more than its value.
    """
    if len(raw) < _LEAST:
        return
    if is_text(raw):
        yield _labelled(segment, raw, by, back, at)
        return
    if raw.startswith(_MEDIA):
        return
    carrier = segment.derived(raw, by=by, back=back, kind=SegmentKind.BLOB)
    if raw.startswith((*_ARCHIVES, *_DOCUMENTS)):
        yield _unpressed(carrier) or carrier
    elif raw.startswith(_GZIP):
        # The unpacker opens what is damaged, a bomb or an archive, and says so.
        yield _inflated(carrier, "gzip", 31) or carrier
    elif raw.startswith(_ZLIB) and (inflated := _inflated(carrier, "zlib", 15)):
        yield inflated
    elif found := _from_utf16(carrier) or _inflated(carrier, "deflate", -15) or _from_brotli(carrier):
        yield found
    elif _share_printable(raw) >= _LEAST_PRINTABLE:
        yield carrier


def is_text(raw: bytes) -> bool:
    """UTF-8 (its end may be cut off) with hardly a control character."""
    if len(raw.translate(None, _TEXT)) * 50 > len(raw):
        return False
    try:
        codecs.utf_8_decode(raw, "strict", False)
    except UnicodeDecodeError:
        return False
    return True


def is_packed(raw: bytes) -> bool:
    """Whether `raw` begins like a compressed stream, an archive or a document with a reader of its own."""
    return _begins_as_told(raw) or raw.startswith((*_ARCHIVES, *_DOCUMENTS))


def ends_within(raw: bytes) -> bool:
    """Whether `raw` begins with a compressed stream that is whole; a huge one counts as not whole."""
    codec = _codec(raw)
    if codec is None:
        return False
    try:
        data = codec.decompress(raw, _FREE_RATIO_BYTES)
    except (OSError, zlib.error, lzma.LZMAError):
        return False
    # A stream without a header ends by chance too, but not behind a text.
    return codec.eof and (_begins_as_told(raw) or (len(data) >= _LEAST and is_text(data)))


def _begins_as_told(raw: bytes) -> bool:
    return raw.startswith((_GZIP, _DEFLATED_OBJECT, _BZIP2, _XZ, *_ZLIB))


def _codec(raw: bytes) -> zlib._Decompress | bz2.BZ2Decompressor | lzma.LZMADecompressor | None:
    """By the start of a stream."""
    if raw.startswith((_GZIP, *_ZLIB)):
        return zlib.decompressobj(47)  # with either header
    if raw.startswith(_BZIP2):
        return bz2.BZ2Decompressor()
    if raw.startswith(_XZ):
        return lzma.LZMADecompressor(memlimit=_MOST_INFLATED)
    return zlib.decompressobj(-15) if raw[:1] and raw[0] & 7 in _FINAL_BLOCKS else None


def _labelled(segment: Segment, text: bytes, by: str, back: OffsetMap, at: int) -> Segment:
    label = _LABEL.search(segment.data, max(0, at - _LONGEST_LABEL), at)
    if label and len(text) <= _LONGEST_LABELLED and text[:1] not in _DOCUMENT_STARTS:
        back = Pieces((0, len(label[0])), (Shift(label.start()), back))
        text = label[0] + text
    child = segment.derived(text, by=by, back=back, kind=SegmentKind.LOG)
    return without_control(child) or child


def _from_utf16(carrier: Segment) -> Segment | None:
    """The text that mostly Latin UTF-16 is."""
    raw = carrier.data
    codec = _wide_codec(raw)
    if codec is None:
        return None
    data = raw[: len(raw) & ~1].decode(codec, "replace").encode("utf-8", "replace")
    if not is_text(data):
        return None
    text = carrier.derived(data, by=codec, back=Transcoded(data, codec), kind=SegmentKind.LOG)
    return without_control(text) or text


def _wide_codec(raw: bytes) -> str | None:
    """By where the zero bytes of mostly Latin text stand."""
    half = len(raw) // 2
    if half < 6:
        return None
    if raw[1::2].count(0) * 4 > half * 3 and raw[0::2].count(0) * 10 < half:
        return "utf-16-le"
    if raw[0::2].count(0) * 4 > half * 3 and raw[1::2].count(0) * 10 < half:
        return "utf-16-be"
    return None


def _inflated(carrier: Segment, by: str, wbits: int) -> Segment | None:
    """
    The text that a compressed value unpacks to; what there is of a truncated one.

    A zlib bomb comes back as a gzip stream, for the unpacker to stop and to report. None for damage,
    for what is no text, and for gzip that the unpacker does better.
    """
    packed = carrier.data
    most = min(_MOST_INFLATED, max(_FREE_RATIO_BYTES, len(packed) * _MOST_RATIO))
    codec = zlib.decompressobj(wbits)
    try:
        data = codec.decompress(packed, most)
    except zlib.error:
        return None
    whole = Whole(Span(0, len(packed)))
    if not codec.eof and by != "zlib":
        return None
    if not codec.eof and len(data) >= most:
        return carrier.derived(_GZIP_HEADER + packed[2:], by=by, back=whole)
    inner = carrier.derived(data, by=by, back=whole, kind=SegmentKind.LOG)
    if len(data) < _LEAST or not is_text(data):
        return _from_utf16(inner)
    return without_control(inner) or inner


def _unpressed(carrier: Segment) -> Segment | None:
    """The text that a whole bzip2 or xz stream unpacks to; the unpacker does better with all else."""
    packed = carrier.data
    codec = _codec(packed)
    if codec is None or not packed.startswith((_BZIP2, _XZ)):
        return None
    by = "bzip2" if packed.startswith(_BZIP2) else "xz"
    most = min(_MOST_INFLATED, max(_FREE_RATIO_BYTES, len(packed) * _MOST_RATIO))
    try:
        data = codec.decompress(packed, most)
    except (OSError, lzma.LZMAError):
        return None
    if not codec.eof or len(data) < _LEAST or not is_text(data):
        return None
    inner = carrier.derived(data, by=by, back=Whole(Span(0, len(packed))), kind=SegmentKind.LOG)
    return without_control(inner) or inner


def _from_brotli(carrier: Segment) -> Segment | None:
    """The text that a whole Brotli stream unpacks to."""
    packed = carrier.data
    if not is_text(shown := brotli_codec.beginning(packed)) or len(shown) < brotli_codec.LEAST:
        return None
    most = min(_MOST_INFLATED, max(_FREE_RATIO_BYTES, len(packed) * _MOST_RATIO))
    data = brotli_codec.unpacked(packed, most)
    if data is None or not is_text(data):
        return None
    inner = carrier.derived(data, by="brotli", back=Whole(Span(0, len(packed))), kind=SegmentKind.LOG)
    return without_control(inner) or inner


def _share_printable(raw: bytes) -> float:
    return sum(map(len, _RUN.findall(raw))) / len(raw)
