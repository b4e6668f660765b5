"""
Which findings of a push are new: those on lines that no version before had.

Only text that people write is narrowed, and only to secrets: an author's address in a source file is there on
purpose. Logs, traffic, snapshots and whatever is no text are reported as a whole. In doubt a finding stays.
"""

from __future__ import annotations

import re
from dataclasses import field, replace

from leakgate.model.detection import Category
from leakgate.model.expressions import expression
from leakgate.model.finding import Finding, Location
from leakgate.model.records import dataclass
from leakgate.sources.git import Git
from leakgate.sources.git_versions import Version

_RECORDED = expression(
    r"\.(log|out|har|snap|ambr|dump|sql|jsonl|ndjson|trace|trx|pcap|tap|stdout|stderr|warc|eml|mbox|csv|tsv)"
    r"(\.\d+)?(\.(gz|bz2|xz|zst))?$"
    r"|(^|/)(cassettes|__cassettes__|__snapshots__|snapshots|vcr_cassettes|__recordings__|test-results"
    r"|test-reports|surefire-reports|allure-results|playwright-report|coverage)/"
    r"|(^|/)(junit|TEST-)[^/]*\.xml$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Scanned:
    """`path` is what policies match. `commit` is empty for the last version; `raw` where it is narrowed."""

    path: str
    commit: str
    raw: bytes | None
    before: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AddedLines:
    """Remembers what was scanned under which name."""

    git: Git
    _scanned: dict[str, _Scanned] = field(default_factory=dict)
    _lines: dict[str, frozenset[int]] = field(default_factory=dict)

    def message(self, name: str) -> None:
        """A commit's message: all of it is new."""
        self._scanned[name] = _Scanned(name, "", b"", ())

    def file(self, name: str, path: str, version: Version, raw: bytes) -> None:
        """A version of the file at `path`; its `name` is another where a later version is pushed too."""
        text = not _RECORDED.search(version.path) and b"\0" not in raw
        commit = version.commit[:12] if name != path else ""
        self._scanned[name] = _Scanned(path, commit, raw if text else None, version.before)

    def narrowed(self, finding: Finding) -> Finding | None:
        """The finding with its added places, None where it has none."""
        scanned = self._scanned.get(finding.location.path)
        if scanned is None:
            return finding
        kept = finding if scanned.raw is None else self._on_added_lines(finding, scanned, scanned.raw)
        return None if kept is None else _placed(kept, scanned)

    def _on_added_lines(self, finding: Finding, scanned: _Scanned, raw: bytes) -> Finding | None:
        if finding.rule.category is not Category.SECRET:
            return None
        if not scanned.before:
            return finding
        lines = self._added(finding.location.path, scanned, raw)
        kept = tuple(seen for seen in finding.sightings if _touches(seen.location, lines))
        unseen = finding.occurrences - len(finding.sightings)
        if kept:
            return replace(finding, sightings=kept, occurrences=len(kept) + unseen)
        return finding if unseen else None

    def _added(self, name: str, scanned: _Scanned, raw: bytes) -> frozenset[int]:
        """1-based numbers of the lines that no version before had."""
        if name not in self._lines:
            old: set[bytes] = set()
            for earlier in self.git.contents(scanned.before):
                old.update(line.rstrip(b"\r") for line in (earlier or b"").split(b"\n"))
            fresh = enumerate(raw.split(b"\n"), 1)
            self._lines[name] = frozenset(number for number, line in fresh if line.rstrip(b"\r") not in old)
        return self._lines[name]


def _touches(place: Location, lines: frozenset[int]) -> bool:
    if place.line is None or place.members:
        return True
    return any(number in lines for number in range(place.line, (place.end_line or place.line) + 1))


def _placed(finding: Finding, scanned: _Scanned) -> Finding:
    """At the path that people and policies know; the pointer names the commit of an earlier version."""
    return replace(
        finding,
        sightings=tuple(
            replace(seen, location=_location(seen.location, scanned)) for seen in finding.sightings
        ),
    )


def _location(place: Location, scanned: _Scanned) -> Location:
    if not scanned.commit:
        return replace(place, path=scanned.path)
    inside = f"{place.pointer} in " if place.pointer else ""
    return replace(place, path=scanned.path, pointer=f"{inside}commit {scanned.commit}")
