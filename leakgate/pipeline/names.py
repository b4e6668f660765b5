"""
Names as something to scan: of files, folders, members and links, and what else is said of them.

Each name counts once: of a path, what is found must reach into its last part; what stands before it is the
folder's. Many names are looked at in one go, and one by one only where something was found among them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from leakgate.findings.pieces import bounded
from leakgate.model.artifact import Artifact, Named
from leakgate.model.finding import Finding
from leakgate.model.gap import Gap, GapReason, Stage
from leakgate.model.result import Coverage
from leakgate.model.segment import Context, RawText, Segment, SegmentKind
from leakgate.model.unpacked import Leaf
from leakgate.pipeline.outcome import UnitOutcome

if TYPE_CHECKING:
    from leakgate.pipeline.unit import UnitScanner

POINTER = "(name)"
_BATCH = 128 * 1024  # characters of names that are scanned in one go
_BEFORE = 512  # characters before the last part that may belong to a value
_MOST = 200_000  # folders that are remembered
NAMES_TOO_LATE = "the time was up before all names were looked at (limits.max_seconds)"

_MANY = "more names leak than may be listed (limits.max_findings); the other names were not looked at"


@dataclass(frozen=True, slots=True)
class _Entry:
    """`text` is scanned; what ends at `own` or before is another's. `depth` is the number of parts before."""

    artifact: Artifact
    text: str
    own: int
    depth: int


@dataclass(frozen=True, slots=True)
class _Everywhere:
    """The context of a name."""

    def at(self, offset: int) -> Context:
        return Context(pointer=POINTER)


NOTHING = UnitOutcome((), (), Coverage())


@dataclass(slots=True)
class Names:
    """Noted as they come; whoever notes them has them scanned when it `is_full`. `outcome` scans the rest."""

    scanner: UnitScanner
    expired: Callable[[], bool]
    findings: list[Finding] = field(default_factory=list)
    gaps: dict[Gap, None] = field(default_factory=dict)
    pieces: set[bytes] = field(default_factory=set)
    _entries: list[_Entry] = field(default_factory=list)
    _size: int = 0
    _is_late: bool = False
    _said: set[str] = field(default_factory=set)
    _folders: set[Artifact] = field(default_factory=set)
    _leaking: set[Artifact] = field(default_factory=set)

    def note(self, named: Artifact | Named) -> None:
        """The name of an artifact with its folders, or what else is said of one."""
        if isinstance(named, Named) and named.text is not None:
            if named.text not in self._said:
                self._said.add(named.text)
                self._add(_Entry(named.artifact, named.text, 0, 0))
            return
        artifact = named.artifact if isinstance(named, Named) else named
        pending: list[Artifact] = []
        while artifact not in self._folders:
            pending.append(artifact)
            folder = artifact.name.rpartition("/")[0]
            if not folder:
                break
            artifact = _called(artifact, folder)
        if len(self._folders) + len(self._said) > _MOST:
            self._folders.clear()
            self._said.clear()
        self._folders.update(pending)
        for one in reversed(pending):
            head, slash, _ = one.name.rpartition("/")
            self._add(_Entry(one, one.name, len(head) + len(slash), one.name.count("/")))

    @property
    def is_full(self) -> bool:
        """Whether it is time to `scan`."""
        return self._size > _BATCH

    def outcome(self, known: Iterable[Gap] = ()) -> UnitOutcome:
        """What all names noted came to, no artifact counted; a lack of time that is `known` is not told."""
        if not self._entries and not self._folders and not self._said:
            return NOTHING
        self.scan()
        if self._is_late and GapReason.TIME_LIMIT not in {gap.reason for gap in known}:
            late = Gap("(run)", (), Stage.RUN, GapReason.TIME_LIMIT, NAMES_TOO_LATE)
            self.gaps[late] = None
        return UnitOutcome(tuple(self.findings), tuple(self.gaps), Coverage(), pieces=frozenset(self.pieces))

    def _add(self, entry: _Entry) -> None:
        self._entries.append(entry)
        self._size += len(entry.text)

    def scan(self) -> None:
        """Folders before what is in them: what leaks there need not be looked at again."""
        entries, self._entries, self._size = self._entries, [], 0
        was_late, self._is_late = self._is_late, True  # unless this comes to its end
        by_depth: dict[int, list[_Entry]] = {}
        for entry in entries:
            by_depth.setdefault(entry.depth, []).append(entry)
        for depth in sorted(by_depth):
            if not self._scan([self._cut(entry) for entry in by_depth[depth]]):
                return
        self._is_late = was_late

    def _cut(self, entry: _Entry) -> _Entry:
        """Without what stands in a folder that leaks, and with little of what stands before the last part."""
        start = max(0, entry.own - _BEFORE)
        folder = entry.text.rpartition("/")[0] if self._leaking and entry.own else ""
        while folder:
            if _called(entry.artifact, folder) in self._leaking:
                start = max(start, len(folder) + 1)
                break
            folder = folder.rpartition("/")[0]
        return replace(entry, text=entry.text[start:], own=entry.own - start) if start else entry

    def _scan(self, entries: list[_Entry]) -> bool:
        """Halves of a batch in which something is, until it is known in which names; False if not all."""
        pending = [entries]
        while pending:
            batch = pending.pop()
            if self.expired():
                return False
            if len(self.findings) > self.scanner.limits.max_findings:
                self.gaps[Gap("(run)", (), Stage.RUN, GapReason.TOO_MANY, _MANY)] = None
                return True
            if len(batch) == 1:
                self._keep(batch[0])
            elif not is_clean(self._scanned(batch[0].artifact, "\n".join(one.text for one in batch))):
                middle = len(batch) // 2
                pending += [batch[middle:], batch[:middle]]
        return True

    def _keep(self, entry: _Entry) -> None:
        outcome = self._scanned(entry.artifact, entry.text)
        own = len(entry.text[: entry.own].encode("utf-8", "surrogatepass"))
        mine = [found for found in outcome.findings if any(_reaches(found, own))]
        self.findings += mine
        self.gaps.update(dict.fromkeys(outcome.gaps))
        bounded(outcome.pieces, self.pieces)
        if mine:
            self._leaking.add(entry.artifact)

    def _scanned(self, artifact: Artifact, text: str) -> UnitOutcome:
        from leakgate.pipeline.unit import UnitWork  # which notes names of members here

        data = text.encode("utf-8", "surrogatepass")
        raw = RawText(artifact, data, None)
        segment = Segment(raw, data, SegmentKind.LOG, contexts=_Everywhere())
        detector = self.scanner.named or self.scanner.detector
        alone = replace(self.scanner, detector=detector, twins=None)
        work = UnitWork(alone, alone.unpacker(self.expired), artifact, self.expired)
        work.unfold(Leaf(artifact, iter([segment])))
        return work.outcome()


def is_clean(outcome: UnitOutcome) -> bool:
    return not (outcome.findings or outcome.gaps)


def _called(artifact: Artifact, name: str) -> Artifact:
    """The artifact of another name in the same place."""
    if artifact.members:
        return Artifact(artifact.path, (*artifact.members[:-1], name))
    return Artifact(name)


def _reaches(found: Finding, own: int) -> Iterator[bool]:
    return (seen.location.byte_end > own for seen in found.sightings)
