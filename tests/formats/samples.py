"""Small files of sixty formats, made at run time; those that can hold text hold one line with a token."""

from __future__ import annotations

import gzip
import io
import json
import lzma
import pickle
import random
import sqlite3
import struct
import tarfile
import zipfile
import zlib
from base64 import b64encode

import numpy as np
import zstandard

from tests.kit.tokens import github

LINE = f"2026-11-30 INFO token {github(15)} end\n".encode()
TEXT = b"".join(b"2026-11-30 10:00:%02d INFO step %d\n" % (nth % 60, nth) for nth in range(40)) + LINE
NOISE = random.Random(7).randbytes(20_000)


def zip_file(name: str = "a.log", data: bytes = TEXT) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return out.getvalue()


def tar_file() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        entry = tarfile.TarInfo("a.log")
        entry.size = len(TEXT)
        archive.addfile(entry, io.BytesIO(TEXT))
    return out.getvalue()


def zstd(data: bytes = TEXT) -> bytes:
    return zstandard.compress(data)


def git_pack() -> bytes:
    """One blob."""
    head, left = bytes([0x80 | 3 << 4 | len(TEXT) & 15]), len(TEXT) >> 4
    while left > 0x7F:
        head, left = head + bytes([0x80 | left & 0x7F]), left >> 7
    return b"PACK\0\0\0\2\0\0\0\1" + head + bytes([left]) + zlib.compress(TEXT) + bytes(20)


def sqlite() -> bytes:
    base = sqlite3.connect(":memory:")
    base.execute("create table a (b text)")
    base.execute("insert into a values (?)", (LINE.decode(),))
    base.commit()
    return base.serialize()


def har(packed: bytes, encoding: str) -> bytes:
    response = {
        "headers": [{"name": "content-encoding", "value": encoding}],
        "content": {"encoding": "base64", "text": b64encode(packed).decode()},
    }
    request = {"method": "GET", "url": "https://shop.example/"}
    return json.dumps(
        {"log": {"version": "1.2", "entries": [{"request": request, "response": response}]}}
    ).encode()


def http(packed: bytes, encoding: str) -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}\r\n\r\n".encode() + packed


def rpm() -> bytes:
    """A lead, the header of a header, a payload."""
    lead = b"\xed\xab\xee\xdb\3\0\0\0\0\1" + b"x-1".ljust(66, b"\0") + b"\0\1\0\5" + bytes(16)
    return lead + b"\x8e\xad\xe8\1" + bytes(12) + lzma.compress(b"070701" + TEXT)


def elf(kind: int, behind: bytes = b"") -> bytes:
    """A header with one segment that is all of the code; kind 2 is a program, 4 a dump of memory."""
    code = bytes(range(64)) * 64
    head = (
        b"\x7fELF\2\1\1"
        + bytes(9)
        + struct.pack("<HHIQQQIHHHHHH", kind, 62, 1, 0, 64, 0, 0, 64, 56, 1, 0, 0, 0)
    )
    segment = struct.pack("<IIQQQQQQ", 1, 5, 120, 0, 0, len(code), len(code), 4096)
    return head + segment + code + behind


def pe(behind: bytes = b"") -> bytes:
    """One section of code."""
    code = bytes(range(256)) * 16
    head = b"MZ" + bytes(58) + struct.pack("<I", 64)
    coff = b"PE\0\0" + struct.pack("<HHIIIHH", 0x8664, 1, 0, 0, 0, 240, 2) + bytes(240)
    section = b".text\0\0\0" + struct.pack("<IIII", len(code), 4096, len(code), 512) + bytes(16)
    return (head + coff + section).ljust(512, b"\0") + code + behind


def mach() -> bytes:
    body = bytes(range(256)) * 16
    command = struct.pack("<II16sQQQQ", 0x19, 72, b"__TEXT", 0, 4096, 104, len(body)) + bytes(16)
    return b"\xcf\xfa\xed\xfe" + struct.pack("<IIIIIII", 0x01000007, 3, 2, 1, 72, 0, 0) + command + body


