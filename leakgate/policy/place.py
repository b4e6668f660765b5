"""One place of a finding, as a condition asks about it. Never judges."""

from __future__ import annotations

from leakgate.model.finding import Sighting
from leakgate.model.records import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A sighting to be judged; `unseen` where only its number is known, not its test or decoding.

    `known` says that the baseline holds the finding.
    """

    sighting: Sighting
    unseen: bool = False
    known: bool = False
