"""
The structures of zip: end record, central directory, local headers.

Source: PKWARE APPNOTE 6.3.10, sections 4.3 and 4.4. Never unpacks.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from leakgate.model.artifact import Reader
from leakgate.model.gap import GapReason
from leakgate.model.limits import MIB
from leakgate.model.records import dataclass
from leakgate.unpack.budget import Damage
from leakgate.unpack.inflate import read_or_damage
from leakgate.unpack.labels import label

LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_END64, _LOCATOR64 = b"PK\x06\x06", b"PK\x06\x07"
_END_SIZE, _LONGEST_COMMENT = 22, 0xFFFF
_UNKNOWN32 = 0xFFFFFFFF
_UTF8_NAME = 0x800


@dataclass(frozen=True, slots=True)
class Directory:
    """Where the central directory stands. `shift` is how much was put in front of the archive since
    its offsets were written, `end` the offset behind the archive and its comment."""

    start: int
    size: int
    shift: int
    end: int
    comment: Comment


@dataclass(frozen=True, slots=True)
class Comment:
    """The archive's comment: where it stands."""

    start: int
    size: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One member as a directory or a local header tells it; `header` is the offset of its local header."""

    name: str
    flags: int
    method: int
    crc: int
    packed: int
    unpacked: int
    header: int
    comment: int = 0  # bytes; held is none of it, as members may have 64 KiB each

    @property
    def encrypted(self) -> bool:
        return bool(self.flags & 0x2041)  # encrypted, strongly so, or with a masked directory

    @property
    def is_directory(self) -> bool:
        return self.name.endswith("/") and self.unpacked == 0


def find_directory(reader: Reader) -> Directory | None:
    """The central directory by the last end record that has one; None where there is none.

    Raises Damage where the reader fails.
    """
    tail_at = max(0, reader.size - _END_SIZE - _LONGEST_COMMENT - MIB)
    nearest = max(0, reader.size - _END_SIZE - _LONGEST_COMMENT)
    for begin, stop in ((nearest, reader.size), (tail_at, nearest + _END_SIZE)):
        tail = read_or_damage(reader, begin, stop - begin)
        at = tail.rfind(END)
        while at >= 0:
            if (found := _directory(reader, begin + at, tail[at : at + _END_SIZE])) is not None:
                return found
            at = tail.rfind(END, 0, at)
        if not starts_like_zip(read_or_damage(reader, 0, 8)):
            return None
    return None


def starts_like_zip(head: bytes) -> bool:
    """A local header, an empty archive, or the markers of archives that were split."""
    return head.startswith((LOCAL, END, _END64, b"PK\x07\x08PK\x03\x04", b"PK00PK\x03\x04"))


def _directory(reader: Reader, at: int, record: bytes) -> Directory | None:
    if len(record) < _END_SIZE:
        return None
    count, size, offset, comment = struct.unpack("<HLLH", record[10:22])
    before = at
    if _UNKNOWN32 in (size, offset) or count == 0xFFFF:
        found = _end64(reader, at)
        if found is not None:
            before, size, offset = found
    end = min(at + _END_SIZE + comment, reader.size)
    note = Comment(at + _END_SIZE, end - at - _END_SIZE)
    if count == 0 and size == 0:
        return Directory(before, 0, 0, end, note)
    for start in (before - size, offset):
        if 0 <= start < before and read_or_damage(reader, start, 4) == CENTRAL:
            return Directory(start, min(size, before - start), start - offset, end, note)
    return None


def _end64(reader: Reader, at: int) -> tuple[int, int, int] | None:
    """Offset of the zip64 end record, and the directory's size and offset that it tells."""
    locator = read_or_damage(reader, max(0, at - 20), 20)
    if at < 76 or not locator.startswith(_LOCATOR64):
        return None
    for place in (at - 76, int.from_bytes(locator[8:16], "little")):
        record = read_or_damage(reader, place, 56) if place < at else b""
        if len(record) == 56 and record.startswith(_END64):
            size, offset = struct.unpack("<QQ", record[40:56])
            return place, size, offset
    return None


def entries(reader: Reader, directory: Directory) -> Iterator[Entry]:
    """Entries in the order of the directory. Raises Damage where it is damaged."""
    return (entry for entry, _ in _walked(reader, directory))


def comments(reader: Reader, directory: Directory) -> Iterator[bytes]:
    """What the directory says of its members in free text. Raises Damage where it is damaged."""
    return (comment for _, comment in _walked(reader, directory) if comment)


def _walked(reader: Reader, directory: Directory) -> Iterator[tuple[Entry, bytes]]:
    """Each entry with its comment."""
    at, end = directory.start, directory.start + directory.size
    while at < end:
        window = read_or_damage(reader, at, min(MIB, end - at))
        used = 0
        while (found := _central(window, used, directory.shift)) is not None:
            entry, used = found
            yield entry, window[used - entry.comment : used]
        if used == 0:
            raise Damage(GapReason.MALFORMED, "the directory of the archive is damaged; make it anew")
        at += used


def _central(window: bytes, at: int, shift: int) -> tuple[Entry, int] | None:
    """An entry and where the next begins; None where the window does not hold a whole one."""
    if window[at : at + 4] != CENTRAL or len(window) < at + 46:
        return None
    flags, method, crc, packed, unpacked, name_size, extra_size, comment_size, header = struct.unpack(
        "<HH4xLLLHHH8xL", window[at + 8 : at + 46]
    )
    name_at = at + 46
    extra_at = name_at + name_size
    end = extra_at + extra_size + comment_size
    if len(window) < end:
        return None
    wide = _wide_numbers(window[extra_at : extra_at + extra_size], (unpacked, packed, header))
    unpacked, packed, header = wide
    name = zip_label(window[name_at:extra_at], flags)
    return Entry(name, flags, method, crc, packed, unpacked, max(0, header + shift), comment_size), end


def _wide_numbers(extra: bytes, narrow: tuple[int, int, int]) -> tuple[int, int, int]:
    """The numbers that stand in the zip64 extra field because 32 bits cannot hold them."""
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack("<HH", extra[at : at + 4])
        if kind == 1:
            wide = (
                iter(struct.unpack(f"<{size // 8}Q", extra[at + 4 : at + 4 + size // 8 * 8]))
                if at + 4 + size <= len(extra)
                else iter(())
            )
            unpacked, packed, header = (next(wide, n) if n == _UNKNOWN32 else n for n in narrow)
            return unpacked, packed, header
        at += 4 + size
    return narrow


def parse_local(reader: Reader, at: int) -> tuple[Entry, int] | None:
    """The entry of the local header at `at` and the offset of its packed bytes; None where there is none."""
    fixed = read_or_damage(reader, at, 30)
    if len(fixed) < 30 or not fixed.startswith(LOCAL):
        return None
    flags, method, crc, packed, unpacked, name_size, extra_size = struct.unpack("<HH4xLLLHH", fixed[6:30])
    variable = read_or_damage(reader, at + 30, name_size + extra_size)
    unpacked, packed, _ = _wide_numbers(variable[name_size:], (unpacked, packed, 0))
    name = zip_label(variable[:name_size], flags)
    return Entry(name, flags, method, crc, packed, unpacked, at), at + 30 + name_size + extra_size


def zip_label(name: bytes, flags: int) -> str:
    """Names are UTF-8 where the flag or the bytes say so, else in the code page of DOS."""
    return label(name, "utf-8" if flags & _UTF8_NAME else "cp437")
