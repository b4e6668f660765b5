"""A single file named on the command line; symbolic links are followed, since somebody asked for it."""

from __future__ import annotations

import stat
from collections.abc import Iterator

from leakgate.model.artifact import Artifact, Unit
from leakgate.model.gap import Gap
from leakgate.model.records import dataclass
from leakgate.sources import gaps
from leakgate.sources.content import FileContent
from leakgate.sources.deep import status
from leakgate.sources.ledger import Ledger
from leakgate.sources.listing import Listing
from leakgate.sources.names import display_path
from leakgate.sources.scope import FileRoot
from leakgate.sources.selection import Selection


@dataclass(frozen=True, slots=True)
class SingleFile:
    """Always included; excluded only by a pattern that fits its name."""

    root: FileRoot
    selection: Selection
    ledger: Ledger
    listing: Listing

    def units(self) -> Iterator[Unit | Gap]:
        path = display_path(self.root.shown)
        if self.selection.excludes(self.root.name):
            self.ledger.skip(self.root.real)
            return
        if not self.ledger.claim(self.root.real):
            return
        try:
            found = status(self.root.given, follow=True)
        except OSError as exc:
            yield gaps.unreadable(path, exc)
            return
        if stat.S_ISREG(found.st_mode):
            self.listing.note(path, found)
            yield Unit(Artifact(path), FileContent(self.root.given, follow=True))
        else:
            yield gaps.not_a_file(path, kind_of(found.st_mode))


def kind_of(mode: int) -> str:
    """What something that is not a regular file is called."""
    if stat.S_ISFIFO(mode):
        return "pipe"
    if stat.S_ISSOCK(mode):
        return "socket"
    return "device" if stat.S_ISCHR(mode) or stat.S_ISBLK(mode) else "special entry"
