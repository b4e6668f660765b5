"""What the policy makes of findings and gaps."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from leakgate.model.acceptance import BaselineUse, WaiverUse
from leakgate.model.finding import Finding
from leakgate.model.gap import Gap
from leakgate.model.records import dataclass

_SIGINT, _SIGTERM, _SIGHUP = 2, 15, 1
# Exit codes of runs that were interrupted: those of the process.
STOPPED = tuple(128 + number for number in (_SIGINT, _SIGTERM, _SIGHUP))


class Action(StrEnum):
    """In the order of consequence."""

    BLOCK = "block"
    WARN = "warn"
    WAIVED = "waived"
    BASELINED = "baselined"
    ALLOWED = "allowed"


class GapAction(StrEnum):
    BLOCK = "block"
    INCOMPLETE = "incomplete"
    WARN = "warn"
    ALLOWED = "allowed"


class Outcome(StrEnum):
    PASS = "pass"
    BLOCK = "block"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True, slots=True)
class Decision:
    """What happens to exactly one finding, and the clause that said so.

    `waiver` is the id of the waiver that lets it through; `known` says that the baseline holds it.
    """

    finding: Finding
    action: Action
    clause: str
    waiver: str | None = None
    known: bool = False


@dataclass(frozen=True, slots=True)
class GapDecision:
    """What happens to exactly one gap, and the coverage clause that said so."""

    gap: Gap
    action: GapAction
    clause: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The judgement of a run; `reasons` are full sentences for people.

    `stopped_by` is the signal that interrupted it, where one did.

    `waivers` are all of the waiver file, also those that waived nothing; `baseline` is None without one.
    """

    outcome: Outcome
    decisions: tuple[Decision, ...]
    gaps: tuple[GapDecision, ...]
    reasons: tuple[str, ...]
    interrupted: bool = False
    waivers: tuple[WaiverUse, ...] = ()
    baseline: BaselineUse | None = None
    stopped_by: int = _SIGINT

    @property
    def exit_code(self) -> int:
        """0 pass, 1 block, 3 incomplete, 128 and the signal that interrupted it: 130, 143 or 129."""
        if self.interrupted:
            return 128 + self.stopped_by
        return {Outcome.PASS: 0, Outcome.BLOCK: 1, Outcome.INCOMPLETE: 3}[self.outcome]

    def count(self, action: Action) -> int:
        return sum(decision.action is action for decision in self.decisions)


def outcome_of(actions: Iterable[Action], gaps: Iterable[GapAction], *, interrupted: bool) -> Outcome:
    """What follows from what was decided; nothing else has a say in it."""
    missed = frozenset(gaps)
    if Action.BLOCK in actions or GapAction.BLOCK in missed:
        return Outcome.BLOCK
    return Outcome.INCOMPLETE if interrupted or GapAction.INCOMPLETE in missed else Outcome.PASS
