"""
What was said in captured traffic: each direction of a TCP connection as one text, in order, nothing twice.

So a token that two packets share is whole. HTTP bodies that were compressed are unpacked; datagrams and
what is encrypted are left to the printable strings. Never follows what a packet asks for.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from itertools import accumulate

from leakgate.model.expressions import expression
from leakgate.model.gap import Gap
from leakgate.model.limits import MIB
from leakgate.model.offsets import Lazy, OffsetMap, Pieces, Shift, Whole
from leakgate.model.records import dataclass
from leakgate.model.segment import Context, Segment, SegmentKind
from leakgate.model.spans import Span
from leakgate.unpack.control import without_control
from leakgate.unpack.formats.pcap_packets import PCAP, PCAPNG, Packet, packets

_WRAPS = 1 << 32
_MOST_BODY = 16 * MIB
_MOST_RATIO = 200
_FREE_RATIO_BYTES = MIB
_PACKED_BODY = expression(
    rb"\r\ncontent-encoding:[ \t]*(?:x-)?(?P<by>gzip|deflate)[ \t]*\r\n"
    rb"(?P<rest>(?:[^\r\n]{1,8192}\r\n){0,100})\r\n",
    re.IGNORECASE,
)
_CHUNKED = expression(rb"^transfer-encoding:[ \t]*chunked[ \t]*\r$", re.IGNORECASE | re.MULTILINE)
_CHUNK = expression(rb"(?:\r\n)?([0-9a-fA-F]{1,8})[^\r\n]{0,256}\r\n")
_HEADERS_BEFORE = 8192  # bytes of the same head in which the other header may stand
_ZIP_END = b"PK\5\6"


class PcapPayloads:
    """pcap and pcapng by their magic numbers."""

    name = "packet capture"

    def matches(self, head: bytes, name: str) -> bool:
        return head.startswith(PCAP) or (head.startswith(PCAPNG) and head[8:12] in _ORDERS)

    def read(self, document: Segment) -> Iterator[Segment | Gap]:
        """A segment for each direction of a connection, and for each body in it that was packed."""
        for stream in _streams(document.data):
            segment = stream.segment(document)
            yield without_control(segment) or segment
            yield from _bodies(segment)


_ORDERS = (b"\x1a\x2b\x3c\x4d", b"\x4d\x3c\x2b\x1a")


@dataclass(frozen=True, slots=True)
class _Stream:
    """What one side said; `spans` are the places of its parts, in the order of the connection."""

    name: str
    spans: tuple[tuple[int, int], ...]

    def segment(self, document: Segment) -> Segment:
        data = b"".join(document.data[start:end] for start, end in self.spans)
        widths = (end - start for start, end in self.spans[:-1])

        def back() -> OffsetMap:
            return Pieces(accumulate(widths, initial=0), (Shift(start) for start, _ in self.spans))

        # NOTE: Decoded segments are asked for archives; a download at the end must not hide the rest.
        by = () if _ZIP_END in data[-70_000:] else ("tcp",)
        return Segment(
            text=document.text,
            data=data,
            kind=SegmentKind.LOG,
            trail=document.trail.through(Lazy(back)),
            contexts=_Constant(Context(f"/tcp/{self.name}")),
            decoded=document.decoded + by,
        )


@dataclass(frozen=True, slots=True)
class _Constant:
    context: Context

    def at(self, offset: int) -> Context:
        return self.context


def _streams(data: bytes) -> Iterator[_Stream]:
    by_side: dict[tuple[str, str], list[Packet]] = {}
    for packet in packets(data):
        if packet.sequence is not None:
            by_side.setdefault((packet.source, packet.target), []).append(packet)
    for (source, target), sent in by_side.items():
        yield _Stream(f"{source}-{target}", tuple(_in_order(sent)))


def _in_order(sent: list[Packet]) -> Iterator[tuple[int, int]]:
    """The places of the parts by sequence number, which may wrap around; what was sent again once only."""
    first = sent[0].sequence or 0
    half = _WRAPS // 2
    placed = sorted((((p.sequence or 0) - first + half) % _WRAPS - half, p.start, p.end) for p in sent)
    reached = placed[0][0]
    for at, start, end in placed:
        known = max(0, reached - at)
        if known < end - start:
            yield start + known, end
            reached = max(reached, at + end - start)


def _bodies(stream: Segment) -> Iterator[Segment]:
    """The bodies that their heads call compressed."""
    for head in _PACKED_BODY.finditer(stream.data):
        before = stream.data[max(0, head.start() - _HEADERS_BEFORE) : head.start() + 2]
        before = before[before.rfind(b"\r\n\r\n") + 1 :]
        packed, end = stream.data[head.end() : head.end() + _MOST_BODY], head.end() + _MOST_BODY
        if _CHUNKED.search(before) or _CHUNKED.search(head["rest"]):
            packed, end = _unchunked(stream.data, head.end())
        text, rest = _inflated(packed, head["by"].lower())
        end = min(end, len(stream.data)) - rest
        if text and end > head.end():
            yield stream.derived(text, by=head["by"].decode().lower(), back=Whole(Span(head.end(), end)))


def _unchunked(data: bytes, at: int) -> tuple[bytes, int]:
    """The chunks of a body put together, and where they end; as far as they go."""
    parts: list[bytes] = []
    size = 0
    while size < _MOST_BODY and (hit := _CHUNK.match(data, at)):
        length = int(hit[1], 16)
        parts.append(data[hit.end() : hit.end() + length])
        size += len(parts[-1])
        at = hit.end() + length
        if not length:
            break
    return b"".join(parts), at


def _inflated(packed: bytes, by: bytes) -> tuple[bytes, int]:
    """The text, bounded, and how many bytes stand behind its packed form; nothing for damage."""
    most = min(_MOST_BODY, max(_FREE_RATIO_BYTES, len(packed) * _MOST_RATIO))
    for wbits in (31,) if by == b"gzip" else (15, -15):
        with suppress(zlib.error):
            codec = zlib.decompressobj(wbits)
            return codec.decompress(packed, most), len(codec.unused_data)
    return b"", 0
