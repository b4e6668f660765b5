"""What detection exchanges: rules, patterns, suspects and matches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Protocol

from leakgate.model.records import dataclass
from leakgate.model.secret import Secret
from leakgate.model.segment import Segment
from leakgate.model.spans import Span


class Category(StrEnum):
    SECRET = "secret"
    PII = "pii"
    HYGIENE = "hygiene"


class Severity(StrEnum):
    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 is the most severe."""
        return list(Severity).index(self)


class Confidence(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def rank(self) -> int:
        """0 is the surest."""
        return list(Confidence).index(self)


@dataclass(frozen=True, slots=True)
class Rule:
    """What a recognizer looks for, as shown to people and matched by policies.

    `specificity` decides between rules that claim the same bytes: a provider's own format (3)
    beats a structure (2), a labelled value (1) and a guess (0).
    """

    id: str
    name: str
    entity: str
    category: Category
    severity: Severity
    confidence: Confidence
    family: str
    provider: str = ""
    prefix: str = ""  # constant, public start of the value that masks may show
    cwe: str = ""
    reference: str = ""
    remediation: str = ""
    specificity: int = 3


CONTACT_FAMILY = "software-contact"  # of rules for whoever made a piece of software, not for data of the run


@dataclass(frozen=True, slots=True)
class Pattern:
    """One expression of the engine's pass.

    `expression` is in the common subset of Python `re` (bytes) and PCRE; `ignore_case`,
    `dotall` and `multiline` are its flags. `max_width` is how far (bytes) to both sides of a hit its owner
    looks; None takes it from the expression, capped at 1024.
    """

    id: str
    expression: bytes
    max_width: int | None = None
    ignore_case: bool = False
    dotall: bool = False
    multiline: bool = False


@dataclass(frozen=True, slots=True)
class Suspect:
    """Neighbouring hits of the engine for one pattern: a bounded window for its owner to look into.

    Every true match of the pattern that caused the hits lies wholly inside `window`. `ends` are the
    ends of the hits, ascending, for owners that need not look at all of it.
    """

    pattern: Pattern
    window: Span
    ends: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A confirmed sighting. `because` says why, never what; `synthetic` why it is known to be fake."""

    rule: Rule
    span: Span
    secret: Secret
    confidence: Confidence
    because: str
    synthetic: str | None = None


class Recognizer(Protocol):
    """Owns patterns; says which suspects are real. Pure: same bytes, same answer."""

    @property
    def rules(self) -> tuple[Rule, ...]: ...

    @property
    def patterns(self) -> tuple[Pattern, ...]: ...

    def confirm(self, segment: Segment, suspects: Sequence[Suspect]) -> Iterator[Match]:
        """Matches among the suspects, which are all of this recognizer's own patterns, by offset."""


class Decoder(Protocol):
    """Owns patterns of an encoding; turns suspects into derived segments. Pure."""

    @property
    def name(self) -> str: ...

    @property
    def patterns(self) -> tuple[Pattern, ...]: ...

    def decode(self, segment: Segment, suspects: Sequence[Suspect]) -> Iterator[Segment]: ...


class Engine(Protocol):
    """One pass over a segment for all patterns at once."""

    def scan(self, data: bytes) -> Sequence[Suspect]:
        """Suspects in ascending order of pattern, then offset."""
