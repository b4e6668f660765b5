"""
Standard input as one artifact, never beyond its limit.

A file that is redirected is read where it stands. What comes through a pipe is held in memory, and beyond
some size in a file without a name, which nobody else can open and which ends with this process.
"""

from __future__ import annotations

import os
import select
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import field
from io import BufferedReader
from typing import BinaryIO

from leakgate.model.artifact import Artifact, Content, Unit
from leakgate.model.gap import Gap
from leakgate.model.records import dataclass
from leakgate.sources import gaps
from leakgate.sources.content import DescriptorContent, MemoryContent
from leakgate.sources.ledger import Ledger
from leakgate.sources.listing import Listing
from leakgate.sources.names import display_path
from leakgate.sources.selection import Selection

_CHUNK = 1 << 20
_HEARING = 0.2  # seconds until a signal is heard at the latest
_IN_MEMORY = 32 << 20  # bytes
ARGUMENT = "-"


@dataclass(frozen=True, slots=True)
class StandardInput:
    """A stream called `name`; what was read before an error or the limit (bytes) is scanned."""

    stream: BinaryIO
    name: str
    limit: int
    selection: Selection
    ledger: Ledger
    listing: Listing = field(default_factory=Listing)

    def units(self) -> Iterator[Unit | Gap]:
        path = display_path(self.name)
        if self.selection.excludes(self.name.rpartition("/")[2]):
            self.ledger.skip(ARGUMENT)
            return
        redirected = self._redirected(self.listing)
        if redirected is not None:
            yield Unit(Artifact(path), redirected)
            return
        held = _Held()
        gap = self._fill(held, path)
        yield Unit(Artifact(path), held.content())
        if gap is not None:
            yield gap

    def again(self, listing: Listing) -> Iterator[Unit]:
        """The file once more, where it is one; notes in `listing` how it stands now."""
        path = display_path(self.name)
        if path in self.listing.files and (redirected := self._redirected(listing)) is not None:
            yield Unit(Artifact(path), redirected)

    def _redirected(self, listing: Listing) -> Content | None:
        """A regular file behind the stream, from where it is read; None for pipes and terminals."""
        try:
            descriptor = self.stream.fileno()
            found = os.fstat(descriptor)
            if not stat.S_ISREG(found.st_mode):
                return None
            start = self.stream.tell()
        except (OSError, ValueError, AttributeError):
            return None
        listing.note(display_path(self.name), found)
        return DescriptorContent(descriptor, start)

    def _fill(self, held: _Held, path: str) -> Gap | None:
        try:
            while held.size < self.limit:
                chunk = self._next(min(_CHUNK, self.limit - held.size))
                if not chunk:
                    return None
                held.add(chunk)
            return gaps.input_too_large(path, self.limit) if self._next(1) else None
        except OSError as exc:
            return gaps.unreadable(path, exc)

    def _next(self, most: int) -> bytes:
        """Up to `most` bytes, none at the end. Raises OSError.

        A signal that comes just before the `read` of the system is heard behind it only, and it
        may never return; so it begins when there is something to read.
        """
        try:
            descriptor = self.stream.fileno()
            while not select.select((descriptor,), (), (), _HEARING)[0]:
                pass
        except (OSError, ValueError, AttributeError):  # no descriptor, or one that select does not take
            return self.stream.read(most)
        read: bytes = (
            self.stream.read1(most) if isinstance(self.stream, BufferedReader) else self.stream.read(most)
        )
        return read


class _Held:
    """What was read so far, in memory or in a file without a name."""

    def __init__(self) -> None:
        self.size = 0
        self._memory = bytearray()
        self._descriptor: int | None = None

    def add(self, chunk: bytes) -> None:
        """Raises OSError where there is no room."""
        if self._descriptor is None and self.size + len(chunk) > _IN_MEMORY:
            self._descriptor = _nameless()
            self._write(self._memory)
            self._memory = bytearray()
        if self._descriptor is None:
            self._memory += chunk
        else:
            self._write(chunk)
        self.size += len(chunk)

    def content(self) -> Content:
        return (
            MemoryContent(self._memory) if self._descriptor is None else DescriptorContent(self._descriptor)
        )

    def _write(self, data: bytes | bytearray) -> None:
        assert self._descriptor is not None
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(self._descriptor, rest) :]


def _nameless() -> int:
    """Closed by the end of the process alone."""
    with tempfile.TemporaryFile(prefix="leakgate-") as file:
        return os.dup(file.fileno())
