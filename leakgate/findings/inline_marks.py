"""
Marks by which developers tell other scanners that a literal in their source is no secret.

They count, if the policy says so, where the value itself stands on the marked line of a source file that
wrote it, or whose test did, as the file is in a commit: neither the working tree nor a log can mark anything.
Source of the marks: the documentation of gitleaks, betterleaks, detect-secrets, TruffleHog and secretlint.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from leakgate.model.committed import CommittedFiles
from leakgate.model.expressions import expression
from leakgate.model.finding import Sighting

_HERE = expression(
    r"(?:gitleaks|betterleaks):allow\b|pragma: ?(?:allow|white)list secret\b|trufflehog:ignore\b"
    r"|secretlint-disable-line\b",
    re.IGNORECASE,
)
_BELOW = expression(
    r"pragma: ?(?:allow|white)list nextline secret\b|secretlint-disable-next-line\b", re.IGNORECASE
)
_LARGEST = 8 << 20  # bytes of a file that somebody wrote
_SHORTEST = 6  # characters; a shorter value stands on a line by chance


class InlineMarks:
    """Reads attributed files only, each at most once."""

    def __init__(self, files: CommittedFiles) -> None:
        self._files = files
        self._marked: dict[str, tuple[str, ...]] = {}

    def reason(self, value: str, sightings: Iterable[Sighting]) -> str | None:
        """Why the value is known to be no secret, or None."""
        file = self.file(value, sightings)
        return f"marked as no secret in {file} at {self._files.commit[:12]}" if file is not None else None

    def file(self, value: str, sightings: Iterable[Sighting]) -> str | None:
        """A file that marks the value, where every place of it was written by one that does."""
        places = [_files(sighting) for sighting in sightings]
        if len(value) < _SHORTEST or not places:
            return None
        marking = [next((file for file in files if self._marks(file, value)), None) for files in places]
        return marking[0] if all(file is not None for file in marking) else None

    def _marks(self, file: str, value: str) -> bool:
        if file not in self._marked:
            raw = self._files.texts([file], _LARGEST, _LARGEST).get(file, b"")
            self._marked[file] = tuple(_marked_lines(raw.decode("utf-8", "replace")))
        return any(value in line for line in self._marked[file])


def _files(sighting: Sighting) -> list[str]:
    """The source files, below the source root, that stand behind a place."""
    emitter, test = sighting.emitter, sighting.test
    found = [emitter.file] if emitter is not None and emitter.file is not None else []
    return [*found, test.file] if test is not None and test.in_sources and test.file else found


def _marked_lines(text: str) -> Iterable[str]:
    if not (_HERE.search(text) or _BELOW.search(text)):
        return
    below = False
    for line in text.splitlines():
        if below or _HERE.search(line):
            yield _HERE.sub(" ", line)  # the words of a mark are no value that it could be about
        below = _BELOW.search(line) is not None
