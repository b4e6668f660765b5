"""
Header blocks of tar: V7, ustar, GNU and pax.

Source: POSIX.1-2017 pax, "ustar Interchange Format"; GNU tar manual, "Basic Tar Format".
Never reads member data.
"""

from __future__ import annotations

from leakgate.model.records import dataclass

BLOCK = 512
REGULAR = frozenset(b"\x000 7SMV")  # NUL and 0 plain, 7 contiguous, S sparse, M continued
LINKS_AND_DEVICES = frozenset(b"123456")
LARGEST = 1 << 62


@dataclass(frozen=True, slots=True)
class TarHeader:
    """`kind` is the type flag's byte, `size` the bytes stored behind the header."""

    name: bytes
    kind: int
    size: int
    sparse_extended: bool = False
    link: bytes = b""
    user: bytes = b""
    group: bytes = b""

    @property
    def holds_data(self) -> bool:
        """Unknown types hold data, as POSIX says."""
        is_directory = self.kind in b"\x000" and self.name.endswith(b"/") and self.size == 0
        return self.kind not in LINKS_AND_DEVICES and not is_directory


def parse_header(block: bytes) -> TarHeader | None:
    """The header in a full block, or None where its checksum or numbers are wrong."""
    if len(block) != BLOCK or not _checksum_holds(block):
        return None
    size = _number(block[124:136])
    if size is None or not 0 <= size < LARGEST:
        return None
    name = _text(block[0:100])
    is_gnu = block[257:265] == b"ustar  \0"
    if block[257:262] == b"ustar" and not is_gnu and (prefix := _text(block[345:500])):
        name = prefix + b"/" + name
    kind = block[156]
    owned = block[257:262] == b"ustar"
    return TarHeader(
        name,
        kind,
        size,
        sparse_extended=kind == ord("S") and block[482] != 0,
        link=_text(block[157:257]),
        user=_text(block[265:297]) if owned else b"",
        group=_text(block[297:329]) if owned else b"",
    )


def is_tar(head: bytes) -> bool:
    """Whether `head` begins with a header block."""
    return parse_header(head[:BLOCK]) is not None


def parse_pax(data: bytes) -> dict[bytes, bytes]:
    """Records `<length> <key>=<value>\\n`; stops at the first that is none."""
    records: dict[bytes, bytes] = {}
    at = 0
    while at < len(data):
        digits, space, _ = data[at : at + 20].partition(b" ")
        if not space or not digits.isdigit() or int(digits) <= len(digits) + 1:
            break
        record = data[at + len(digits) + 1 : at + int(digits) - 1]
        key, equals, value = record.partition(b"=")
        if not equals:
            break
        records[key] = value
        at += int(digits)
    return records


def _checksum_holds(block: bytes) -> bool:
    """The sum of all bytes with the checksum field as spaces; old tars summed signed bytes."""
    stored = _number(block[148:156])
    if not stored:  # a zero sum is a block of NULs
        return False
    unsigned = sum(block[:148]) + 8 * 0x20 + sum(block[156:])
    high = sum(byte >= 0x80 for byte in block[:148] + block[156:])
    return stored in (unsigned, unsigned - 256 * high)


def _number(field: bytes) -> int | None:
    """Octal text, or GNU's base 256 where the first bit is set."""
    if field[0] & 0x80:
        value = int.from_bytes(field, "big") & ~(0x80 << 8 * (len(field) - 1))
        return None if field[0] == 0xFF else value
    digits = field.split(b"\0", 1)[0].strip()
    if not digits:
        return 0
    try:
        return int(digits, 8)
    except ValueError:
        return None


def _text(field: bytes) -> bytes:
    return field.split(b"\0", 1)[0]
