"""Bytes in memory, and files over readers."""

from __future__ import annotations

import io

import pytest

from leakgate.unpack.readers import HeldBytes, ReaderFile


def test_held_bytes_are_content_and_reader():
    """Opening gives the bytes, short at their end."""
    with HeldBytes(b"0123456789") as reader:
        assert (10, b"89", b"", b"0123456789") == (
            reader.size,
            reader.read(8, 9),
            reader.read(99, 1),
            reader.read(0, 99),
        )


@pytest.mark.parametrize(
    ("offset", "whence", "expected"),
    [(3, io.SEEK_SET, b"34"), (-2, io.SEEK_END, b"89"), (2, io.SEEK_CUR, b"34"), (50, io.SEEK_SET, b"")],
)
def test_reader_file_seeks(offset, whence, expected):
    """A file over a reader goes wherever a file does."""
    file = ReaderFile(HeldBytes(b"0123456789"))
    file.read(1)

    file.seek(offset, whence)

    assert expected == file.read(2)
