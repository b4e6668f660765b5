"""What a run leaves: findings, gaps and how much was looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from datetime import datetime
from typing import IO, Protocol

from leakgate.model.detection import Rule
from leakgate.model.finding import Finding
from leakgate.model.gap import Gap
from leakgate.model.records import dataclass
from leakgate.model.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Coverage:
    """Counts of what was looked at; `bytes_scanned` are raw bytes, `bytes_decoded` derived ones.

    `from_cache` are those of the artifacts that an earlier run scanned: their bytes are counted as well.
    `pictures` are pictures and videos, whose pixels nobody looked at.
    """

    artifacts: int = 0
    members: int = 0
    bytes_scanned: int = 0
    bytes_decoded: int = 0
    skipped: int = 0
    from_cache: int = 0
    pictures: int = 0

    def __add__(self, other: Coverage) -> Coverage:
        return Coverage(
            self.artifacts + other.artifacts,
            self.members + other.members,
            self.bytes_scanned + other.bytes_scanned,
            self.bytes_decoded + other.bytes_decoded,
            self.skipped + other.skipped,
            self.from_cache + other.from_cache,
            self.pictures + other.pictures,
        )


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of wall time, as a whole and by stage."""

    seconds: float
    stages: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PolicyIdentity:
    """Which policy judged: `source` is `builtin` or a path, `digest` is `sha256:<hex>`."""

    name: str
    digest: str
    source: str


@dataclass(frozen=True, slots=True)
class RunIdentity:
    """Which run it was: times in UTC, the commit that is checked out, where CI shows the run.

    None where nothing says it; a run that did not end has no `ended`.
    """

    started: datetime | None = None
    ended: datetime | None = None
    commit: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class ScanResult:
    """Everything a report may show besides the verdict. `rules` are those that ran.

    `key_check` differs between keys of fingerprints and does not lead back to one; None for an ephemeral key.
    """

    findings: tuple[Finding, ...]
    gaps: tuple[Gap, ...]
    coverage: Coverage
    timing: Timing
    rules: tuple[Rule, ...]
    rules_digest: str
    policy: PolicyIdentity
    tool_version: str
    ephemeral_key: bool
    key_check: str | None = None
    run: RunIdentity = field(default_factory=RunIdentity)


class Reporter(Protocol):
    """A pure function in a class: writes text, decides nothing."""

    def render(self, result: ScanResult, verdict: Verdict, out: IO[str]) -> None: ...


ReporterFactory = Callable[[], Reporter]
