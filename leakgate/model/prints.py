"""What tells two artifacts apart: their bytes, by digest, and when they were last touched."""

from __future__ import annotations

from typing import Protocol

from leakgate.model.artifact import Unit
from leakgate.model.records import dataclass


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the system says of a file and changes whenever its bytes do; `size` is in bytes, times in ns."""

    size: int
    device: int
    inode: int
    modified: int
    changed: int


class Prints(Protocol):
    """Tells units by their bytes. Never raises for what cannot be read."""

    def stamp(self, unit: Unit) -> Stamp | None:
        """None for what can be read only once, or not at all."""

    def digest(self, unit: Unit, stamp: Stamp) -> bytes | None:
        """SHA-256 of the bytes; None where they are not, or no longer, those of `stamp`."""
