"""What people accepted beside the policy, as reports show it: waivers with their state, and the baseline."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from leakgate.model.records import dataclass


class WaiverState(StrEnum):
    """Whether a waiver waives on the day of the run, and if not, why."""

    ACTIVE = "active"
    EXPIRING = "expiring"  # active, and its end is near enough to be announced
    EXPIRED = "expired"
    FUTURE = "future"  # created after the day of the run
    TOO_LONG = "too_long"  # lives longer than the policy lets it
    UNAPPROVED = "unapproved"  # nobody whom the policy names approved of it
    TOO_BROAD = "too_broad"  # its scope would take what nobody looked at

    @property
    def waives(self) -> bool:
        return self in (WaiverState.ACTIVE, WaiverState.EXPIRING)


@dataclass(frozen=True, slots=True)
class WaiverUse:
    """One waiver in one run; `covers` counts the findings it speaks about, `waived` those it let through.

    `expires` is the last day on which it holds (UTC). `detail` is a full sentence about its state.
    `fingerprints` are those of the findings it speaks about, each once.
    """

    id: str
    state: WaiverState
    covers: int
    waived: int
    reason: str
    owner: str
    approver: str | None
    created: date
    expires: date
    ticket: str | None
    fingerprints: tuple[str, ...]
    detail: str


@dataclass(frozen=True, slots=True)
class BaselineUse:
    """The baseline of a run: where it was read, how many findings it holds, how many of them were seen."""

    source: str
    entries: int
    seen: int
