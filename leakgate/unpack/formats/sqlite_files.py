"""
Which kind of SQLite file some bytes are, and where its pages stand.

Source: "Database File Format", sections 1.3, 3 and 4, sqlite.org/fileformat2.html. Never looks into pages.
"""

from __future__ import annotations

from leakgate.model.gap import GapReason
from leakgate.unpack.formats.labelled_values import Unread
from leakgate.unpack.formats.sqlite_pages import Pages

DATABASE = b"SQLite format 3\0"
LOGS = (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83")
JOURNAL = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
MAGICS = (DATABASE, *LOGS, JOURNAL)
_FRAME_HEADER = 24
_LOG_HEADER = 32


def pages_of(data: bytes) -> Pages:
    """Raises Unread where the header cannot be."""
    if data.startswith(DATABASE):
        return _database(data)
    if data.startswith(JOURNAL):
        return _journal(data)
    return _log(data)


def pages_lost(data: bytes) -> int:
    """How many pages a database had, by its header, that are not there; 0 where its header is out of date."""
    if not data.startswith(DATABASE) or data[24:28] != data[92:96]:
        return 0
    return max(0, int.from_bytes(data[28:32], "big") - len(data) // _database(data).size)


def _database(data: bytes) -> Pages:
    size = int.from_bytes(data[16:18], "big")
    size = _checked(65536 if size == 1 else size)
    offsets = {nth + 1: start for nth, start in enumerate(range(0, len(data), size))}
    return Pages(data, size, size - min(data[20], size - 480), offsets)


def _log(data: bytes) -> Pages:
    """A write-ahead log: of each page the last frame is the newest, the others are older states."""
    size = _checked(int.from_bytes(data[8:12], "big"))
    step = _FRAME_HEADER + size
    return _copies(data, size, range(_LOG_HEADER, len(data) - _FRAME_HEADER, step), _FRAME_HEADER)


def _journal(data: bytes) -> Pages:
    """A rollback journal: the pages as they were before the transaction, from the second sector on."""
    sector, size = int.from_bytes(data[20:24], "big"), _checked(int.from_bytes(data[24:28], "big"))
    return _copies(data, size, range(_checked(sector), len(data) - 4, 4 + size + 4), 4)


def _copies(data: bytes, size: int, places: range, header: int) -> Pages:
    offsets: dict[int, int] = {}
    older: list[int] = []
    for place in places:
        number = int.from_bytes(data[place : place + 4], "big")
        if number in offsets:
            older.append(offsets[number])
        offsets[number] = place + header
    first = offsets.get(1)
    reserved = data[first + 20] if first is not None and first + 20 < len(data) else 0
    return Pages(data, size, size - min(reserved, size - 480), offsets, tuple(older))


def _checked(size: int) -> int:
    if not 512 <= size <= 65536 or size & (size - 1):
        raise Unread(GapReason.UNPARSED, "its header is damaged")
    return size
