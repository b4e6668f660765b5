# ruff: noqa: E501 - a table
"""
The page docs/formats.md: what becomes of a file of each format, found out by scanning one.

`python -m tests.formats.table` writes it; a test compares it with what a scan gives now.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import tempfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import brotli

from leakgate.findings.fingerprint import Key
from leakgate.model.artifact import Artifact, Unit
from leakgate.pipeline.outcome import UnitOutcome
from leakgate.pipeline.unit import UnitScanner
from leakgate.policy.load import load_policy
from leakgate.unpack.readers import HeldBytes
from leakgate.wiring import build_detector, build_scanner
from tests.formats import samples as s
from tests.unit.unpack.test_other_archives import sevenzip_of

PAGE = Path(__file__).parents[2] / "docs" / "formats.md"
READ, NO_TEXT = "read", "no text"


@dataclass(frozen=True, slots=True)
class Format:
    """`fate` is `read`, `no text`, or the reason of the gap."""

    name: str
    fate: str
    make: Callable[[], bytes]
    how: str = ""


_PACKED = "the stream is opened where it stands"
_CODE = "strings are scanned, packed resources are opened"
_UNPACK = "unpack it before, or pack it as zip, tar or 7z"
FORMATS = (
    Format("text", READ, lambda: s.TEXT),
    Format("UTF-16 text", READ, lambda: s.TEXT.decode().encode("utf-16")),
    Format("zip, jar, whl, docx, ods, apk", READ, s.zip_file),
    Format("zip behind a program", READ, lambda: s.pe(s.zip_file())),
    Format("zip within other bytes", READ, lambda: s.NOISE[:900] + s.zip_file() + s.NOISE * 60, "opened where it stands"),
    Format("npz", READ, s.archive_of_arrays),
    Format("tar", READ, s.tar_file),
    Format("tar in gzip", READ, lambda: gzip.compress(s.tar_file())),
    Format("7z", READ, lambda: sevenzip_of({"a.log": s.TEXT})),
    Format("ar, deb", READ, lambda: b"!<arch>\n" + f"{'a.log/':16}{0:<12}{0:<6}{0:<6}{644:<8}{len(s.TEXT):<10}`\n".encode() + s.TEXT),
    Format("cpio", READ, lambda: b"070701" + b"0" * 104 + b"a.log\0" + s.TEXT, "as it stands: it packs nothing"),
    Format("gzip", READ, lambda: gzip.compress(s.TEXT)),
    Format("bzip2", READ, lambda: bz2.compress(s.TEXT)),
    Format("xz", READ, lambda: lzma.compress(s.TEXT)),
    Format("lzma", READ, lambda: lzma.compress(s.TEXT, lzma.FORMAT_ALONE)),
    Format("Zstandard", READ, s.zstd),
    Format("zlib", READ, lambda: zlib.compress(s.TEXT)),
    Format("Brotli", READ, lambda: brotli.compress(s.TEXT), "told by what comes out of it"),
    Format("HAR with Brotli", READ, lambda: s.har(brotli.compress(s.TEXT), "br")),
    Format("HTTP message with gzip", READ, lambda: s.http(gzip.compress(s.TEXT), "gzip"), _PACKED),
    Format("HTTP message with Brotli", READ, lambda: s.http(brotli.compress(s.TEXT), "br"), _PACKED),
    Format("script that unpacks itself", READ, lambda: b"#!/bin/sh\nexit 0\n" * 9 + lzma.compress(s.TEXT), _PACKED),
    Format("Git object", READ, lambda: zlib.compress(b"blob %d\0" % len(s.TEXT) + s.TEXT)),
    Format("Git pack", READ, s.git_pack),
    Format("Git bundle", READ, lambda: b"# v2 git bundle\n" + b"0" * 40 + b" HEAD\n\n" + s.git_pack(), "its pack is opened"),
    Format("PostgreSQL custom dump", READ, s.dump_of_postgres, _PACKED),
    Format("SQLite", READ, s.sqlite),
    Format("pickle, joblib", READ, s.pickled, "values, and " + _PACKED),
    Format("rpm", READ, s.rpm, _PACKED),
    Format("squashfs, cramfs", READ, s.squashfs, _PACKED),
    Format("HDF5 with gzip", READ, s.hdf5, _PACKED),
    Format("Arrow, Feather with zstd", READ, s.arrow, _PACKED),
    Format("memory dump", READ, lambda: s.elf(4, gzip.compress(s.TEXT)), _CODE),
    Format("AppImage", READ, lambda: s.elf(2, s.squashfs()), _PACKED),
    Format("text of a PNG", READ, lambda: s.png((b"tEXt", b"Comment\0" + s.LINE))),
    Format("comment of a JPEG", READ, lambda: s.jpeg(s.LINE)),
    Format("text behind a PNG", READ, lambda: s.png() + s.TEXT),
    Format("PNG", NO_TEXT, s.png),
    Format("JPEG", NO_TEXT, s.jpeg),
    Format("GIF", NO_TEXT, s.gif),
    Format("WebP", NO_TEXT, lambda: s.riff(b"WEBP")),
    Format("BMP", NO_TEXT, s.bmp),
    Format("icon", NO_TEXT, s.icon),
    Format("AVIF, HEIC", NO_TEXT, lambda: s.mp4(b"avif")),
    Format("MP4, MOV", NO_TEXT, lambda: s.mp4(b"isom")),
    Format("WebM, Matroska", NO_TEXT, s.webm),
    Format("AVI", NO_TEXT, lambda: s.riff(b"AVI ")),
    Format("WAV", NO_TEXT, lambda: s.riff(b"WAVE")),
    Format("Ogg", NO_TEXT, s.ogg),
    Format("WOFF", NO_TEXT, lambda: s.woff(b"wOFF")),
    Format("WOFF 2", NO_TEXT, lambda: s.woff(b"wOF2")),
    Format("TrueType, OpenType", NO_TEXT, s.ttf),
    Format("ELF", NO_TEXT, lambda: s.elf(2), _CODE),
    Format("PE: exe, dll", NO_TEXT, s.pe, _CODE),
    Format("Mach-O", NO_TEXT, s.mach, _CODE),
    Format("WebAssembly", NO_TEXT, lambda: b"\0asm\1\0\0\0\x0a\x80\x9c\1" + s.NOISE[:19_968], _CODE),
    Format("index of a Git pack", NO_TEXT, s.pack_index),
    Format("array of NumPy", NO_TEXT, s.array, "numbers"),
    Format("RAR", "unsupported", lambda: b"Rar!\x1a\x07\1\0" + s.NOISE, _UNPACK),
    Format("LZ4", "unsupported", lambda: b"\x04\x22\x4d\x18\x64\x40\xa7" + s.NOISE, _UNPACK),
    Format("LZ4 within other bytes", "unsupported", lambda: bytes(99) + b"\x04\x22\x4d\x18\x64\x40\xa7" + s.NOISE, _UNPACK),
    Format("framed Snappy", "unsupported", lambda: b"\xff\x06\0\0sNaPpY" + s.NOISE, _UNPACK),
    Format("compress (.Z)", "unsupported", lambda: b"\x1f\x9d\x90" + s.NOISE, _UNPACK),
    Format("lzip", "unsupported", lambda: b"LZIP\1\x0c" + s.NOISE, _UNPACK),
    Format("lzop", "unsupported", lambda: b"\x89LZO\0\r\n\x1a\n" + s.NOISE, _UNPACK),
    Format("CAB", "unsupported", lambda: b"MSCF\0\0\0\0" + s.NOISE, _UNPACK),
    Format("xar", "unsupported", lambda: b"xar!\0\x1c\0\1" + s.NOISE, _UNPACK),
    Format("ORC", "unsupported", lambda: b"ORC" + bytes(9) + s.NOISE, _UNPACK),
    Format("LevelDB, RocksDB table", "unsupported", lambda: s.NOISE + b"\x57\xfb\x80\x8b\x24\x75\x47\xdb", _UNPACK),
    Format("zip with a password", "encrypted", s.encrypted_zip, "publish it unencrypted, or leave it out"),
    Format("gzip that is cut", "malformed", lambda: gzip.compress(s.NOISE)[:9000], "pack it anew"),
    Format("noise, such as encrypted bytes", "opaque", lambda: s.NOISE, "leave it out, or keep what it is made of"),
)  # fmt: skip


@cache
def scanner() -> UnitScanner:
    """With the rules of the default policy, without a language model."""
    policy = load_policy("default")
    detector = build_detector(replace(policy.detect, nlp_entities=()), Path(tempfile.mkdtemp()))
    return build_scanner(detector, Key.of("formats"), policy.limits)


def scanned(data: bytes, name: str = "a.bin") -> UnitOutcome:
    return scanner().scan(Unit(Artifact(name), HeldBytes(data)), lambda: False)


def fate(outcome: UnitOutcome) -> str:
    """As `Format.fate`; that something else also looks like noise says nothing more."""
    if any(finding.rule.entity == "GITHUB_TOKEN" for finding in outcome.findings):
        return READ
    reasons = {str(gap.reason) for gap in outcome.gaps}
    return ", ".join(sorted(reasons - {"opaque"} or reasons)) or NO_TEXT


_INTRODUCTION = """\
# Formats

<!-- Written by `python -m tests.formats.table`; do not edit. -->

What becomes of a file by its format, each told by content and structure, never by name. `read`: a token planted in
it is found. `no text`: known by its structure from beginning to end, and no gap; pictures and videos are counted in
the summary, as their pixels are not read. Anything else is a [gap](policy.md) of that reason: what may hold text
and was not looked at.
[Carriers](carriers.md) has how values are written in what is read.

A file of a format that is missing here is scanned for the text in it, streams that stand among its bytes are opened,
and 4 KiB or more of it that look like noise are a gap of the reason `opaque`.

| format | what becomes of it | how, or what to do |
|---|---|---|
"""


def page() -> str:
    """The whole page in Markdown."""
    rows = (f"| {each.name} | {_shown(fate(scanned(each.make())))} | {each.how} |\n" for each in FORMATS)
    return _INTRODUCTION + "".join(rows)


def _shown(found: str) -> str:
    return found if found in (READ, NO_TEXT) else f"gap: `{found}`"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
