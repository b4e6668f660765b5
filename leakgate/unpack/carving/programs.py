"""
Where native code ends: ELF, PE, Mach-O, WebAssembly, classes of Java and compiled Python.

What is behind that end is no code: installers and AppImages carry their archives there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from leakgate.model.artifact import Reader

_CORE = 4  # the kind of an ELF that is a memory dump
_FAT = b"\xca\xfe\xba\xbe"
_MACH = (b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe")
_STEPS = 10_000
_SEGMENTS = {1: (32, 4), 0x19: (40, 8)}  # LC_SEGMENT and LC_SEGMENT_64: place and width of the offset


def end_of_program(reader: Reader, head: bytes) -> int:
    """0 for anything else, also for memory dumps. Raises OSError."""
    for magics, walk in _WALKS:
        if len(head) >= 64 and head.startswith(magics):
            return walk(reader, head)
    # Compiled Python: a number with line ends behind it, flags, then a marshalled code object.
    is_python = (
        head[2:4] == b"\r\n" and head[4] <= 3 and not any(head[5:8]) and head[16:17] in (b"\xe3", b"c")
    )
    return reader.size if is_python else 0


def _end_of_elf(reader: Reader, head: bytes) -> int:
    """Behind the last of sections, segments and their tables."""
    order: Literal["little", "big"] = "little" if head[5] == 1 else "big"
    wide = head[4] == 2

    def number(at: int, width: int, data: bytes = head) -> int:
        return int.from_bytes(data[at : at + width], order)

    if head[4] not in (1, 2) or head[5] not in (1, 2) or number(16, 2) in (0, _CORE):
        return 0
    programs, sections = (number(32, 8), number(40, 8)) if wide else (number(28, 4), number(32, 4))
    counts = (54, 56, 58, 60) if wide else (42, 44, 46, 48)
    each_program, all_programs, each_section, all_sections = (number(at, 2) for at in counts)
    end = max(programs + each_program * all_programs, sections + each_section * all_sections)
    offset, size, width = (8, 32, 8) if wide else (4, 16, 4)
    for nth in range(all_programs):
        entry = reader.read(programs + nth * each_program, each_program)
        end = max(end, number(offset, width, entry) + number(size, width, entry))
    offset, size = (24, 32) if wide else (16, 20)
    for nth in range(all_sections):
        entry = reader.read(sections + nth * each_section, each_section)
        if number(4, 4, entry) != 8:  # a section without bytes in the file
            end = max(end, number(offset, width, entry) + number(size, width, entry))
    return end if end <= reader.size else 0


def _end_of_pe(reader: Reader, head: bytes) -> int:
    """Behind the last section and the signatures."""
    start = int.from_bytes(head[60:64], "little")
    coff = reader.read(start, 24 + 256)
    if not coff.startswith(b"PE\0\0") or len(coff) < 120:
        return 0
    sections, optional = int.from_bytes(coff[6:8], "little"), int.from_bytes(coff[20:22], "little")
    end = start + 24 + optional + 40 * sections
    for nth in range(min(sections, 96)):
        entry = reader.read(start + 24 + optional + 40 * nth, 40)
        size, place = int.from_bytes(entry[16:20], "little"), int.from_bytes(entry[20:24], "little")
        end = max(end, place + size)
    return end if end <= reader.size else 0


def _end_of_wasm(reader: Reader, head: bytes) -> int:
    """Sections 0 to 13, each with a length in LEB128."""
    at = 8
    for _ in range(_STEPS):
        head = reader.read(at, 6)
        if not head or head[0] > 13:
            break
        size = shift = 0
        used = 1
        for byte in head[1:]:
            size |= (byte & 0x7F) << shift
            shift += 7
            used += 1
            if byte < 0x80:
                break
        if at + used + size > reader.size:
            break
        at += used + size
    return at if at > 8 else 0


def _end_of_fat_or_class(reader: Reader, head: bytes) -> int:
    """The two have one magic: a class has its version where a fat Mach-O has a small number of parts."""
    count = int.from_bytes(head[4:8], "big")
    if count >= 45:  # Java 1.1
        return reader.size if 45 <= int.from_bytes(head[6:8], "big") < 200 and head[10] in _CONSTANTS else 0
    end = 0
    for nth in range(count):
        entry = reader.read(8 + 20 * nth, 20)
        end = max(end, int.from_bytes(entry[8:12], "big") + int.from_bytes(entry[12:16], "big"))
    return end if end <= reader.size else 0


_CONSTANTS = frozenset((1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 15, 16, 17, 18, 19, 20))  # JVM specification, 4.4


def _end_of_mach(reader: Reader, head: bytes) -> int:
    """Behind the last segment of the load commands."""
    order: Literal["little", "big"] = "big" if head[0] == 0xFE else "little"
    wide = 0xCF in (head[0], head[3])
    count = int.from_bytes(head[16:20], order)
    at, end = (32 if wide else 28), 0
    for _ in range(min(count, _STEPS)):
        command = reader.read(at, 72)
        kind, size = int.from_bytes(command[:4], order), int.from_bytes(command[4:8], order)
        if kind in _SEGMENTS:
            place, width = _SEGMENTS[kind]
            offset = int.from_bytes(command[place : place + width], order)
            length = int.from_bytes(command[place + width : place + 2 * width], order)
            end = max(end, offset + length)
        if size < 8:
            break
        at += size
    return end if end <= reader.size else 0


_WALKS: tuple[tuple[bytes | tuple[bytes, ...], Callable[[Reader, bytes], int]], ...] = (
    (b"\x7fELF", _end_of_elf),
    (b"MZ", _end_of_pe),
    (b"\0asm\1\0\0\0", _end_of_wasm),
    (_FAT, _end_of_fat_or_class),
    (_MACH, _end_of_mach),
)
