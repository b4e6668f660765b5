"""What packets carry is put together by connection."""

from __future__ import annotations

import gzip
import random
import zlib

import pytest

from leakgate.unpack.formats.pcap_payloads import PcapPayloads
from tests.unit.unpack.formats.binary_fields_of import items_of, raw_of, texts_of

PCAP = PcapPayloads()


def _tcp(payload: bytes, sequence: int, port: int = 4000, six: bool = False) -> bytes:
    """An Ethernet frame from `port` to 80."""
    head = port.to_bytes(2, "big") + b"\0\x50" + (sequence % (1 << 32)).to_bytes(4, "big") + bytes(4)
    segment = head + b"\x50\x18" + bytes(6) + payload
    if six:
        packet = b"\x60\0\0\0" + len(segment).to_bytes(2, "big") + b"\x06\x40" + bytes(32) + segment
        return bytes(12) + b"\x86\xdd" + packet
    packet = b"\x45\0" + (20 + len(segment)).to_bytes(2, "big") + bytes(5) + b"\x06" + bytes(2)
    return bytes(12) + b"\x08\0" + packet + b"\x0a\0\0\1\x0a\0\0\2" + segment


def _pcap(*frames: bytes, order: str = "little") -> bytes:
    def number(value: int) -> bytes:
        return value.to_bytes(4, "little" if order == "little" else "big")

    head = number(0xA1B2C3D4) + bytes(16) + number(1)
    return head + b"".join(bytes(8) + number(len(frame)) * 2 + frame for frame in frames)


def _pcapng(*frames: bytes) -> bytes:
    def block(kind: int, body: bytes) -> bytes:
        body += bytes(-len(body) % 4)
        size = (12 + len(body)).to_bytes(4, "little")
        return kind.to_bytes(4, "little") + size + body + size

    data = block(0x0A0D0D0A, b"\x4d\x3c\x2b\x1a" + bytes(12)) + block(1, b"\1\0" + bytes(6))
    for frame in frames:
        data += block(6, bytes(12) + len(frame).to_bytes(4, "little") * 2 + frame)
    return data


@pytest.mark.parametrize(
    "capture",
    [
        _pcap(_tcp(b"GET /?token=", 1), _tcp(b"somebody", 13)),
        _pcap(_tcp(b"GET /?token=", 1), _tcp(b"somebody", 13), order="big"),
        _pcap(_tcp(b"somebody", 13), _tcp(b"GET /?token=", 1)),
        _pcap(_tcp(b"GET /?token=", -4), _tcp(b"somebody", 8)),
        _pcap(_tcp(b"GET /?tok", 1), _tcp(b"GET /?token=", 1), _tcp(b"en=somebody", 10)),
        _pcap(_tcp(b"GET /?token=", 1, six=True), _tcp(b"somebody", 13, six=True)),
        _pcap(_tcp(b"GET /?token=", 1), _tcp(b"another", 13, port=4001), _tcp(b"somebody", 13)),
        _pcapng(_tcp(b"GET /?token=", 1), _tcp(b"somebody", 13)),
    ],
)
def test_what_was_split_is_whole(capture: bytes) -> None:
    """In either byte order, out of order, around zero, sent again, over IPv6, among others, in pcapng."""
    assert b"GET /?token=somebody" == texts_of(PCAP, capture)[0].data


def test_pointer_names_both_ends_and_the_place_is_that_of_the_packet() -> None:
    """Each direction of a connection has its own."""
    [stream] = texts_of(PCAP, _pcap(_tcp(b"GET /?token=", 1), _tcp(b"somebody", 13)))

    assert ("/tcp/10.0.0.1:4000-10.0.0.2:80", b"somebody") == (
        stream.contexts.at(0).pointer,
        raw_of(stream, b"somebody"),
    )


@pytest.mark.parametrize(
    ("by", "packed"),
    [("gzip", gzip.compress(b"some body", mtime=0)), ("deflate", zlib.compress(b"some body"))],
)
def test_packed_bodies_are_unpacked(by: str, packed: bytes) -> None:
    """As the head of the message says."""
    said = b"HTTP/1.1 200 OK\r\nContent-Encoding: " + by.encode() + b"\r\nServer: x\r\n\r\n"

    [_, body] = texts_of(PCAP, _pcap(_tcp(said + packed[:9], 1), _tcp(packed[9:], len(said) + 10)))

    assert (b"some body", (by,)) == (body.data, body.decoded[-1:])


def test_body_in_chunks_is_unpacked() -> None:
    """The lengths between the chunks are taken out first."""
    packed = gzip.compress(b"some body")
    said = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n"
    chunks = b"5\r\n" + packed[:5] + b"\r\n%x\r\n" % len(packed[5:]) + packed[5:] + b"\r\n0\r\n\r\n"

    [_, body] = texts_of(PCAP, _pcap(_tcp(said + chunks, 1)))

    assert body.data == b"some body"


def test_noise_does_not_stop_the_reading() -> None:
    """Every beginning and every changed byte is read without an exception."""
    whole = _pcapng(_tcp(b"GET /?token=", 1), _tcp(b"somebody", 13))
    for length in range(12, len(whole)):
        items_of(PCAP, whole[:length])
    for seed in range(300):
        broken = bytearray(whole)
        broken[random.Random(seed).randrange(12, len(whole))] ^= 0xFF

        items_of(PCAP, bytes(broken))
