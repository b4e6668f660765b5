"""
Members of archives with the same bytes: the first is scanned, what it came to is told of the others.

Only of members that hold no others, of which nothing but findings was to be told, and within the limits of
the unit that the copy is in. Anything else is scanned.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from leakgate.findings.attachments import Claim
from leakgate.model.artifact import Artifact
from leakgate.model.finding import Finding
from leakgate.model.kin import Kin, KinOf
from leakgate.model.limits import Limits
from leakgate.model.unpacked import MemberLike
from leakgate.pipeline.holding import Holding
from leakgate.pipeline.relocation import at_place
from leakgate.pipeline.tally import Tally
from leakgate.pipeline.troubles import Troubles

# Bytes; below that a scan costs little more than a digest.
_LEAST = 1024
_MOST = 20_000  # members that are remembered, about 1 KiB each
_MOST_FINDINGS = 50_000  # of all of them
Key = tuple[bytes, Kin]


@dataclass(frozen=True, slots=True)
class Told:
    """What a member came to. `depth` is how much deeper than itself it was nested."""

    findings: tuple[Finding, ...]
    claims: tuple[Claim, ...]
    matches: tuple[tuple[str, int], ...]
    scanned: int
    reached: int | None
    decoded: int
    depth: int


class Twins:
    """What was told of members in this process. Bounded: those told of first are forgotten."""

    def __init__(self, kin_of: KinOf) -> None:
        self._kin_of = kin_of
        self._told: OrderedDict[Key, Told] = OrderedDict()
        self._findings = 0

    def key(self, member: MemberLike) -> Key | None:
        """None for a member that is better scanned."""
        if len(member.data) < _LEAST:
            return None
        return hashlib.sha256(member.data).digest(), self._kin_of(member.artifact)

    def get(self, key: Key) -> Told | None:
        return self._told.get(key)

    def put(self, key: Key, told: Told) -> None:
        if key in self._told or len(told.findings) > _MOST_FINDINGS:
            return
        self._told[key] = told
        self._findings += len(told.findings)
        while len(self._told) > _MOST or self._findings > _MOST_FINDINGS:
            _, oldest = self._told.popitem(last=False)
            self._findings -= len(oldest.findings)


@dataclass(frozen=True, slots=True)
class _Begun:
    """How things stood before a member was scanned."""

    key: Key
    depth: int
    findings: int
    claims: int
    claimed: int
    scanned: int
    decoded: int
    members: int
    embedded: int
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
        key = self.twins.key(member) if self.twins is not None else None
        if self.twins is None or key is None:
            return False
        told = self.twins.get(key)
        if told is not None and self._fits(told, depth):
            return self._reported(told, member.artifact)
        self._begun[member.artifact] = self._standing(key, depth)
        self.tally.deepest = depth
        return False

    def done(self, artifact: Artifact) -> None:
        """Remembers what a member came to, unless it was more than findings."""
        begun = self._begun.pop(artifact, None)
        now = self._standing(begun.key, begun.depth) if begun is not None else None
        if begun is None or now is None or self.twins is None:
            return
        if (begun.members, begun.embedded, begun.troubles) != (now.members, now.embedded, now.troubles):
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
        self.twins.put(begun.key, told)

    def _standing(self, key: Key, depth: int) -> _Begun:
        tally = self.tally
        return _Begun(
            key,
            depth,
            findings=len(self.holding.findings),
            claims=len(self.claims),
            claimed=tally.claims,
            scanned=tally.scanned,
            decoded=tally.decoded,
            members=tally.members,
            embedded=tally.embedded,
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
