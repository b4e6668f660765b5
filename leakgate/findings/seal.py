"""
Sealing: the last place where a raw value is known.

Matches of one member go in, findings come out: one per rule and value, masked, fingerprinted, placed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field
from typing import TYPE_CHECKING

from leakgate.findings.attachments import Claim, claims
from leakgate.findings.attribution import Attribution
from leakgate.findings.contacts import found_as_data
from leakgate.findings.emitters import Emitters
from leakgate.findings.fingerprint import Key, fingerprint
from leakgate.findings.lines import Lines
from leakgate.findings.overlap import resolve
from leakgate.findings.placed import Placed
from leakgate.model.committed import Offer
from leakgate.model.detection import Category, Match
from leakgate.model.finding import Finding, Location, Sighting
from leakgate.model.records import dataclass
from leakgate.model.segment import Context, Emitter, Segment, TestRef

if TYPE_CHECKING:
    from leakgate.findings.fixtures import FixtureIndex
    from leakgate.findings.inline_marks import InlineMarks
    from leakgate.findings.pieces import Pieces

Redact = Callable[[str], str]
Verify = Callable[[Sequence[Match]], Sequence[Match]]
_SHOWN_PLACES = 50
_MASK = "****"


@dataclass(frozen=True, slots=True)
class _Told:
    """What one raw text answers about its places."""

    lines: Lines
    tests: Attribution


@dataclass(frozen=True, slots=True)
class Sealer:
    """`redact` masks values inside names and pointers, which are scanned text like any other."""

    key: Key
    redact: Redact
    emitters: Emitters = field(default_factory=lambda: Emitters(None))
    fixtures: FixtureIndex | None = None
    marks: InlineMarks | None = None
    offered_fixtures: FixtureIndex | None = None
    offered_marks: InlineMarks | None = None
    pieces: Pieces | None = None
    verify: Verify | None = None  # asks providers about the values of one member

    def seal(self, sightings: Iterable[Placed]) -> tuple[Finding, ...]:
        """Findings in the order of their first places."""
        groups: dict[str, list[Placed]] = {}
        for sighting in found_as_data(resolve(sightings)):
            groups.setdefault(fingerprint(self.key, sighting.match), []).append(sighting)
        texts: dict[int, _Told] = {}
        best: Sequence[Match] = [min((p.match for p in group), key=_doubt) for group in groups.values()]
        if self.verify is not None:
            best = self.verify(best)
        sealed = zip(groups.items(), best, strict=True)
        return tuple(self._finding(mark, group, match, texts) for (mark, group), match in sealed)

    def noted(self, sightings: Iterable[Placed]) -> Iterator[bytes]:
        """What of these values may stand in no name, as digests."""
        if self.pieces is None:
            return
        values = {
            (one.rule.id, one.confidence, one.secret): one
            for one in (seen.match for seen in sightings)
            if one.synthetic is None
        }
        for match in values.values():
            yield from self.pieces.of(match)

    def claims(self, segment: Segment) -> Iterator[Claim]:
        """What a report says of other files, with names as findings have them."""
        for claim in claims(segment):
            test = self._test(claim.test)
            if test is not None:
                members = tuple(map(self.redact, claim.members))
                yield Claim(self.redact(claim.path), members, self._optional(claim.name), test)

    def _finding(self, mark: str, group: list[Placed], best: Match, texts: dict[int, _Told]) -> Finding:
        sightings = tuple(self._sighting(placed, texts) for placed in group[:_SHOWN_PLACES])
        seen = sightings if len(group) == len(sightings) else ()
        reason = _common_reason(group) or self._excused(best, seen)
        return Finding(
            fingerprint=mark,
            rule=best.rule,
            confidence=best.confidence,
            masked=_masked(best),
            because=best.because,
            synthetic=reason,
            sightings=sightings,
            occurrences=len(group),
            offer=self._offer(best, seen) if reason is None else None,
        )

    def _excused(self, match: Match, seen: tuple[Sighting, ...]) -> str | None:
        """Why the repository knows the value: personal data that its tests invent, a secret that it marks.

        `seen` are all places of the value, empty where not all were kept.
        """
        value = match.secret.reveal().decode("utf-8", "replace")
        reason = None
        if match.rule.category is Category.PII and self.fixtures is not None:
            reason = self.fixtures.reason(value)
        elif match.rule.category is Category.SECRET and self.marks is not None:
            reason = self.marks.reason(value, seen)
        return self.redact(reason) if reason else None

    def _offer(self, match: Match, seen: tuple[Sighting, ...]) -> Offer | None:
        """What the change under test brings along that would have excused it."""
        value = match.secret.reveal().decode("utf-8", "replace")
        file, role = None, ""
        if match.rule.category is Category.PII and self.offered_fixtures is not None:
            file, role = self.offered_fixtures.file(value), "a fixture"
        elif match.rule.category is Category.SECRET and self.offered_marks is not None:
            file, role = self.offered_marks.file(value, seen), "a mark in the source"
        return Offer(role, self.redact(file)) if file is not None else None

    def _sighting(self, placed: Placed, texts: dict[int, _Told]) -> Sighting:
        segment = placed.segment
        context = _context(placed)
        text = segment.text
        place: tuple[int | None, ...] = (None, None, None, None)
        test = context.test
        if text.encoding is not None:
            told = texts.get(id(text))
            if told is None:
                told = texts[id(text)] = _Told(Lines(text), Attribution(text.raw))
            place = (*told.lines.place(placed.raw.start), *told.lines.place(placed.raw.end))
            test = test or told.tests.test(placed.raw.start)
        pointer = self.redact(context.pointer) if context.pointer is not None else None
        location = Location(
            path=self.redact(segment.artifact.path),
            members=tuple(self.redact(name) for name in segment.artifact.members),
            byte_start=placed.absolute.start,
            byte_end=placed.absolute.end,
            line=place[0],
            column=place[1],
            end_line=place[2],
            end_column=place[3],
            pointer=pointer,
            decoded=segment.decoded,
        )
        return Sighting(location, self._test(test), self._emitter(self.emitters.of(placed, context)))

    def _test(self, test: TestRef | None) -> TestRef | None:
        if test is None:
            return None
        known = self.emitters.test(test)
        file = self._optional(known.file)
        return TestRef(self.redact(known.id), file, known.line, known.in_sources and file == known.file)

    def _emitter(self, known: Emitter | None) -> Emitter | None:
        if known is None:
            return None
        names = (self._optional(name) for name in (known.service, known.span, known.request))
        return Emitter(known.file, known.line, *names)

    def _optional(self, text: str | None) -> str | None:
        return self.redact(text) if text is not None else None


def _context(placed: Placed) -> Context:
    """What the reader of the field says, else what the document around says of the place."""
    own = placed.segment.contexts.at(placed.match.span.start)
    if own.test is not None or own.emitter is not None:
        return own
    around = placed.segment.text.around.at(placed.raw.start)
    pointer = own.pointer if own.pointer is not None else around.pointer
    return Context(pointer, own.label, around.test, around.emitter)


def _doubt(match: Match) -> int:
    return match.confidence.rank


def _masked(match: Match) -> str:
    """The rule's constant prefix at most; nothing that came from the value."""
    prefix = match.rule.prefix
    shown = prefix if prefix and match.secret.reveal().startswith(prefix.encode()) else ""
    return (shown if match.rule.category is not Category.PII else "") + _MASK


def _common_reason(group: list[Placed]) -> str | None:
    """A value is known to be fake only where every sighting says so."""
    reasons = [placed.match.synthetic for placed in group]
    return reasons[0] if all(reason is not None for reason in reasons) else None
