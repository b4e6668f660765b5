"""Members of a zip whose directory is lost, by walking its local headers; never unpacks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from leakgate.model.artifact import Reader
from leakgate.model.expressions import expression
from leakgate.model.limits import MIB
from leakgate.unpack.budget import Damage
from leakgate.unpack.containers.zip_directory import Entry, parse_local

_LOCAL = expression(rb"PK\x03\x04")
_NEXT = expression(rb"PK(?:\x03\x04|\x07\x08|\x01\x02)")
_SIZES_FOLLOW = 0x08


def recovered(reader: Reader) -> Iterator[tuple[Entry, int]]:
    """Entries with the offsets of their packed bytes; ends where the reader does, or fails."""
    behind = 0
    while (at := _find(reader, _LOCAL, behind)) is not None:
        try:
            found = parse_local(reader, at)
        except Damage:
            return
        if found is None:
            return
        entry, start = found
        if entry.flags & _SIZES_FOLLOW and not entry.packed:
            entry = _measured(reader, entry, start)
        behind = max(at + 4, start + entry.packed)
        if not entry.is_directory:
            yield entry, start


def _measured(reader: Reader, entry: Entry, start: int) -> Entry:
    """An entry whose sizes stand behind it: its packed bytes go up to the next signature."""
    end = _find(reader, _NEXT, start)
    if end is None:
        return replace(entry, packed=max(0, reader.size - start))
    descriptor = reader.read(end, 8)
    crc = int.from_bytes(descriptor[4:8], "little") if descriptor.startswith(b"PK\x07\x08") else entry.crc
    return replace(entry, packed=end - start, crc=crc)


def _find(reader: Reader, pattern: re.Pattern[bytes], start: int) -> int | None:
    at = start
    while at < reader.size:
        try:
            window = reader.read(at, MIB)
        except OSError:
            return None
        if found := pattern.search(window):
            return at + found.start()
        if len(window) < 4:
            return None
        at += len(window) - 3
    return None
