"""What a validator says of a value."""

from __future__ import annotations

from collections.abc import Callable

from leakgate.model.detection import Confidence
from leakgate.model.records import dataclass


@dataclass(frozen=True, slots=True)
class Valid:
    """The value passes; `because` says which test, never the value."""

    because: str
    confidence: Confidence | None = None  # None: as the rule says
    synthetic: str | None = None


@dataclass(frozen=True, slots=True)
class Invalid:
    """The value cannot be what the rule looks for."""

    because: str


Validator = Callable[[bytes], "Valid | Invalid"]
