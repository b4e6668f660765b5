"""
The files of a commit below a folder of the checkout, for whoever asks what was reviewed.

Never reads the working tree. What cannot be read is left out, so that nothing is excused by it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import field

from leakgate.model.errors import UsageError
from leakgate.model.records import dataclass
from leakgate.policy.git_objects import Entry, contents, listed, sizes
from leakgate.policy.git_tree import FOLDER, GitTree

_MOST_ENTRIES = 200_000
_MOST_FOLDER_BYTES = 64 << 20  # of all folders of one depth
_MOST_DEPTH = 64
_REGULAR = frozenset(("100644", "100755", "100664"))


@dataclass(frozen=True, slots=True, eq=False)
class FilesOfCommit:
    """`below` is the folder that paths count from, empty for the root; `only` are paths from the root."""

    tree: GitTree
    below: str = ""
    only: frozenset[str] | None = None
    entries: dict[str, Entry] = field(default_factory=dict)

    @property
    def commit(self) -> str:
        return self.tree.commit

    def paths(self, skipped: Callable[[str], bool]) -> tuple[str, ...]:
        if self.only is not None:
            return tuple(sorted(self._changed(skipped)))
        try:
            found = dict(self._walked(skipped))
        except UsageError:
            return ()
        self.entries.update(found)
        return tuple(sorted(found))

    def texts(self, paths: Iterable[str], largest: int, altogether: int) -> dict[str, bytes]:
        try:
            return self._texts(list(paths), largest, altogether)
        except UsageError:
            return {}

    def _texts(self, paths: list[str], largest: int, altogether: int) -> dict[str, bytes]:
        ask = self.tree.repository.ask
        known = {path: entry for path in paths if (entry := self._entry(path)) is not None}
        bytes_of = sizes(ask, sorted({entry.object for entry in known.values()}))
        wanted: list[str] = []
        left = altogether
        for path, entry in known.items():
            size = bytes_of.get(entry.object)
            if size is not None and size <= min(largest, left):
                wanted.append(path)
                left -= size
        read = contents(ask, sorted({known[path].object for path in wanted}))
        return {path: read[known[path].object] for path in wanted if known[path].object in read}

    def _entry(self, path: str) -> Entry | None:
        known = self.entries.get(path)
        if known is None:
            whole = self._from_root(path)
            if self.only is not None and whole not in self.only:
                return None
            known = self.tree.entry(whole)
        return known if known is not None and known.mode in _REGULAR else None

    def _from_root(self, path: str) -> str:
        return f"{self.below}/{path}" if self.below else path

    def _changed(self, skipped: Callable[[str], bool]) -> Iterator[str]:
        lead = f"{self.below}/" if self.below else ""
        for whole in self.only or ():
            path = whole.removeprefix(lead)
            if whole.startswith(lead) and not any(map(skipped, path.split("/")[:-1])):
                yield path

    def _walked(self, skipped: Callable[[str], bool]) -> Iterator[tuple[str, Entry]]:
        """Breadth first, each depth with two questions to git."""
        waiting = {"": self._start()}
        left = _MOST_ENTRIES
        for _ in range(_MOST_DEPTH):
            folders = self._folders({name for name in waiting.values() if name})
            deeper: dict[str, str] = {}
            for lead, folder in waiting.items():
                for raw, entry in listed(folders.get(folder, b""), folder):
                    left -= 1
                    if left < 0:
                        return
                    name = raw.decode("utf-8", "surrogateescape")
                    if entry.mode in _REGULAR:
                        yield lead + name, entry
                    elif entry.mode == FOLDER and not skipped(name):
                        deeper[f"{lead}{name}/"] = entry.object
            if not deeper:
                return
            waiting = deeper

    def _start(self) -> str:
        """The folder that paths count from; empty where the commit has none there."""
        folder = self.tree.root()
        for part in filter(None, self.below.split("/")):
            entry = self.tree.folder(folder).get(part)
            if entry is None or entry.mode != FOLDER:
                return ""
            folder = entry.object
        return folder

    def _folders(self, names: set[str]) -> dict[str, bytes]:
        ask = self.tree.repository.ask
        known = sizes(ask, sorted(names))
        left, wanted = _MOST_FOLDER_BYTES, []
        for name, size in known.items():
            if size <= left:
                wanted.append(name)
                left -= size
        return contents(ask, wanted)
