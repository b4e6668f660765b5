"""Bytes in memory, and files over readers."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakgate.unpack.readers import HeldBytes, ReaderFile, Remembering


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


class Counted:
    """Bytes that count how often they are asked; `claims` is the size that the reader says it has."""

    def __init__(self, data: bytes, claims: int | None = None) -> None:
        self.asked = 0
        self.size = len(data) if claims is None else claims
        self._data = data

    def read(self, offset: int, length: int) -> bytes:
        self.asked += 1
        return self._data[offset : offset + length]


@given(st.binary(max_size=24), st.integers(0, 30), st.integers(0, 30))
def test_what_is_remembered_is_what_the_reader_gives(data: bytes, offset: int, length: int) -> None:
    """Every stretch is the same, whether it was remembered or is read."""
    assert data[offset : offset + length] == Remembering(Counted(data), 8).read(offset, length)


def test_a_small_file_is_read_once() -> None:
    """All that is asked of a file that is no larger than its beginning costs one read."""
    counted = Counted(b"small")
    remembering = Remembering(counted, 8)
    for offset, length in ((0, 8), (0, 5), (2, 99), (5, 1), (90, 7)):
        remembering.read(offset, length)

    assert 1 == counted.asked


def test_a_file_that_ends_early_is_asked_again() -> None:
    """A reader that gave less than its size is not taken for all there is."""
    counted = Counted(b"short", claims=7)
    remembering = Remembering(counted, 8)
    remembering.read(0, 7)

    assert 2 == counted.asked
