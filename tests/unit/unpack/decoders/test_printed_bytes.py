"""Bytes that tools print: dumps in every layout, armour, literals, chunks, joined strings."""

from __future__ import annotations

import base64
import binascii
import bz2
import gzip
import lzma
import zlib

import pytest

from leakgate.unpack.decoders.byte_dumps import LAYOUTS
from tests.unit.unpack.decoders.unfolding import raw_of, texts, unfolded

TEXT = '{"user": "ann", "note": "kept", "pin": "not-a-real-value"}'
RAW = TEXT.encode()


def rows(head: str, shown: str, tail: str = "") -> str:
    """`shown` is a format of one byte."""
    lines = (
        head.format(at=at) + "".join(shown.format(byte=byte) for byte in RAW[at : at + 16]) + tail
        for at in range(0, len(RAW), 16)
    )
    return "sent:\n" + "\n".join(lines) + "\n\n"


def words(raw: bytes) -> str:
    lines = (
        f"{at:07x} " + " ".join(raw[i : i + 2][::-1].hex() for i in range(at, min(at + 16, len(raw)), 2))
        for at in range(0, len(raw), 16)
    )
    return "sent:\n" + "\n".join(lines) + "\n"


def uuencoded(raw: bytes) -> str:
    lines = (binascii.b2a_uu(raw[at : at + 45]).decode() for at in range(0, len(raw), 45))
    return "begin 644 x\n" + "".join(lines) + "`\nend\n"


CASES = {
    "od -t x1": rows("{at:07o}", " {byte:02x}"),
    "od -b": rows("{at:07o}", " {byte:03o}"),
    "od -c": rows("{at:07o}", "   {byte:c}"),
    "od -x": words(RAW),
    "hexdump": rows("{at:08x}  ", "{byte:02x} ", " |................|"),
    "openssl": rows("{at:04x} - ", "{byte:02x} ", "  ................"),
    "netty": rows("|{at:08x}|", " {byte:02x}", " |................|"),
    "bare": rows("", " {byte:02x}"),
    "uuencode": uuencoded(RAW),
    "ascii85": base64.a85encode(RAW, adobe=True).decode(),
    "byte_literals, gzip": repr(gzip.compress(RAW)),
    "byte_literals, zlib": repr(zlib.compress(RAW)),
    "bzip2 in base64": base64.b64encode(bz2.compress(RAW)).decode(),
    "xz in base64": base64.b64encode(lzma.compress(RAW)).decode(),
    "gzip in hex": gzip.compress(RAW).hex(),
    "zlib in hex": zlib.compress(RAW).hex(),
    "chunks": f"Transfer-Encoding: chunked\r\n\r\n10\r\n{TEXT[:16]}\r\n2a\r\n{TEXT[16:]}\r\n0\r\n",
}


@pytest.mark.parametrize("text", CASES.values(), ids=CASES)
def test_printed_bytes_are_read(text: str) -> None:
    """Whatever the layout, some child is the text."""
    assert any(TEXT in found for found in texts("first\n" + text))


@pytest.mark.parametrize("text", [CASES["od -t x1"], CASES["od -b"], CASES["netty"]])
def test_a_printed_byte_has_its_place(text: str) -> None:
    """The place of a value is that of its numbers."""
    child = next(child for child in unfolded(text) if TEXT.encode() in child.data)

    assert 3 >= len(raw_of(child, "{"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('pin: "not-a-" +\n   "real-value"', 'pin: "not-a-real-value"'),
        ("pin = 'not-a-' + 'real-value'", "pin = 'not-a-real-value'"),
        ("pin = 'not-a-'\n  . 'real-value'", "pin = 'not-a-real-value'"),
    ],
)
def test_concatenated_literals_are_one(text: str, expected: str) -> None:
    """Also over lines."""
    assert expected in texts(text)


def test_octets_of_no_dump_are_none() -> None:
    """Columns of numbers that are no text are left alone."""
    assert [] == texts("0000000 001 002 003 004 005 006 007 010\n0000010 001 002 003 004\n")


def test_every_layout_is_of_its_own() -> None:
    """No two layouts look for the same columns."""
    assert len(LAYOUTS) == len({layout.columns.pattern for layout in LAYOUTS})


@pytest.mark.parametrize(
    "text",
    ["begin 644 x\n" * 5000, "<~abcdefgh" * 5000, "0000000 60 61\n" * 5000, "'\\x1f\\x8b\\x08" * 5000],
    ids=["armoured", "ascii85", "dumps", "literals"],
)
def test_hostile_marks_are_bounded(text: str) -> None:
    """Marks without what they announce cost little and yield little."""
    assert sum(len(child.data) for child in unfolded(text)) < 50 * len(text)