def png(*chunks: tuple[bytes, bytes], pixels: bytes = NOISE) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    ends = (b"IDAT", zlib.compress(pixels)), (b"IEND", b"")
    head = b"IHDR", struct.pack(">IIBBBBB", 100, 50, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*each) for each in (head, *chunks, *ends))


def jpeg(comment: bytes = b"") -> bytes:
    said = b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment if comment else b""
    start = b"\xff\xda\0\x0c\3\1\0\2\x11\3\x11\0\x3f\0"
    return b"\xff\xd8" + said + start + NOISE.replace(b"\xff", b"\xfe") + b"\xff\xd9"


def gif() -> bytes:
    blocks = b"".join(bytes([255]) + NOISE[at : at + 255] for at in range(0, 255 * 70, 255))
    return b"GIF89a" + struct.pack("<HHBBB", 9, 9, 0, 0, 0) + b",\0\0\0\0\t\0\t\0\0\x08" + blocks + b"\0;"


def riff(form: bytes) -> bytes:
    return b"RIFF" + struct.pack("<I", len(NOISE) + 4) + form + NOISE


def bmp() -> bytes:
    return b"BM" + struct.pack("<IIII", 54 + len(NOISE), 0, 54, 40) + bytes(36) + NOISE


def icon() -> bytes:
    return struct.pack("<HHHBBBBHHII", 0, 1, 1, 16, 16, 0, 0, 1, 32, len(NOISE), 22) + NOISE


def mp4(brand: bytes) -> bytes:
    def box(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data) + 8) + kind + data

    return box(b"ftyp", brand + bytes(8)) + box(b"mdat", NOISE) + box(b"moov", bytes(64))


def webm() -> bytes:
    cluster = b"\x1f\x43\xb6\x75" + b"\x10" + struct.pack(">I", len(NOISE))[1:] + NOISE
    return b"\x1a\x45\xdf\xa3\x84\x42\x86\x81\x01" + b"\x18\x53\x80\x67\x01" + b"\xff" * 7 + cluster


def ogg() -> bytes:
    page = b"OggS\0" + bytes(21) + bytes([255]) + bytes([255]) * 255
    return (page + NOISE[: 255 * 75].ljust(255 * 255, b"\1")) * 2


def woff(magic: bytes) -> bytes:
    return magic + b"\0\1\0\0" + struct.pack(">I", 44 + len(NOISE)) + bytes(32) + NOISE


def ttf() -> bytes:
    return b"\0\1\0\0\0\1" + bytes(6) + b"glyf" + struct.pack(">III", 0, 28, len(NOISE)) + NOISE


def pack_index() -> bytes:
    count = 500
    fanout = struct.pack(">256I", *(count * (nth + 1) // 256 for nth in range(256)))
    return b"\xfftOc\0\0\0\2" + fanout + NOISE[: count * 20] + bytes(count * 8 + 40)


def hdf5() -> bytes:
    return b"\x89HDF\r\n\x1a\n" + bytes(200) + zlib.compress(TEXT) + bytes(100)


def squashfs() -> bytes:
    return b"hsqs" + bytes(92) + zlib.compress(TEXT) + bytes(64)


def arrow() -> bytes:
    return b"ARROW1\0\0" + bytes(120) + struct.pack("<q", len(TEXT)) + zstd() + bytes(40) + b"ARROW1"


def array() -> bytes:
    out = io.BytesIO()
    np.save(out, np.frombuffer(NOISE, np.uint8))
    return out.getvalue()


def archive_of_arrays() -> bytes:
    out = io.BytesIO()
    np.savez_compressed(out, a=np.frombuffer(TEXT, np.uint8))
    return out.getvalue()


def pickled() -> bytes:
    return pickle.dumps({"body": gzip.compress(TEXT)})


def dump_of_postgres() -> bytes:
    return b"PGDMP\1\x0e\0\4\x08\1" + bytes(80) + struct.pack("<I", 0) + zlib.compress(TEXT) + bytes(9)


def encrypted_zip() -> bytes:
    """A plain one, of which the headers say that it is encrypted."""
    data = bytearray(zip_file())
    data[6] |= 1
    data[data.rindex(b"PK\1\2") + 8] |= 1
    return bytes(data)
