"""
Ways to the bytes of an artifact: a regular file, or memory.

Reads by position, not through a memory map: a file that shrinks under the scan ends early
instead of killing the process. Never follows a link the walk did not follow, never waits on a FIFO.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager

from leakgate.model.artifact import Reader
from leakgate.model.records import dataclass
from leakgate.sources.deep import opened


@dataclass(frozen=True, slots=True)
class FileContent:
    """A regular file; `follow` says whether `path` may be a symbolic link."""

    path: str
    follow: bool = False

    @contextmanager
    def open(self) -> Iterator[Reader]:
        """Raises OSError, also where `path` has become something else than a regular file."""
        # O_NONBLOCK: opening a FIFO for reading would wait for a writer. Regular files ignore it.
        flags = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | (0 if self.follow else os.O_NOFOLLOW)
        descriptor = opened(self.path, flags)
        try:
            yield _FileReader(descriptor, _size_of(descriptor))
        finally:
            os.close(descriptor)


@dataclass(frozen=True, slots=True)
class DescriptorContent:
    """A regular file that is open already, from `start` on; opening it leaves its position alone."""

    descriptor: int
    start: int = 0

    @contextmanager
    def open(self) -> Iterator[Reader]:
        """Raises OSError."""
        yield _FileReader(self.descriptor, max(0, _size_of(self.descriptor) - self.start), self.start)


@dataclass(frozen=True, slots=True, eq=False)
class MemoryContent:
    """Bytes that are already here."""

    held: bytes | bytearray

    @contextmanager
    def open(self) -> Iterator[Reader]:
        yield _MemoryReader(self.held)


def _size_of(descriptor: int) -> int:
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EISDIR, "not a regular file")
    # Files of /proc and some network mounts claim to be empty: an empty scan of one must not pass.
    if status.st_size == 0 and os.pread(descriptor, 1, 0):
        raise OSError(errno.EINVAL, "the file says it is empty but is not")
    return status.st_size


@dataclass(frozen=True, slots=True)
class _FileReader:
    descriptor: int
    size: int
    start: int = 0

    def read(self, offset: int, length: int) -> bytes:
        """Ends at the size known on opening: what is appended later belongs to the next scan."""
        # pread allocates what it is asked for, so the request is cut to what can be there.
        wanted = min(length, self.size - offset)
        parts: list[bytes] = []
        offset += self.start
        while wanted > 0:
            part = os.pread(self.descriptor, wanted, offset)
            if not part:
                break
            parts.append(part)
            offset += len(part)
            wanted -= len(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)


@dataclass(frozen=True, slots=True, eq=False)
class _MemoryReader:
    held: bytes | bytearray

    @property
    def size(self) -> int:
        return len(self.held)

    def read(self, offset: int, length: int) -> bytes:
        return bytes(memoryview(self.held)[offset : offset + length])
