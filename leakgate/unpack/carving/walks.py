"""
Walks through the structures of media: where each ends, 0 where it is none, as far as it goes where it breaks.

Reads headers alone, by offset, and never holds more than a block. Bounded by the number of steps.
"""

from __future__ import annotations

from leakgate.model.artifact import Reader
from leakgate.model.limits import MIB

_STEPS = 200_000
# What the PNG specification and its extensions define; another chunk may hold anything.
_CHUNKS = frozenset(
    (
        b"IHDR PLTE IDAT IEND acTL bKGD cHRM cICP cLLI eXIf fcTL fdAT gAMA hIST iCCP iTXt mDCV pHYs sBIT sPLT"
        b" sRGB sTER tEXt tIME tRNS vpAg zTXt oFFs pCAL sCAL caBX"
    ).split()
)
_BOXES = frozenset(
    b"ftyp styp moov moof mdat free skip wide meta mfra sidx ssix prft uuid pdin emsg udta pnot idat".split()
)


def end_of_png(reader: Reader) -> int:
    """Behind the last chunk, or before one that no specification knows."""
    at = 8
    for _ in range(_STEPS):
        head = reader.read(at, 8)
        kind = head[4:8]
        if len(head) < 8 or kind not in _CHUNKS:
            break
        at += 12 + int.from_bytes(head[:4], "big")
        if kind == b"IEND":
            break
    return at if at > 8 else 0


def end_of_jpeg(reader: Reader) -> int:
    """Segments by their lengths, then the picture up to the mark that ends it."""
    at, seen = 2, False
    for _ in range(_STEPS):
        head = reader.read(at, 4)
        if len(head) < 2 or head[0] != 0xFF:
            break
        marker = head[1]
        if marker == 0xD9:
            return at + 2
        if marker == 0xFF:
            at += 1
        elif marker == 1 or 0xD0 <= marker <= 0xD8:
            at += 2
        else:
            at += 2 + int.from_bytes(head[2:4], "big")
            if marker == 0xDA:
                at, seen = _behind_scan(reader, at), True
    return at if seen else 0


def _behind_scan(reader: Reader, at: int) -> int:
    """The next mark that is none of a scan's own: FF00 and the restart marks are."""
    while at < reader.size:
        block = reader.read(at, MIB)
        place = block.find(b"\xff")
        while 0 <= place < len(block) - 1:
            if block[place + 1] and not 0xD0 <= block[place + 1] <= 0xD7:
                return at + place
            place = block.find(b"\xff", place + 1)
        at += len(block) if len(block) < 2 or len(block) < MIB else len(block) - 1
        if not block:
            break
    return reader.size


def end_of_gif(reader: Reader) -> int:
    """Behind the trailer."""
    head = reader.read(0, 13)
    if len(head) < 13:
        return 0
    at = 13 + _palette(head[10])
    for _ in range(_STEPS):
        head = reader.read(at, 10)
        if head[:1] == b"\x3b":
            return at + 1
        if head[:1] == b"\x21":
            at = _behind_blocks(reader, at + 2)
        elif head[:1] == b"\x2c" and len(head) == 10:
            at = _behind_blocks(reader, at + 11 + _palette(head[9]))
        else:
            break
    return at


def _palette(flags: int) -> int:
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _behind_blocks(reader: Reader, at: int) -> int:
    for _ in range(_STEPS):
        length = reader.read(at, 1)
        at += 1 + (length[0] if length else 0)
        if length in (b"", b"\0"):
            break
    return at


def end_of_boxes(reader: Reader) -> int:
    """Behind the last box of a kind that is known."""
    at = 0
    for _ in range(_STEPS):
        head = reader.read(at, 16)
        size = int.from_bytes(head[:4], "big")
        if len(head) < 8 or head[4:8] not in _BOXES:
            break
        if size == 1:
            size = int.from_bytes(head[8:16], "big")
        if size == 0:
            return reader.size
        if size < 8:
            break
        at += size
    return at


