"""
Everything below a directory: hidden, git-ignored and `.git` files included.

Never follows a link out of the scanned directories, never stops at an entry it cannot read.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from leakgate.model.artifact import Artifact, Named, Unit
from leakgate.model.gap import Gap
from leakgate.model.records import dataclass
from leakgate.sources import gaps
from leakgate.sources.content import FileContent
from leakgate.sources.deep import names_in, status
from leakgate.sources.file import kind_of
from leakgate.sources.ledger import Ledger
from leakgate.sources.listing import Listing
from leakgate.sources.names import display_path
from leakgate.sources.scope import DirectoryRoot, Scope


@dataclass(frozen=True, slots=True)
class Directory:
    """One root, walked depth first, the entries of each directory in byte order of their names."""

    root: DirectoryRoot
    scope: Scope
    ledger: Ledger
    listing: Listing

    def units(self) -> Iterator[Unit | Gap | Named]:
        # A stack, not recursion: a hostile tree is deeper than Python's stack.
        pending = list(reversed(self._names("")))
        while pending:
            entry = pending.pop()
            if isinstance(entry, Gap):
                yield entry
                continue
            try:
                found = status(self._path(entry))
            except OSError as exc:
                yield gaps.unreadable(self._display(entry), exc)
                continue
            if stat.S_ISDIR(found.st_mode):
                if self.root.wants_below(entry) and not self.scope.selection.prunes(entry):
                    yield Named(Artifact(self._display(entry)))
                pending.extend(reversed(self._below(entry)))
            elif stat.S_ISLNK(found.st_mode):
                yield from self._link(entry)
            else:
                yield from self._file(entry, found)

    def _below(self, directory: str) -> list[str | Gap]:
        if not self.root.wants_below(directory):
            return []
        if self.scope.selection.prunes(directory):
            self.ledger.skip(self._real(directory))
            return []
        return self._names(directory)

    def _names(self, directory: str) -> list[str | Gap]:
        """Relative paths of the entries; a gap instead where they cannot be listed."""
        try:
            names = sorted(names_in(self._path(directory)), key=os.fsencode)
        except OSError as exc:
            claimed = self.ledger.claim(self._real(directory))
            return [gaps.unreadable(self._display(directory), exc)] if claimed else []
        return [f"{directory}/{name}" if directory else name for name in names]

    def _file(self, relative: str, found: os.stat_result) -> Iterator[Unit | Gap]:
        if not self._selected(relative) or not self.ledger.claim(self._real(relative)):
            return
        if stat.S_ISREG(found.st_mode):
            yield self._unit(relative, found, self._path(relative))
        else:
            yield gaps.not_a_file(self._display(relative), kind_of(found.st_mode))

    def _unit(self, relative: str, found: os.stat_result, path: str) -> Unit:
        shown = self._display(relative)
        self.listing.note(shown, found)
        return Unit(Artifact(shown), FileContent(path))

    def _link(self, relative: str) -> Iterator[Unit | Gap | Named]:
        if self.root.wants(relative) and self.scope.selection.keeps(relative):
            yield Named(Artifact(self._display(relative)))
            with suppress(OSError):  # what is wrong with a link is told of it below
                target = str(Path(self._path(relative)).readlink())
                yield Named(Artifact(self._display(relative)), display_path(target))
        try:
            target = os.path.realpath(self._path(relative), strict=True)
            found = status(target)
        except OSError as exc:
            if self._selected(relative) and self.ledger.claim(self._real(relative)):
                yield _broken(self._display(relative), exc)
            return
        if stat.S_ISDIR(found.st_mode):
            yield from self._directory_link(relative, target)
        else:
            yield from self._file_link(relative, target, found)

    def _directory_link(self, relative: str, target: str) -> Iterator[Gap]:
        if not self.root.wants_below(relative):
            return
        if self.scope.selection.prunes(relative):
            self.ledger.skip(self._real(relative))
        elif not self.scope.has_directory(target) and self.ledger.claim(self._real(relative)):
            yield gaps.leaves_root(self._display(relative))

    def _file_link(self, relative: str, target: str, found: os.stat_result) -> Iterator[Unit | Gap]:
        """Whoever uploads the run follows the link: an excluded target is scanned under its name."""
        if not self._selected(relative) or self.scope.has_file(target):
            return
        if not self.ledger.claim(self._real(relative)):
            return
        if self.scope.encloses(target) and stat.S_ISREG(found.st_mode):
            yield self._unit(relative, found, target)
        else:
            yield gaps.leaves_root(self._display(relative))

    def _selected(self, relative: str) -> bool:
        if not self.root.wants(relative):
            return False
        if self.scope.selection.keeps(relative) and self._real(relative) not in self.scope.own:
            return True
        self.ledger.skip(self._real(relative))
        return False

    def _path(self, relative: str) -> str:
        return _join(self.root.given, relative)

    def _real(self, relative: str) -> str:
        return _join(self.root.real, relative)

    def _display(self, relative: str) -> str:
        return self.root.called(relative)


def _join(root: str, relative: str) -> str:
    return f"{root.rstrip('/')}/{relative}" if relative else root


def _broken(path: str, exc: OSError) -> Gap:
    if exc.errno == errno.ELOOP:
        return gaps.loop(path)
    if exc.errno == errno.ENOENT:
        return gaps.dangling(path)
    return gaps.unreadable(path, exc)
