"""
Texts with the same bytes, in archives and beside them: the first is scanned, its findings are told of others.

Only of texts that hold no archive, of which nothing but findings was to be told, and within the limits of
the unit that the copy is in. Anything else is scanned. A file is read for that only where its size is met.
"""

from __future__ import annotations

import hashlib
from collections import Counter, OrderedDict
from collections.abc import Sequence
from dataclasses import field, replace

from leakgate.findings.attachments import Claim, asks_for_archive
from leakgate.model.artifact import Artifact, Unit
from leakgate.model.finding import Finding
from leakgate.model.kin import Kin, KinOf
from leakgate.model.limits import Limits
from leakgate.model.prints import Prints, Stamp
from leakgate.model.records import dataclass
from leakgate.model.unpacked import MemberLike
from leakgate.pipeline.holding import Holding
from leakgate.pipeline.relocation import at_place
from leakgate.pipeline.tally import Tally
from leakgate.pipeline.troubles import Troubles

# Bytes; below that a scan costs little more than a digest.
_LEAST = 1024
_MOST = 20_000  # texts that are remembered, about 1 KiB each
_MOST_PLACES = 50_000  # of findings, and claims, of all of them; about 1 KiB each
Size = tuple[int, Kin]
Key = tuple[bytes, Size]


@dataclass(frozen=True, slots=True)
class Told:
    """What a text came to. `depth` is how much deeper than itself it was nested."""

    findings: tuple[Finding, ...]
    claims: tuple[Claim, ...]
    matches: tuple[tuple[str, int], ...]
    scanned: int
    reached: int | None
    decoded: int
    depth: int

    @property
    def weight(self) -> int:
        """How many places it remembers."""
        return len(self.claims) + sum(len(finding.sightings) for finding in self.findings)


@dataclass(frozen=True, slots=True)
class File:
    """A file of which no digest was made yet."""

    unit: Unit
    stamp: Stamp


class Twins:
    """What was told of texts in this process. Bounded: those told of first are forgotten."""

    def __init__(self, prints: Prints, kin_of: KinOf) -> None:
        self._prints = prints
        self._kin_of = kin_of
        self._told: OrderedDict[Key, Told] = OrderedDict()
        self._files: OrderedDict[Size, tuple[File, Told]] = OrderedDict()
        self._sizes: Counter[Size] = Counter()
        self._places = 0

    def of_member(self, member: MemberLike) -> Key | None:
        """None for a member that is better scanned. A file of its size is looked at again."""
        if len(member.data) < _LEAST or asks_for_archive(member.data):
            return None
        size = (len(member.data), self._kin_of(member.artifact))
        if (known := self._files.pop(size, None)) is not None:
            file, told = known
            self._places -= told.weight
            if (digest := self._prints.digest(file.unit, file.stamp)) is not None:
                self.put((digest, size), told)
        return hashlib.sha256(member.data).digest(), size

    def of_file(self, unit: Unit) -> Key | File | None:
        """Its digest only where a member of its size was met; None for a file that is better scanned."""
        stamp = self._prints.stamp(unit)
        if stamp is None or stamp.size < _LEAST:
            return None
        size = (stamp.size, self._kin_of(unit.artifact))
        if not self._sizes[size]:
            return File(unit, stamp)
        digest = self._prints.digest(unit, stamp)
        return None if digest is None else (digest, size)

    def get(self, key: Key) -> Told | None:
        return self._told.get(key)

    def put(self, source: Key | File, told: Told) -> None:
        """Remembers what a text came to; of files with a size in common, the last."""
        if told.weight > _MOST_PLACES // 50:
            return
        if isinstance(source, File):
            size = (source.stamp.size, self._kin_of(source.unit.artifact))
            if (before := self._files.pop(size, None)) is not None:
                self._places -= before[1].weight
            self._files[size] = source, told
            self._places += told.weight
            while len(self._files) > _MOST or (self._places > _MOST_PLACES and self._files):
                self._places -= self._files.popitem(last=False)[1][1].weight
        elif source not in self._told:
            self._told[source] = told
            self._count(source, told, 1)
            while len(self._told) > _MOST or (self._places > _MOST_PLACES and self._told):
                self._count(*self._told.popitem(last=False), -1)

    def _count(self, key: Key, told: Told, sign: int) -> None:
        self._places += sign * told.weight
        self._sizes[key[1]] += sign
        if not self._sizes[key[1]]:
            del self._sizes[key[1]]