def end_of_ebml(reader: Reader) -> int:
    """Matroska and WebM: a header, then segments; one of unknown size by its elements."""
    at = _behind_element(reader, 0)
    for _ in range(_STEPS):
        head = reader.read(at, 12)
        if not head.startswith(b"\x18\x53\x80\x67"):
            break
        inner, size = _size(head, 4)
        at += inner
        at = at + size if size is not None else _behind_elements(reader, at)
    return at


# SeekHead, Info, Tracks, Cluster, Cues, Chapters, Tags, Attachments, Void, CRC-32; then what clusters hold.
_ELEMENTS = frozenset(
    map(
        bytes.fromhex,
        (
            *("114d9b74", "1549a966", "1654ae6b", "1f43b675", "1c53bb6b", "1043a770", "1254c367", "1941a469"),
            *("ec", "bf", "e7", "a3", "a0", "a7", "ab", "5854"),
        ),
    )
)


def _behind_elements(reader: Reader, at: int) -> int:
    for _ in range(_STEPS):
        head = reader.read(at, 12)
        width = _width(head)
        if not width or head[:width] not in _ELEMENTS:
            break
        inner, size = _size(head, width)
        # A cluster of unknown size is walked through by what it holds.
        at += inner + (size or 0)
    return at


def _behind_element(reader: Reader, at: int) -> int:
    head = reader.read(at, 12)
    inner, size = _size(head, _width(head))
    return at + inner + (size or 0)


def _width(head: bytes) -> int:
    """Of an identifier: 1 to 4 bytes, by the zeros that lead; 0 where there is none."""
    return 9 - head[0].bit_length() if head and head[0] >= 0x10 else 0


def _size(head: bytes, at: int) -> tuple[int, int | None]:
    """The length of identifier and size, and the size; None where it is left open."""
    if at >= len(head) or not head[at]:
        return at + 1, 0
    width = 9 - head[at].bit_length()
    bits = 7 * width
    value = int.from_bytes(head[at : at + width], "big") & ((1 << bits) - 1)
    return at + width, None if value == (1 << bits) - 1 else value


def end_of_ogg(reader: Reader) -> int:
    """Pages, each with a table of the lengths in it."""
    at = 0
    for _ in range(_STEPS):
        head = reader.read(at, 27 + 255)
        if not head.startswith(b"OggS\0") or len(head) < 27:
            break
        at += 27 + head[26] + sum(head[27 : 27 + head[26]])
    return at


def end_of_font(reader: Reader) -> int:
    """Behind the last table of the directory, whose tables have names of four characters."""
    count = int.from_bytes(reader.read(4, 2), "big")
    directory = reader.read(12, 16 * count)
    if not 0 < count <= 256 or len(directory) < 16 * count:
        return 0
    end = 0
    for at in range(0, len(directory), 16):
        tag, place, length = directory[at : at + 4], directory[at + 8 : at + 12], directory[at + 12 : at + 16]
        if not all(0x20 <= byte < 0x7F for byte in tag):
            return 0
        end = max(end, int.from_bytes(place, "big") + int.from_bytes(length, "big"))
    return end + -end % 4 if end <= reader.size else 0


def end_of_git_table(reader: Reader) -> int:
    """Tables of Git are hashes and offsets to their end; the index of a pack has a size that it tells."""
    head = reader.read(0, 8 + 1024)
    if head[:4] != b"\xfftOc":
        return reader.size
    counts = [int.from_bytes(head[at : at + 4], "big") for at in range(8, len(head) - 3, 4)]
    if len(counts) != 256 or counts != sorted(counts):
        return 0
    for digest in (20, 32):
        least = 1032 + counts[-1] * (digest + 8) + 2 * digest
        if least <= reader.size <= least + 8 * counts[-1]:
            return reader.size
    return 0
