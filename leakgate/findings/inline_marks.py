"""
Marks by which developers tell other scanners that a literal in their source is no secret.

They count where the value itself stands on the marked line of a source file that wrote it, or whose test
did. In a log they mean nothing: anybody can write one there. Source of the marks: the documentation of
gitleaks, betterleaks, detect-secrets, TruffleHog and secretlint.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from leakgate.findings.source_lines_index import SourceIndex
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
_SHORTEST = 6  # characters; a shorter value stands on a line by chance


class InlineMarks:
    """Reads attributed files only, each at most once."""

    def __init__(self, index: SourceIndex) -> None:
        self._index = index
        self._marked: dict[str, tuple[str, ...]] = {}

    def reason(self, value: str, sightings: Iterable[Sighting]) -> str | None:
        """Why the value is known to be no secret: every place of it was written by a file that marks it."""
        places = [_files(sighting) for sighting in sightings]
        if len(value) < _SHORTEST or not places:
            return None
        marking = [next((file for file in files if self._marks(file, value)), None) for files in places]
        if any(file is None for file in marking):
            return None
        return f"marked as no secret in {marking[0]}"

    def _marks(self, file: str, value: str) -> bool:
        if file not in self._marked:
            self._marked[file] = tuple(_marked_lines(self._index.text(file)))
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
