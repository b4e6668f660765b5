"""Pictures tell what stands in their metadata."""

from __future__ import annotations

import zlib

import pytest

from leakgate.unpack.formats.image_text import ImageText
from tests.unit.unpack.formats.binary_fields_of import Field, fields_of, items_of

IMAGE = ImageText()


def _png(*chunks: tuple[bytes, bytes]) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        len(body).to_bytes(4, "big") + kind + body + bytes(4) for kind, body in chunks
    )


def _jpeg(marker: int, body: bytes) -> bytes:
    return b"\xff\xd8\xff" + bytes([marker]) + (len(body) + 2).to_bytes(2, "big") + body


def _exif(order: str, *tags: tuple[int, int, bytes]) -> bytes:
    """A TIFF header with one directory; `tags` are number, type and bytes."""

    def number(value: int, width: int) -> bytes:
        return value.to_bytes(width, "little" if order == "II" else "big")

    body = order.encode() + number(42, 2) + number(8, 4) + number(len(tags), 2)
    at, rest = len(body) + 12 * len(tags), b""
    for tag, kind, data in tags:
        place = data.ljust(4, b"\0") if len(data) <= 4 else number(at + len(rest), 4)
        rest += data if len(data) > 4 else b""
        body += number(tag, 2) + number(kind, 2) + number(len(data), 4) + place
    return body + rest


@pytest.mark.parametrize(
    "chunk",
    [
        (b"tEXt", b"Author\0Some body"),
        (b"zTXt", b"Author\0\0" + zlib.compress(b"Some body")),
        (b"iTXt", b"Author\0\0\0en\0Auteur\0Some body"),
        (b"iTXt", b"Author\0\1\0\0\0" + zlib.compress(b"Some body")),
    ],
)
def test_png_text_has_its_keyword(chunk: tuple[bytes, bytes]) -> None:
    """Plain, compressed and international text, in any order among other chunks."""
    [field] = fields_of(IMAGE, _png((b"IHDR", bytes(13)), chunk, (b"IEND", b"")))

    assert ("Author", b"Some body", f"/{chunk[0].decode()}/Author") == (
        field.label,
        field.value,
        field.pointer,
    )


def test_place_of_plain_text_is_exact() -> None:
    """What is not compressed leads to its own bytes."""
    [field] = fields_of(IMAGE, _png((b"tEXt", b"Author\0Some body")))

    assert field.raw == b"Some body"


def test_letters_of_latin_1_are_read() -> None:
    """tEXt is Latin-1 by its standard."""
    [field] = fields_of(IMAGE, _png((b"tEXt", "Author\0Søme body".encode("latin-1"))))

    assert field.value == "Søme body".encode()


def test_jpeg_comment_is_read() -> None:
    """It has no name but its kind."""
    assert [Field("comment", b"Some body", b"Some body", "/comment")] == fields_of(
        IMAGE, _jpeg(0xFE, b"Some body")
    )


@pytest.mark.parametrize("order", ["II", "MM"])
def test_exif_tags_are_read(order: str) -> None:
    """Of either byte order; text of Windows is UTF-16."""
    tags = ((0x013B, 2, b"Some body\0"), (0x9C9D, 1, "Another\0".encode("utf-16-le")))

    fields = fields_of(IMAGE, _jpeg(0xE1, b"Exif\0\0" + _exif(order, *tags)))

    assert [("Artist", b"Some body"), ("XPAuthor", b"Another")] == [(f.label, f.value) for f in fields]


def test_directories_that_lead_to_each_other_end() -> None:
    """A tag that points back at its own directory is followed a bounded number of times."""
    loop = _exif("MM", (0x8769, 4, (8).to_bytes(4, "big")), (0x013B, 2, b"Some body\0"))

    assert len(fields_of(IMAGE, _jpeg(0xE1, b"Exif\0\0" + loop))) <= 512


def test_cut_pictures_are_read_as_far_as_they_go() -> None:
    """Every beginning of a picture is read without an exception."""
    whole = _png((b"zTXt", b"Author\0\0" + zlib.compress(b"Some body")), (b"tEXt", b"Title\0Some title"))

    assert all(items_of(IMAGE, whole[:length]) is not None for length in range(len(whole)))
