"""
The packets of capture files, pcap and pcapng, and where their payload stands.

Sources: draft-ietf-opsawg-pcap, draft-ietf-opsawg-pcapng; RFC 791, 8200, 9293, 768. Never joins packets.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from ipaddress import ip_address
from typing import Literal

from leakgate.model.records import dataclass

PCAP = (b"\xa1\xb2\xc3\xd4", b"\xd4\xc3\xb2\xa1", b"\xa1\xb2\x3c\x4d", b"\x4d\x3c\xb2\xa1")
PCAPNG = b"\x0a\x0d\x0d\x0a"
_NULL, _ETHERNET, _RAW, _LINUX, _LINUX2 = (0, 108), 1, (12, 14, 101), 113, 276
_IP4, _IP6, _VLANS = 0x0800, 0x86DD, (0x8100, 0x88A8)
_TCP, _UDP = 6, 17
_EXTENSIONS = (0, 43, 60)  # headers of IPv6 that say how long they are in units of eight bytes

Order = Literal["little", "big"]


@dataclass(frozen=True, slots=True)
class Packet:
    """What one packet carries: bytes `start` to `end` of the file; `sequence` is None but for TCP."""

    source: str
    target: str
    sequence: int | None
    start: int
    end: int


def packets(data: bytes) -> Iterator[Packet]:
    """TCP and UDP over IP, in the order of capture; other packets are left out."""
    frames = _pcapng(data) if data.startswith(PCAPNG) else _pcap(data)
    for link, start, end in frames:
        found = _network(data, link, start, end)
        if found is not None and found.start < found.end:
            yield found


def _pcap(data: bytes) -> Iterator[tuple[int, int, int]]:
    order: Order = "big" if data[:2] == b"\xa1\xb2" else "little"
    link = int.from_bytes(data[20:24], order) & 0xFFFF
    at = 24
    while at + 16 <= len(data):
        length = int.from_bytes(data[at + 8 : at + 12], order)
        yield link, at + 16, min(at + 16 + length, len(data))
        at += 16 + length


def _pcapng(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Enhanced, simple and obsolete packet blocks; interfaces are counted in each section."""
    order: Order = "little"
    links: list[int] = []
    at = 0
    while at + 12 <= len(data):
        if data.startswith(PCAPNG, at):
            order = "big" if data[at + 8 : at + 12] == b"\x1a\x2b\x3c\x4d" else "little"
            links = []
        kind, length = (int.from_bytes(data[at + n : at + n + 4], order) for n in (0, 4))
        if length < 12:
            return
        body = at + 8
        if kind == 1:
            links.append(int.from_bytes(data[body : body + 2], order))
        elif kind == 3 and links:
            yield links[0], body + 4, min(at + length - 4, len(data))
        elif kind in (2, 6):
            port = int.from_bytes(data[body : body + (2 if kind == 2 else 4)], order)
            taken = int.from_bytes(data[body + 12 : body + 16], order)
            if port < len(links):
                yield links[port], body + 20, min(body + 20 + taken, at + length - 4, len(data))
        at += length


def _network(data: bytes, link: int, at: int, end: int) -> Packet | None:
    """The packet behind the header of its link."""
    if link == _ETHERNET:
        at += 12
        while int.from_bytes(data[at : at + 2], "big") in _VLANS and at + 4 < end:
            at += 4
        at += 2
    elif link in _NULL:
        at += 4
    elif link == _LINUX:
        at += 16
    elif link == _LINUX2:
        at += 20
    elif link not in _RAW:
        return None
    version = data[at] >> 4 if at < end else 0
    if version == 4:
        return _ip4(data, at, end)
    return _ip6(data, at, end) if version == 6 else None


def _ip4(data: bytes, at: int, end: int) -> Packet | None:
    if at + 20 > end or int.from_bytes(data[at + 6 : at + 8], "big") & 0x1FFF:
        return None  # later fragments have no ports; their strings are scanned as they stand
    total = int.from_bytes(data[at + 2 : at + 4], "big")
    end = min(end, at + total) if total else end  # 0 where the network card cuts the packets
    ends = data[at + 12 : at + 16], data[at + 16 : at + 20]
    return _transport(data, data[at + 9], ends, at + (data[at] & 15) * 4, end)


def _ip6(data: bytes, at: int, end: int) -> Packet | None:
    if at + 40 > end:
        return None
    length = int.from_bytes(data[at + 4 : at + 6], "big")
    end = min(end, at + 40 + length) if length else end
    kind, ends = data[at + 6], (data[at + 8 : at + 24], data[at + 24 : at + 40])
    at += 40
    while kind in _EXTENSIONS and at + 8 <= end:
        kind, at = data[at], at + 8 + 8 * data[at + 1]
    return _transport(data, kind, ends, at, end)


def _transport(data: bytes, kind: int, ends: tuple[bytes, bytes], at: int, end: int) -> Packet | None:
    if kind not in (_TCP, _UDP) or at + (20 if kind == _TCP else 8) > end:
        return None
    source, target = (
        f"{_written(address)}:{int.from_bytes(data[port : port + 2], 'big')}"
        for address, port in zip(ends, (at, at + 2), strict=True)
    )
    if kind == _UDP:
        return Packet(source, target, None, at + 8, end)
    sequence = int.from_bytes(data[at + 4 : at + 8], "big")
    return Packet(source, target, sequence, at + (data[at + 12] >> 4) * 4, end)


@lru_cache(maxsize=4096)  # a capture has millions of packets of a few machines
def _written(address: bytes) -> str:
    return str(ip_address(address))
