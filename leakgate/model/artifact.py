"""What a source yields: the name of an artifact, and a bounded way to its bytes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Protocol

from leakgate.model.gap import Gap
from leakgate.model.records import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Artifact:
    """A named thing to scan: a path and, inside archives, the chain of member names.

    `path` is as given on the command line plus the relative part, always with `/`.
    Names come from scanned input: they are hostile text.
    """

    path: str
    members: tuple[str, ...] = ()

    def member(self, name: str) -> Artifact:
        """The artifact inside this one called `name`."""
        return Artifact(self.path, (*self.members, name))

    @property
    def name(self) -> str:
        """The innermost name."""
        return self.members[-1] if self.members else self.path


class Reader(Protocol):
    """Random access to the bytes of one open artifact."""

    @property
    def size(self) -> int:
        """Bytes, as known when it was opened."""

    def read(self, offset: int, length: int) -> bytes:
        """At most `length` bytes from `offset`; fewer at the end. Raises OSError."""


class Content(Protocol):
    """Where the bytes of an artifact come from; opened once, by the unit that scans it."""

    def open(self) -> AbstractContextManager[Reader]:
        """Raises OSError where the bytes cannot be had."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of work: an artifact of the run and the way to its bytes."""

    artifact: Artifact
    content: Content


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a name and no bytes of its own to scan: a folder, a link.

    `text` is what else is said of the artifact, such as the target of a link; None for its own name.
    """

    artifact: Artifact
    text: str | None = None


class Source(Protocol):
    """Somewhere artifacts come from; yields in a stable order."""

    def units(self) -> Iterator[Unit | Gap | Named]:
        """Every artifact in scope, a gap for what cannot be one, and names of what holds no bytes."""
