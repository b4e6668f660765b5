"""
Files that were made to break a scanner, by name; made here, never kept.

Each holds a leak where it can, under a name that says what it is; `leak` is behind the hostile part.
"""

from __future__ import annotations

import gzip
import io
import json
import lzma
import struct
import tarfile
import zlib
from collections.abc import Callable

from tests.faults.quines import gzip_quine, zip_quine
from tests.fuzz.mutation import mutated
from tests.fuzz.seeds import seeds
from tests.kit import tokens
from tests.unit.unpack.archives import overlapping_zip, zip_of

MIB = 1 << 20
LEAK = f"\n token={tokens.github(11)} \n".encode()


def _nested(levels: int, width: int) -> bytes:
    """Each level holds the one below `width` times."""
    held = bytes(8 * MIB) + LEAK
    for level in range(levels):
        held = zip_of({f"{level}-{nth}.zip": held for nth in range(width)})
    return held


def _deep(levels: int) -> bytes:
    held = LEAK
    for level in range(levels):
        held = zip_of({f"{level}.zip": held})
    return held


def _many_members(count: int) -> bytes:
    """Stored, empty, each with a header of its own."""
    names = [b"%07d" % nth for nth in range(count)]
    bodies = [struct.pack("<4sHHHHHLLLHH", b"PK\3\4", 20, 0, 0, 0, 0, 0, 0, 0, 7, 0) + name for name in names]
    size = len(bodies[0])
    entries = [
        struct.pack(
            "<4sHHHHHHLLLHHHHHLL", b"PK\1\2", 20, 20, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 0, 0, nth * size
        )
        + name
        for nth, name in enumerate(names)
    ]
    directory = b"".join(entries)
    end = struct.pack("<4sHHHHLLH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, len(directory), count * size, 0)
    return b"".join(bodies) + directory + end


def _tar(*entries: tuple[str, bytes, str]) -> bytes:
    """Name, type and target of each; then the leak."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, kind, target in entries:
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname = kind, target
            archive.addfile(entry)
        entry = tarfile.TarInfo("../../../leak.log")
        entry.size = len(LEAK)
        archive.addfile(entry, io.BytesIO(LEAK))
    return out.getvalue()


def _claims(size: int) -> bytes:
    """A member that says it is that large and is not."""
    entry = tarfile.TarInfo("huge")
    entry.size = size
    return entry.tobuf(tarfile.GNU_FORMAT) + LEAK


def _laughs(document: str, define: Callable[[str, str], str], use: Callable[[str], str]) -> bytes:
    """Ten of the one before, thirty times over."""
    lines = [define("a0", "ha")]
    lines += [define(f"a{nth}", use(f"a{nth - 1}") * 10) for nth in range(1, 30)]
    return document.format("\n".join(lines), use("a29")).encode() + LEAK


def _yaml_laughs() -> bytes:
    lines = ["a0: &a0 [ha]", *(f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30))]
    return "\n".join(lines).encode() + b"\ntoken: " + tokens.github(11).encode() + b"\n"


def _headers_tar(count: int) -> bytes:
    """A header after the other, each of an empty file."""
    header = tarfile.TarInfo("a").tobuf(tarfile.GNU_FORMAT)
    codec = zlib.compressobj(1, wbits=31)
    return b"".join([*(codec.compress(header * 1000) for _ in range(count // 1000)), codec.flush()])


def _merging_yaml() -> bytes:
    """Each mapping merges the one before, twice."""
    lines = [
        "a0: &a0 {x: ha}",
        *(f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}], k{n}: 1}}" for n in range(1, 40)),
    ]
    return "\n".join(lines).encode() + b"\ntoken: " + tokens.github(11).encode() + b"\n"


def _colliding_keys() -> bytes:
    """Python's integers of the same hash, as names: whoever makes them numbers pays for it."""
    return json.dumps({str(nth * ((1 << 61) - 1)): nth for nth in range(50_000)}).encode() + LEAK


def _sqlite_loop() -> bytes:
    """Inner pages that are their own children."""
    head = bytearray(b"SQLite format 3\0" + struct.pack(">HBBBBBB", 4096, 1, 1, 0, 64, 32, 32) + bytes(76))
    head[28:32] = struct.pack(">I", 2)
    page = struct.pack(">BHHHBI", 5, 0, 1, 4000, 0, 1) + struct.pack(">H", 4000)
    first = bytes(head) + page
    return first + bytes(4096 - len(first)) + page + bytes(4096 - len(page) - len(LEAK)) + LEAK


def _aborting_parquet() -> bytes:
    """Contradicts itself in a way that makes some releases of pyarrow end their process."""
    files = tuple(seed.data for seed in seeds() if seed.data.startswith(b"PAR1"))
    return mutated(files, 160, "format:Parquet") + LEAK


def _png(claimed: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", claimed) + b"tEXt" + LEAK


def _pdf_loop() -> bytes:
    """A page tree that is its own child, and a table of references that leads back to itself."""
    tree = b"1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]>>endobj\n"
    return b"%PDF-1.4\n" + tree + b"xref\n0 1\ntrailer<</Root 1 0 R/Prev 9>>startxref\n9\n%%EOF" + LEAK


def _xml_depth() -> bytes:
    return b"<r>" + b"<a>" * 200_000 + LEAK


ITEMS: dict[str, Callable[[], bytes]] = {
    "bomb.zip": lambda: zip_of({"zeros": bytes(60 * MIB)}),
    "bomb.gz": lambda: gzip.compress(bytes(60 * MIB)),
    "bomb.xz": lambda: lzma.compress(bytes(60 * MIB)),
    "bomb-in-bombs.zip": lambda: _nested(3, 3),
    "deep.zip": lambda: _deep(40),
    "overlapping.zip": lambda: overlapping_zip(500, bytes(MIB)),
    "many-members.zip": lambda: _many_members(1_000_000),
    "many-headers.tgz": lambda: _headers_tar(1_000_000),
    "quine.zip": zip_quine,
    "quine.gz": gzip_quine,
    "traversal.zip": lambda: zip_of({"../" * 50 + "etc/passwd": LEAK, "/abs": LEAK, "C:\\x": LEAK}),
    "loops.tar": lambda: _tar(
        ("a", tarfile.SYMTYPE, "a"), ("b", tarfile.LNKTYPE, "c"), ("c", tarfile.LNKTYPE, "b")
    ),
    "liar.tar": lambda: _claims(1 << 50),
    "streams.gz": lambda: gzip.compress(b"") * 20_000 + gzip.compress(LEAK),
    "liar.7z": lambda: b"7z\xbc\xaf\x27\x1c\0\4" + struct.pack("<LQQL", 0, 32, 1 << 60, 0) + LEAK,
    "window.zst": lambda: b"\x28\xb5\x2f\xfd\x00\xf8" + LEAK,
    "laughs.xml": lambda: _laughs(
        "<!DOCTYPE a [{}]><a>{}</a>", lambda n, v: f'<!ENTITY {n} "{v}">', lambda n: f"&{n};"
    ),
    "laughs.yaml": _yaml_laughs,
    "deep.json": lambda: b"[" * MIB + LEAK,
    "deep-objects.json": lambda: b'{"a":' * 200_000 + LEAK,
    "deep.xml": _xml_depth,
    "deep.yaml": lambda: b"- " * 200_000 + LEAK,
    "digits.json": lambda: b'{"n": ' + b"9" * MIB + b', "e": 1e' + b"9" * 1000 + b"}" + LEAK,
    "numbers.json": lambda: b'{"a": NaN, "b": -Infinity, "c": 1e400, "d": -1e-400, "e": 0x1}' + LEAK,
    "numbers.yaml": lambda: b"a: .inf\nb: 1e400\nc: 0o777\nd: 1:1:1\ne: " + b"9" * MIB + LEAK,
    "merges.yaml": _merging_yaml,
    "keys.json": _colliding_keys,
    "columns.csv": lambda: b"a," * 500_000 + b"\n" + b"b," * 500_000 + LEAK,
    "line.log": lambda: b"x1y " * (26 * MIB) + LEAK,
    "nul.log": lambda: bytes(4 * MIB) + LEAK,
    "utf-8.log": lambda: b"\xc0\xaf\xed\xa0\x80\xf8\x88\x80\x80\x80\xff\xe2\x82" * 50_000 + LEAK,
    "utf-16.log": lambda: b"\xff\xfe" + b"\x00\xd8" * 200_000 + LEAK.decode().encode("utf-16-le"),
    "utf-16-odd.log": lambda: b"\xfe\xff" + b"\xdc\x00\x0a" * 99_999 + LEAK.decode().encode("utf-16-be"),
    "marks.log": lambda: b"\xff\xfe\0\0\xfe\xff\xef\xbb\xbf\0\0\xfe\xff+/v8" * 5_000 + LEAK,
    "utf-32.log": lambda: (
        b"\xff\xfe\0\0"
        + ("good" * 99).encode("utf-32-le")
        + b"\xff\xff\xff\x7f" * 4
        + LEAK.decode().encode("utf-32-le")
    ),
    "words.log": lambda: b"NPM_TOKEN=npm" + b"_m" * 200_000 + b"_7" + LEAK,
    "names.log": lambda: b"password=" * 12_000 + LEAK,
    "letters.log": lambda: b"secret: " + b"a" * MIB + b"!" + LEAK,
    "words-of-names.log": lambda: b"Anna Berg " * 100_000 + LEAK,
    "assignments.log": lambda: b"api_key='" * 20_000 + LEAK,
    "quotes.log": lambda: b'"' * MIB + LEAK,
    "digits.log": lambda: b"4" * MIB + LEAK,
    "cards.log": lambda: b"4-" * 400_000 + LEAK,
    "keys.pem": lambda: (b"-----BEGIN " + b"PRIVATE KEY-----\n") * 20_000 + LEAK,
    "jwt.log": lambda: (b"ey" + b"J") * 300_000 + b"." + b"eyJ." * 50_000 + LEAK,
    "uris.log": lambda: b"a://" * 200_000 + b"@" + LEAK,
    "hex.log": lambda: b"\\x41" * 200_000 + LEAK,
    "mails.log": lambda: b"a@b." * 200_000 + LEAK,
    "spaces.log": lambda: b"token = " + b" " * MIB + b"=" + LEAK,
    "hosts.log": lambda: b"https://" + b"a." * 300_000 + b":@" + LEAK,
    "base64.log": lambda: b"QUFB" * MIB + LEAK,
    "percent.log": lambda: b"%25" * 400_000 + LEAK,
    "backslashes.log": lambda: b"\\" * MIB + LEAK,
    "escapes.log": lambda: b"\x1b[31m\x1b]0;t\x07\r\b" * 100_000 + LEAK,
    "entities.html": lambda: b"<html><body>" + b"&#x41;&amp;" * 100_000 + LEAK,
    "tags.html": lambda: b"<html>" + b"<div " * 200_000 + LEAK,
    "records.log": lambda: b"-[ RECORD 1 ]-\na | b\n" * 20_000 + LEAK,
    "table.md": lambda: b"|a|b|\n|---|---|\n" * 30_000 + LEAK,
    "loop.sqlite": _sqlite_loop,
    "crash.parquet": _aborting_parquet,
    "claims.png": lambda: _png(0xFFFFFFFF),
    "loop.pdf": _pdf_loop,
    "loose-object": lambda: zlib.compress(b"blob 99999999999\0" + LEAK),
    "boundaries.eml": lambda: (
        b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=a\n\n" + b"--a\n\n" * 100_000 + LEAK
    ),
}
# Cut where they turn out to be hostile, so that nothing is known of what is behind.
CUT: dict[str, str] = {
    "bomb.zip": "bomb",
    "bomb.gz": "bomb",
    "bomb.xz": "bomb",
    "deep.zip": "too_deep",
    "overlapping.zip": "bomb",
    "many-members.zip": "too_many",
    "many-headers.tgz": "too_many",
    "quine.zip": "too_deep",
    "quine.gz": "too_deep",
}
