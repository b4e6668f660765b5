"""What a commit holds: the side of a repository that no test run and no change under test has written."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

from leakgate.model.records import dataclass


class CommittedFiles(Protocol):
    """The files of one commit below a source root. Never raises: what cannot be read is not there."""

    @property
    def commit(self) -> str:
        """The full hash."""

    def paths(self, skipped: Callable[[str], bool]) -> Iterable[str]:
        """From the source root, with `/`, in a fixed order; below no folder whose name is `skipped`."""

    def texts(self, paths: Iterable[str], largest: int, altogether: int) -> dict[str, bytes]:
        """The bytes of regular files, in order, of at most so many each and altogether."""


@dataclass(frozen=True, slots=True)
class Vouching:
    """
    Which files may say that a value is made up, and which only offer to.

    `committed` is None where no commit can be read: then nothing vouches. `changed` are the files that the
    change under test adds or edits, where there is a base to compare with; they never vouch.
    `marks` says that the policy lets marks in source files count.
    """

    committed: CommittedFiles | None
    changed: CommittedFiles | None = None
    marks: bool = False


NOTHING_VOUCHES = Vouching(None)


@dataclass(frozen=True, slots=True)
class Offer:
    """What the change under test brings along that would excuse a value; `path` is from the source root."""

    role: str
    path: str
