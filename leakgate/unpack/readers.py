"""
Bytes held in memory as content, readers that remember, and a file object over any reader.

Never opens files itself.
"""

from __future__ import annotations

import io
from types import TracebackType

from leakgate.model.artifact import Reader


class HeldBytes:
    """Content and its own reader: bytes that are in memory already."""

    __slots__ = ("_data",)

    def __init__(self, data: bytes) -> None:
        self._data = data

    @property
    def size(self) -> int:
        return len(self._data)

    def read(self, offset: int, length: int) -> bytes:
        if offset == 0 and length >= len(self._data):
            return self._data
        return self._data[offset : offset + length]

    def open(self) -> HeldBytes:
        """A context manager that gives this reader."""
        return self

    def __enter__(self) -> HeldBytes:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None


class Remembering:
    """The same bytes as `reader` gives, but its first ones are read once: all who look at a file begin there.

    A file that has no more than these is read once as a whole. Raises OSError where they cannot be read.
    """

    __slots__ = ("_first", "_is_all", "_reader", "size")

    def __init__(self, reader: Reader, length: int) -> None:
        self._reader = reader
        self.size = reader.size
        self._first = reader.read(0, length)
        # What ends early has changed: the one who reads on shall notice.
        self._is_all = len(self._first) == self.size

    def read(self, offset: int, length: int) -> bytes:
        first = self._first
        if self._is_all or offset + length <= len(first):
            return first if not offset and length >= len(first) else first[offset : offset + length]
        return self._reader.read(offset, length)


class ReaderFile(io.BufferedReader):
    """A seekable, read-only binary file over a `Reader`, for libraries that want a file."""

    def __init__(self, reader: Reader) -> None:
        super().__init__(_RawReader(reader), buffer_size=1 << 16)


class _RawReader(io.RawIOBase):
    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        found = self._reader.read(self._at, len(buffer))
        buffer[: len(found)] = found
        self._at += len(found)
        return len(found)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._reader.size}[whence]
        if base + offset < 0:
            raise ValueError("cannot seek before the start")
        self._at = base + offset
        return self._at

    def tell(self) -> int:
        return self._at
