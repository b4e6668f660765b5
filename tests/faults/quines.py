"""
Archives that unpack to themselves, for ever: a gzip file and a zip file, made as Russ Cox describes it.

Source: "Zip Files All The Way Down" (research!rsc, 2010) as an algorithm; deflate as in RFC 1951. Each step
of the program says bytes that follow or repeats bytes that were said; its steps have lengths of which it can
speak.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from functools import reduce
from operator import xor

_SAY = 5  # bytes of a step that says: the header of a stored block
_REPEAT = 10  # bytes of a step that repeats
_LONG = 15  # the same, where it must repeat more than a hundred bytes
_GROUP = 30  # bytes that the middle of the program says at a time
_END = b"\1\0\0\xff\xff"  # the last block, empty
_NAME = b"r/r.zip"
# Length codes of RFC 1951, 3.2.5: the least length of each, and how many bits follow.
_LENGTHS = [(3 + n, 0) for n in range(8)] + [
    (least + (nth << bits), bits)
    for bits, least in ((1, 11), (2, 19), (3, 35), (4, 67), (5, 131))
    for nth in range(4)
]
_DISTANCES = [(1 + n, 0) for n in range(4)] + [
    ((2 + nth << bits) + 1, bits) for bits in range(1, 14) for nth in range(2)
]


def gzip_quine() -> bytes:
    def made(crc: int) -> bytes:
        head = b"\x1f\x8b\x08" + bytes(5) + b"\2\xff"
        size = _size(len(head), len(_END) + 8)
        return _program(head, _END + struct.pack("<LL", crc, size))

    return _fixed(made)


def zip_quine() -> bytes:
    """It holds itself as `r/r.zip`."""

    def made(crc: int) -> bytes:
        head_size, tail_size = 30 + len(_NAME), len(_END) + 46 + len(_NAME) + 22
        size = _size(head_size, tail_size)
        packed = size - head_size - tail_size + len(_END)
        facts = struct.pack("<HHHHHLLLHH", 20, 0, 8, 0, 0x21, crc, packed, size, len(_NAME), 0)
        head = b"PK\3\4" + facts + _NAME
        listed = b"PK\1\2" + struct.pack("<H", 20) + facts + struct.pack("<HHHLL", 0, 0, 0, 0, 0) + _NAME
        end = struct.pack("<4sHHHHLLH", b"PK\5\6", 0, 0, 1, 1, len(listed), head_size + packed, 0)
        return _program(head, _END + listed + end)

    return _fixed(made)


def _program(head: bytes, tail: bytes) -> bytes:
    """`head`, then blocks that unpack to all of this, then `tail`, whose beginning ends the stream."""
    say_head, say_group = _say(len(head) + _SAY), _say(_GROUP)
    again = _repeat(_GROUP, _REPEAT)
    head_again = _repeat(len(head) + _SAY, _LONG)
    tail_again = _repeat(_LONG + len(tail), _LONG)
    nothing, say_tail = _say(0), _say(_LONG + len(tail))
    steps = (
        head,
        *(say_head, head, say_head, head_again),
        *(_say(_LONG), head_again, _say(_SAY), _say(_LONG)),
        *(say_group, head_again, _say(_SAY), _say(_LONG), say_group, again),
        *(say_group, again, say_group, again, say_group, again),
        *(say_group, again, nothing, nothing, nothing, say_tail, again),
        *(nothing, nothing, nothing, say_tail, tail_again, tail, tail_again),
        tail,
    )
    return b"".join(steps)


def _size(head: int, tail: int) -> int:
    """Of what `_program` makes."""
    return len(_program(bytes(head), bytes(tail)))


def _say(count: int) -> bytes:
    return struct.pack("<BHH", 0, count, count ^ 0xFFFF)


def _repeat(count: int, width: int) -> bytes:
    """A step of `width` bytes that says the last `count` bytes again."""
    room = (width - 4) * 8  # in front of what a stored block has behind its header
    splits = [[count]] if count <= 257 else []
    splits += [[first, count - first] for first in range(3, count - 2) if max(first, count - first) <= 257]
    for lengths in splits:
        # A block with the fixed codes and not the last, its copies, its end.
        bits = "010" + "".join(_copy(length, count) for length in lengths) + "0" * 7
        bits += ("010" + "0" * 7) * ((room - 3 - len(bits)) // 10)  # blocks of nothing
        bits += "000"  # the header of a stored block, which goes on at the next byte
        if room - 8 < len(bits) <= room:
            return int(bits[::-1], 2).to_bytes(width - 4, "little") + b"\0\0\xff\xff"
    raise ValueError("no such step")


def _copy(length: int, distance: int) -> str:
    """With the fixed codes; codes are written from their highest bit, numbers from their lowest."""
    code, extra = _coded(length, _LENGTHS)
    symbol = f"{code + 1:07b}" if code < 23 else f"{code - 23 + 0xC0:08b}"
    far, far_extra = _coded(distance, _DISTANCES)
    return f"{symbol}{extra}{far:05b}{far_extra}"


def _coded(value: int, table: list[tuple[int, int]]) -> tuple[int, str]:
    code = max(nth for nth, (least, _) in enumerate(table) if least <= value)
    least, bits = table[code]
    return code, f"{value - least:0{bits}b}"[::-1] if bits else ""


def _fixed(made: Callable[[int], bytes]) -> bytes:
    """What `made` makes of its own CRC-32: that of bytes is linear, so 32 equations give it."""
    base = zlib.crc32(made(0))
    columns = [zlib.crc32(made(1 << bit)) ^ base ^ (1 << bit) for bit in range(32)]
    solved = _solved(columns, base)
    return made(solved)


def _solved(columns: list[int], wanted: int) -> int:
    """Which of `columns` give `wanted`, as bits. Raises ValueError where none do."""
    basis: dict[int, tuple[int, int]] = {}
    for bit, column in enumerate(columns):
        value, used = _reduced(column, basis)
        if value:
            basis[value.bit_length()] = (value, used ^ (1 << bit))
    rest, chosen = _reduced(wanted, basis)
    if rest:
        raise ValueError("no checksum fits; change a byte of the header")
    return chosen


def _reduced(value: int, basis: dict[int, tuple[int, int]]) -> tuple[int, int]:
    used: list[int] = []
    while value and value.bit_length() in basis:
        part, bits = basis[value.bit_length()]
        value ^= part
        used.append(bits)
    return value, reduce(xor, used, 0)
