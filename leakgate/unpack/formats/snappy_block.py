"""
Snappy's raw format, unpacked.

Source: google/snappy, format_description.txt. Never knows the framing of streams or of files.
"""

from __future__ import annotations


def unsnapped(packed: bytes, most: int) -> bytes:
    """What `packed` unpacks to. Raises ValueError for damage, and for more than `most` bytes."""
    wanted, at = _length(packed)
    if wanted > most:
        raise ValueError("more than is read")
    out = bytearray()
    while at < len(packed) and len(out) < wanted:
        tag = packed[at]
        at += 1
        if tag & 3 == 0:
            length = (tag >> 2) + 1
            if length > 60:
                width = length - 60
                length, at = int.from_bytes(packed[at : at + width], "little") + 1, at + width
            out += packed[at : at + length]
            at += length
        else:
            length, distance, at = _copy(packed, tag, at)
            _repeat(out, distance, length)
    if len(out) != wanted:
        raise ValueError("damaged")
    return bytes(out)


def _copy(packed: bytes, tag: int, at: int) -> tuple[int, int, int]:
    """Length, distance, and what follows the tag of a copy."""
    if tag & 3 == 1:
        return (tag >> 2 & 7) + 4, (tag >> 5) << 8 | (packed[at] if at < len(packed) else 0), at + 1
    width = 2 if tag & 3 == 2 else 4
    return (tag >> 2) + 1, int.from_bytes(packed[at : at + width], "little"), at + width


def _repeat(out: bytearray, distance: int, length: int) -> None:
    """Takes `length` bytes from `distance` before the end; they may reach into themselves."""
    if not 0 < distance <= len(out):
        raise ValueError("damaged")
    start = len(out) - distance
    piece = out[start : start + length]
    out += (piece * (length // len(piece) + 1))[:length]


def _length(packed: bytes) -> tuple[int, int]:
    value = 0
    for at, byte in enumerate(packed[:5]):
        value |= (byte & 0x7F) << 7 * at
        if byte < 0x80:
            return value, at + 1
    raise ValueError("damaged")
