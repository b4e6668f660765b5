"""
The roots of a run and what lies in their scope.

Answers by path alone; never reads, never lists.
"""

from __future__ import annotations

from leakgate.model.records import dataclass
from leakgate.sources.globs import Glob
from leakgate.sources.names import display_path
from leakgate.sources.selection import Selection


@dataclass(frozen=True, slots=True)
class DirectoryRoot:
    """A directory argument, or the fixed part of a glob argument with the pattern as `only`.

    `given` is what to open, `real` the same without symbolic links, `shown` what reports call it.
    """

    given: str
    real: str
    shown: str
    only: Glob | None = None
    inner: str | None = None  # where names are relative to, below this root

    def called(self, relative: str) -> str:
        """What reports call the entry at `relative`."""
        if self.inner is not None and relative.startswith(self.inner):
            return display_path(".", relative[len(self.inner) :])
        return display_path(self.shown, relative)

    def relative(self, real: str) -> str | None:
        """`real` as seen from this root (`""` for itself), None if it lies elsewhere."""
        if real == self.real:
            return ""
        prefix = self.real.rstrip("/") + "/"
        return real[len(prefix) :] if real.startswith(prefix) else None

    def wants(self, relative: str) -> bool:
        return self.only is None or self.only.matches(relative)

    def wants_below(self, directory: str) -> bool:
        return self.only is None or self.only.may_match_below(directory)


@dataclass(frozen=True, slots=True)
class FileRoot:
    """A single file argument of any kind, symbolic links followed."""

    given: str
    real: str
    shown: str

    @property
    def name(self) -> str:
        return self.given.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Scope:
    """Every root of the run, with what the patterns leave of it.

    `own` are files that the run itself writes.
    """

    roots: tuple[DirectoryRoot | FileRoot, ...]
    selection: Selection
    own: frozenset[str] = frozenset()

    def has_file(self, real: str) -> bool:
        """Whether the file is reached where it stands, by some root."""
        return any(self._reaches(root, real) for root in self.roots)

    def has_directory(self, real: str) -> bool:
        """Whether the directory is walked where it stands, by some root."""
        for root in self._directories():
            relative = root.relative(real)
            if relative == "" or (
                relative is not None and root.wants_below(relative) and not self.selection.prunes(relative)
            ):
                return True
        return False

    def encloses(self, real: str) -> bool:
        """Whether the path lies below some directory of the run, in scope or not."""
        return any(root.relative(real) is not None for root in self._directories())

    def _directories(self) -> list[DirectoryRoot]:
        return [root for root in self.roots if isinstance(root, DirectoryRoot)]

    def _reaches(self, root: DirectoryRoot | FileRoot, real: str) -> bool:
        if isinstance(root, FileRoot):
            return root.real == real and not self.selection.excludes(root.name)
        relative = root.relative(real)
        return bool(relative) and root.wants(relative or "") and self.selection.keeps(relative or "")
