"""What sealing yields: everything about a leak but the leak itself."""

from __future__ import annotations

from leakgate.model.committed import Offer
from leakgate.model.detection import Confidence, Rule
from leakgate.model.records import dataclass
from leakgate.model.segment import Emitter, TestRef


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place as a person would open it.

    Lines and columns are 1-based, columns count characters, ends are exclusive; all four are
    None where the carrier has no lines. Bytes are offsets into the innermost member.
    """

    path: str
    members: tuple[str, ...]
    byte_start: int
    byte_end: int
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    pointer: str | None = None
    decoded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sighting:
    """One place of a finding, the test that put it there and who wrote it, if known."""

    location: Location
    test: TestRef | None = None
    emitter: Emitter | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One value of one rule in one artifact. Holds no raw value, by type.

    `sightings` is capped and never empty; `occurrences` is the true count. `offer` is what the change under
    test brings along that would excuse the value, and does not.
    """

    fingerprint: str
    rule: Rule
    confidence: Confidence
    masked: str
    because: str
    synthetic: str | None
    sightings: tuple[Sighting, ...]
    occurrences: int
    offer: Offer | None = None

    @property
    def location(self) -> Location:
        return self.sightings[0].location

    @property
    def test(self) -> TestRef | None:
        return self.sightings[0].test

    @property
    def emitter(self) -> Emitter | None:
        return self.sightings[0].emitter
