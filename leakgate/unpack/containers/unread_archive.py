"""Formats that hold other files and are recognised but not read: one gap says so."""

from __future__ import annotations

from collections.abc import Iterator

from leakgate.model.artifact import Artifact, Named, Reader
from leakgate.model.gap import Gap, GapReason
from leakgate.unpack.budget import Budget, Trouble
from leakgate.unpack.containers.base import Member, gap
from leakgate.unpack.encodings import encoding_of

# Magic bytes as in the `file` program's database.
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"Rar!\x1a\x07", "RAR"),
    (b"\x04\x22\x4d\x18", "LZ4"),
    (b"\x02\x21\x4c\x18", "LZ4"),
    (b"LZIP\x01", "lzip"),
    (b"\x1f\x9d", "compress (.Z)"),
    (b"MSCF\0\0\0\0", "CAB"),
    (b"\x89LZO\0\r\n\x1a\n", "lzop"),
    (b"\xff\x06\0\0sNaPpY", "framed snappy"),
    (b"xar!\0\x1c", "xar"),
)


_ORC = b"ORC"  # a word too: text is none


class UnreadArchive:
    name = "unread"

    def matches(self, head: bytes) -> bool:
        return _format(head) is not None

    def members(self, reader: Reader, artifact: Artifact, budget: Budget) -> Iterator[Member | Gap | Named]:
        detail = f"{_format(reader.read(0, 16))} is not read; unpack it before, or pack it as zip, tar or 7z"
        yield gap(artifact, Trouble(GapReason.UNSUPPORTED, detail))


def _format(head: bytes) -> str | None:
    if head.startswith(_ORC) and encoding_of(head) is None:
        return "ORC"
    return next((name for magic, name in _MAGIC if head.startswith(magic)), None)