@dataclass(frozen=True, slots=True)
class _Begun:
    """How things stood before a text was scanned."""

    source: Key | File
    depth: int
    findings: int
    claims: int
    claimed: int
    scanned: int
    decoded: int
    members: int
    embedded: int
    pictures: int
    troubles: int


@dataclass(slots=True)
class Twinning:
    """For one unit: knows its counts, and adds to them as a scan would."""

    twins: Twins | None
    limits: Limits
    tally: Tally
    holding: Holding
    troubles: Troubles
    claims: dict[Claim, None]
    _met: set[Artifact] = field(default_factory=set)
    _begun: dict[Artifact, _Begun] = field(default_factory=dict)

    def meets(self, artifact: Artifact) -> bool:
        """Whether it is the first of that name: archives may hold several, and each adds to the others."""
        first = artifact not in self._met
        self._met.add(artifact)
        return first

    def tells(self, member: MemberLike, depth: int) -> bool:
        """Reports a member if a twin of it is known; else notes how things stand before it is scanned."""
        return self.twins is not None and self._told(
            self.twins, self.twins.of_member(member), member.artifact, depth
        )

    def tells_unit(self, unit: Unit) -> bool:
        """The same for a file."""
        return self.twins is not None and self._told(self.twins, self.twins.of_file(unit), unit.artifact, 0)

    def _told(self, twins: Twins, source: Key | File | None, artifact: Artifact, depth: int) -> bool:
        if source is None:
            return False
        told = twins.get(source) if not isinstance(source, File) else None
        if told is not None and self._fits(told, depth):
            return self._reported(told, artifact)
        self._begun[artifact] = self._standing(source, depth)
        self.tally.deepest = depth
        return False

    def done(self, artifact: Artifact) -> None:
        """Remembers what a text came to, unless it was more than findings."""
        begun = self._begun.pop(artifact, None)
        if begun is None or self.twins is None:
            return
        now = self._standing(begun.source, begun.depth)
        if (begun.members, begun.embedded, begun.pictures, begun.troubles) != (
            now.members,
            now.embedded,
            now.pictures,
            now.troubles,
        ):
            return
        if now.claims - begun.claims != now.claimed - begun.claimed:
            return  # one was there already, of a member of which the same name is shown
        told = Told(
            findings=tuple(self.holding.findings[begun.findings :]),
            claims=tuple(self.claims)[begun.claims :] if now.claims > begun.claims else (),
            matches=tuple(self.tally.matches.get(artifact, {}).items()),
            scanned=now.scanned - begun.scanned,
            reached=self.tally.reached.get(artifact),
            decoded=now.decoded - begun.decoded,
            depth=self.tally.deepest - begun.depth,
        )
        self.twins.put(begun.source, told)

    def _standing(self, source: Key | File, depth: int) -> _Begun:
        tally = self.tally
        return _Begun(
            source,
            depth,
            findings=len(self.holding.findings),
            claims=len(self.claims),
            claimed=tally.claims,
            scanned=tally.scanned,
            decoded=tally.decoded,
            members=tally.members,
            embedded=tally.embedded,
            pictures=tally.pictures,
            troubles=self.troubles.times,
        )

    def _fits(self, told: Told, depth: int) -> bool:
        limits = self.limits
        return (
            depth + told.depth <= limits.max_depth
            and self.tally.decoded + told.decoded <= limits.max_decoded_bytes
            and len(self.holding.findings) + len(told.findings) <= limits.max_findings
        )

    def _reported(self, told: Told, artifact: Artifact) -> bool:
        try:
            path, *members = self._shown(artifact) if told.findings or told.claims else ("",)
        except Exception:  # noqa: BLE001 - its own scan tells what is wrong with the name
            return False
        self.holding.findings += (at_place(finding, path, tuple(members)) for finding in told.findings)
        for claim in told.claims:
            self.claims[replace(claim, path=path, members=tuple(members))] = None
        for rule, count in told.matches:
            self.tally.match(artifact, rule, count)
        if told.reached is not None:
            self.tally.reached[artifact] = told.reached
        self.tally.scanned += told.scanned
        self.tally.decoded += told.decoded
        return True

    def _shown(self, artifact: Artifact) -> Sequence[str]:
        return tuple(map(self.holding.sealer.redact, (artifact.path, *artifact.members)))
