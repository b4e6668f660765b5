"""
Scanning one unit of work: unfold it, detect in every segment, seal what stands.

The one place where any exception is caught: trouble with one item becomes a gap, the rest goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import field, replace
from itertools import chain
from typing import assert_never

from leakgate.detect.detector import Decoding, Detector, Recognition
from leakgate.findings.attachments import Claim
from leakgate.findings.merge import merged
from leakgate.findings.placed import Placed, placed
from leakgate.findings.seal import Sealer
from leakgate.model.artifact import Artifact, Named, Reader, Unit
from leakgate.model.detection import Match, Suspect
from leakgate.model.errors import ModelMissing
from leakgate.model.gap import Gap, GapReason, Stage
from leakgate.model.limits import Limits
from leakgate.model.part import Part
from leakgate.model.records import dataclass
from leakgate.model.result import Coverage
from leakgate.model.segment import Segment
from leakgate.model.spans import Span
from leakgate.model.unpacked import Box, Leaf, MemberLike
from leakgate.pipeline.clock import Stopwatch
from leakgate.pipeline.gap_list import GapList
from leakgate.pipeline.holding import Holding
from leakgate.pipeline.names import Names
from leakgate.pipeline.outcome import Interrupted, UnitOutcome
from leakgate.pipeline.ports import Unpacker, UnpackerFactory
from leakgate.pipeline.tally import Tally
from leakgate.pipeline.troubles import Troubles
from leakgate.pipeline.twins import Twinning, Twins
from leakgate.pipeline.watchdog import Overdue

Item = MemberLike | Segment | Gap | Named


@dataclass(frozen=True, slots=True)
class UnitScanner:
    """Everything needed to scan any unit; holds no state between units but caches.

    `named` is the detector for names, where it is another.
    """

    detector: Detector
    sealer: Sealer
    unpacker: UnpackerFactory
    limits: Limits
    twins: Twins | None = None
    named: Detector | None = None

    def scan(self, unit: Unit, expired: Callable[[], bool], part: Part | None = None) -> UnitOutcome:
        """Never raises for what a unit holds. Raises Interrupted with what was found until then."""
        work = UnitWork(self, self.unpacker(expired), unit.artifact, expired, part)
        try:
            with unit.content.open() as reader:
                work.begun = part is None or part.number == 0
                opened = work.opened(reader)
                if not work.is_told(unit, opened):
                    work.unfold(opened)
        except KeyboardInterrupt as exc:
            raise Interrupted(work.outcome()) from exc
        except Overdue:
            work.troubles.out_of_time(unit.artifact)
        except Exception as exc:  # noqa: BLE001 - the unit boundary: a gap instead of a crash
            work.troubles.failed(unit.artifact, Stage.SOURCE, "leakgate", exc)
        return work.outcome()


@dataclass(slots=True)
class _Frame:
    """Items of `artifact` still to look at; `leaf` says that its matches can be sealed behind them."""

    items: Iterator[Item]
    artifact: Artifact
    leaf: bool = False


@dataclass(slots=True)
class UnitWork:
    """One unit, member by member; `names` are those of its members."""

    scanner: UnitScanner
    unpacker: Unpacker
    root: Artifact
    expired: Callable[[], bool]
    part: Part | None = None
    begun: bool = False  # counts as scanned: what could not be opened does not, nor do later parts
    names: Names = field(init=False)
    troubles: Troubles = field(init=False)
    holding: Holding = field(init=False)
    twinning: Twinning = field(init=False)
    claims: dict[Claim, None] = field(default_factory=dict)
    watch: Stopwatch = field(default_factory=Stopwatch)
    tally: Tally = field(default_factory=Tally)

    def __post_init__(self) -> None:
        limits = self.scanner.limits
        self.names = Names(self.scanner, self.expired)
        self.troubles = Troubles(GapList(limits.max_gaps))
        self.holding = Holding(self.scanner.sealer, limits, self.troubles, self.watch)
        self.twinning = Twinning(
            self.scanner.twins, limits, self.tally, self.holding, self.troubles, self.claims
        )
        self.twinning.meets(self.root)

    def opened(self, reader: Reader) -> Leaf | Box:
        """What there is to scan: all of the unit, or the part of it that was asked for."""
        if self.part is None:
            return self.unpacker.open(self.root, reader)
        self.tally.reached[self.root] = self.part.counted_from
        return self.unpacker.open_part(self.root, reader, self.part)

    def is_told(self, unit: Unit, opened: Leaf | Box) -> bool:
        """Whether all of it is known from a member of an archive with the same bytes."""
        return self.part is None and isinstance(opened, Leaf) and self.twinning.tells_unit(unit)

    def unfold(self, first: Leaf | Box) -> None:
        """Depth first over members, segments and what decoding makes of them: the one recursion."""
        stack = [_frame(first, self.root)]
        while stack:
            if self.expired():
                self.troubles.out_of_time(self.root)
                break
            if self.names.is_full:
                self.names.scan()
            frame = stack[-1]
            item = self._next(frame)
            if item is None:
                stack.pop()
                self.tally.pictures = self.unpacker.pictures
                if frame.leaf:
                    self.holding.seal(frame.artifact)
                    self.twinning.done(frame.artifact)
            elif (inner := self._expand(item, len(stack))) is not None:
                stack.append(inner)

    def _next(self, frame: _Frame) -> Item | None:
        """None at the end, which is also where unpacking fails: the frames below go on."""
        try:
            with self.watch.stage("unpack"):
                return next(frame.items, None)
        except Exception as exc:  # noqa: BLE001 - one artifact must not take the others down
            self.troubles.failed(frame.artifact, Stage.UNPACK, "unpacking", exc)
            return None

    def _expand(self, item: Item, depth: int) -> _Frame | None:
        match item:
            case Gap():
                if item.members:
                    self.names.note(Artifact(item.path, item.members))
                self.troubles.keep(item)
                return None
            case Named():
                self.names.note(item)
                return None
            case Segment():
                return self._guarded(item.artifact, Stage.DETECT, lambda: self._segment(item, depth))
            case _:
                return self._guarded(item.artifact, Stage.UNPACK, lambda: self._member(item, depth))

    def _guarded(
        self, artifact: Artifact, stage: Stage, expand: Callable[[], _Frame | None]
    ) -> _Frame | None:
        try:
            return expand()
        except Exception as exc:  # noqa: BLE001 - one item must not take the others down
            self.troubles.failed(artifact, stage, "leakgate", exc)
            return None

    def _member(self, member: MemberLike, depth: int) -> _Frame | None:
        self.tally.members += 1
        if member.artifact.members:
            self.names.note(member.artifact)
        is_first = self.twinning.meets(member.artifact)
        opened = self.unpacker.open_held(member.artifact, member.data)
        if isinstance(opened, Box) and self._too_deep(member.artifact, depth):
            return None
        if is_first and isinstance(opened, Leaf) and self.twinning.tells(member, depth):
            return None
        return _frame(opened, member.artifact)

    def _too_deep(self, artifact: Artifact, depth: int) -> bool:
        most = self.scanner.limits.max_depth
        if depth > most:
            detail = f"nested deeper than {most} levels (limits.max_depth)"
            self.troubles.add(artifact, Stage.UNPACK, GapReason.TOO_DEEP, detail)
        return depth > most

    def _segment(self, segment: Segment, depth: int) -> _Frame | None:
        self.tally.count(segment, depth)
        self._hear(segment)
        if segment.decoded and (box := self.unpacker.embedded(segment)) is not None:
            self.tally.embedded += 1
            return None if self._too_deep(segment.artifact, depth) else _frame(box, segment.artifact)
        children: list[Item] = []
        before = self.holding.of(segment.artifact)
        with self.watch.stage("detect"):
            for task in self.scanner.detector.tasks(segment):
                if self.expired():
                    break  # the next turn of the recursion says so
                match task:
                    case Recognition():
                        self._recognise(segment, task)
                    case Decoding():
                        children += self._decode(segment, task)
                    case _:
                        assert_never(task)
        self.holding.keep(segment, before)
        return _Frame(chain(children, self._documents(segment, depth)), segment.artifact)

    def _documents(self, segment: Segment, depth: int) -> Iterator[Item]:
        """The fields of documents within `segment`, within the bounds of decoding."""
        for item in self.unpacker.documents(segment):
            if self._too_deep(segment.artifact, depth):
                return
            if isinstance(item, Segment) and not self._affords(item):
                return
            yield item

    def _hear(self, segment: Segment) -> None:
        """What a report says of other files is a comfort; without it everything is scanned all the same."""
        try:
            said = tuple(self.scanner.sealer.claims(segment))
            self.tally.claims += len(said)
            self.claims.update(dict.fromkeys(said))
        except Exception as exc:  # noqa: BLE001 - the findings of the report still stand
            self.troubles.failed(segment.artifact, Stage.RUN, "attribution", exc)

    def _recognise(self, segment: Segment, task: Recognition) -> None:
        found: list[Match] = []
        try:
            for match in self.scanner.detector.confirmed(segment, task):
                if self.expired() or not self._room(segment, match):
                    break
                found.append(match)
        except ModelMissing as exc:
            self.troubles.add(self.root, Stage.NLP, GapReason.MODEL_MISSING, f"{exc.message}; {exc.hint}")
        except Exception as exc:  # noqa: BLE001 - one recognizer must not take the others down
            self.troubles.failed(segment.artifact, Stage.DETECT, type(task.owner).__name__, exc)
        if found:
            self.holding.take(segment.artifact, self._own(placed(segment, found)))

    def _own(self, matches: Iterable[Placed]) -> Iterable[Placed]:
        """Without those that begin in another part, which sees them as well."""
        part, root = self.part, self.root
        if part is None:
            return matches
        return (m for m in matches if m.segment.artifact != root or part.owns(m.absolute.start))

    def _decode(self, segment: Segment, task: Decoding) -> list[Item]:
        limits = self.scanner.limits
        if len(segment.decoded) >= limits.max_depth:
            detail = f"encoded more than {limits.max_depth} times (limits.max_depth)"
            self.troubles.add(segment.artifact, Stage.DETECT, GapReason.TOO_DEEP, detail)
            return []
        children: list[Item] = []
        try:
            for child in task.owner.decode(segment, _in_one_piece(segment, task.suspects)):
                if self.expired() or not self._affords(child):
                    break
                children.append(child)
        except Exception as exc:  # noqa: BLE001 - one decoder must not take the others down
            self.troubles.failed(segment.artifact, Stage.DETECT, f"decoder {task.owner.name}", exc)
        return children

    def _affords(self, child: Segment) -> bool:
        """Counts a derived segment; False when the unit has had its share of them."""
        self.tally.decoded += len(child.data)
        most = self.scanner.limits.max_decoded_bytes
        if self.tally.decoded > most:
            detail = f"decodes to over {most} bytes (limits.max_decoded_bytes)"
            self.troubles.add(child.artifact, Stage.DETECT, GapReason.TOO_LARGE, detail)
        return self.tally.decoded <= most

    def _room(self, segment: Segment, match: Match) -> bool:
        """Counts a match; False when its rule has had its share of this artifact."""
        count = self.tally.match(segment.artifact, match.rule.id)
        most = self.scanner.limits.max_matches
        if count <= most:
            return True
        detail = f"over {most} matches of {match.rule.id} (limits.max_matches); the rest is not listed"
        self.troubles.add(segment.artifact, Stage.DETECT, GapReason.TOO_MANY, detail)
        return False

    def outcome(self) -> UnitOutcome:
        """What stands, also after an early end."""
        self.holding.seal_all()
        told = self.troubles.told(self.scanner.sealer.redact)
        names = self.names.outcome(told)
        gaps = tuple(dict.fromkeys((*told, *names.gaps)))
        tally, pictures = self.tally, self.unpacker.pictures
        coverage = Coverage(
            int(self.begun), tally.members, tally.scanned, tally.decoded, skipped=0, pictures=pictures
        )
        findings, claims = merged((*self.holding.findings, *names.findings)), tuple(self.claims)
        counts, pieces = self.tally.most_by_rule(), names.pieces.union(self.holding.pieces)
        return UnitOutcome(findings, gaps, coverage, self.watch.seconds, counts, claims, pieces)


def _in_one_piece(segment: Segment, suspects: tuple[Suspect, ...]) -> tuple[Suspect, ...]:
    """Without what belongs to encoded values longer than their slice: they were decoded as a whole."""
    if not segment.text.apart or segment.decoded:
        return suspects
    return tuple(left for suspect in suspects for left in _left(segment, suspect))


def _left(segment: Segment, suspect: Suspect) -> Iterator[Suspect]:
    """`suspect`, or what of its window stands before or behind such a value."""
    raw = segment.trail.to_raw(suspect.window)
    for run in segment.text.apart:
        if raw.start < run.end and run.start < raw.end:
            before, after = max(0, run.start - raw.start), max(0, raw.end - run.end)
            window = suspect.window
            if before:
                yield replace(suspect, window=Span(window.start, min(window.end, window.start + before)))
            if after:
                yield replace(suspect, window=Span(max(window.start, window.end - after), window.end))
            return
    yield suspect


def _frame(opened: Leaf | Box, artifact: Artifact) -> _Frame:
    match opened:
        case Leaf():
            return _Frame(opened.items, opened.artifact, leaf=True)
        case Box():
            return _Frame(opened.items, artifact)
        case _:
            assert_never(opened)
