"""
Which files below a root are in scope: the `--include` and `--exclude` patterns.

Decides by name alone; never reads.
"""

from __future__ import annotations

from collections.abc import Iterable

from leakgate.model.records import dataclass
from leakgate.sources.globs import Glob


@dataclass(frozen=True, slots=True)
class Selection:
    """A file is kept if an include fits (or there is none) and no exclude does."""

    include: tuple[Glob, ...] = ()
    exclude: tuple[Glob, ...] = ()

    @classmethod
    def parse(cls, include: Iterable[str], exclude: Iterable[str]) -> Selection:
        return cls(tuple(map(Glob.parse, include)), tuple(map(Glob.parse, exclude)))

    def keeps(self, relative: str) -> bool:
        """Whether the file at `relative`, a path below its root, is in scope."""
        included = not self.include or any(glob.matches(relative) for glob in self.include)
        return included and not self.excludes(relative)

    def excludes(self, relative: str) -> bool:
        """Whether an exclude fits; the only question for a file that was named explicitly."""
        return any(glob.matches(relative) for glob in self.exclude)

    def prunes(self, directory: str) -> bool:
        """Whether nothing below `directory` can be in scope, so that it need not be listed."""
        return any(glob.covers_directory(directory) for glob in self.exclude)
