"""Standard input as one artifact, held in memory; never on disk, never beyond its limit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from leakgate.model.artifact import Artifact, Unit
from leakgate.model.gap import Gap
from leakgate.model.records import dataclass
from leakgate.sources import gaps
from leakgate.sources.content import MemoryContent
from leakgate.sources.ledger import Ledger
from leakgate.sources.names import display_path
from leakgate.sources.selection import Selection

_CHUNK = 1 << 20
ARGUMENT = "-"


@dataclass(frozen=True, slots=True)
class StandardInput:
    """A stream called `name`; what was read before an error or the limit (bytes) is scanned."""

    stream: BinaryIO
    name: str
    limit: int
    selection: Selection
    ledger: Ledger

    def units(self) -> Iterator[Unit | Gap]:
        path = display_path(self.name)
        if self.selection.excludes(self.name.rpartition("/")[2]):
            self.ledger.skip(ARGUMENT)
            return
        held = bytearray()
        gap = self._fill(held, path)
        yield Unit(Artifact(path), MemoryContent(held))
        if gap is not None:
            yield gap

    def _fill(self, held: bytearray, path: str) -> Gap | None:
        try:
            while len(held) < self.limit:
                chunk = self.stream.read(min(_CHUNK, self.limit - len(held)))
                if not chunk:
                    return None
                held += chunk
            return gaps.input_too_large(path, self.limit) if self.stream.read(1) else None
        except OSError as exc:
            return gaps.unreadable(path, exc)
