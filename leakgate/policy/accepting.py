"""
What waivers and the baseline make of findings that the policy would block or warn about.

Only ever makes a finding more lenient than the policy, one at a time and for a reason that is shown; it never
looks at one finding to judge another, except that a scope over too many values takes none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from leakgate.model.acceptance import BaselineUse, WaiverState, WaiverUse
from leakgate.model.finding import Finding
from leakgate.model.records import dataclass
from leakgate.model.verdict import Action, Decision, Verdict
from leakgate.policy.acceptance import AcceptanceRules
from leakgate.policy.baseline import Baseline
from leakgate.policy.clauses import When
from leakgate.policy.gate_rule import GATE_RULE
from leakgate.policy.places import holds_anywhere
from leakgate.policy.waiver_state import Circumstances, sentence, state_of
from leakgate.policy.waivers import Waiver


@dataclass(frozen=True, slots=True)
class Accepted:
    """What was accepted beside the policy; `owners` are the waiver file's code owners, `today` is in UTC."""

    waivers: tuple[Waiver, ...] = ()
    baseline: Baseline | None = None
    owners: tuple[str, ...] = ()
    today: date = date.max  # without a day nothing holds any more
    keyless: bool = False  # the key dies with the run: no fingerprint of a waiver can be met

    def knows(self, finding: Finding) -> bool:
        return self.baseline is not None and finding.fingerprint in self.baseline


NOTHING_ACCEPTED = Accepted()


@dataclass(frozen=True, slots=True)
class _Standing:
    """A waiver, its state today, how many findings it speaks of, and the fingerprints of their values."""

    waiver: Waiver
    state: WaiverState
    covers: tuple[Finding, ...]
    values: tuple[str, ...]


class Accepting:
    """Applies what was accepted to the decisions of one run."""

    def __init__(self, rules: AcceptanceRules, accepted: Accepted, judged: Sequence[Decision]) -> None:
        self._rules = rules
        self._accepted = accepted
        self._now = Circumstances(rules, accepted.owners, accepted.today)
        self._judged = judged
        self._findings = _by_fingerprint(one.finding for one in judged if _may_be_accepted(one))
        self._standing = tuple(self._stand(waiver) for waiver in accepted.waivers)
        self._holding = self._first_holding()

    def _stand(self, waiver: Waiver) -> _Standing:
        if waiver.fingerprint is not None:
            covered = tuple(self._findings.get(waiver.fingerprint, ()))
        else:
            covered = tuple(one for same in self._findings.values() for one in same if waiver.speaks_of(one))
        values = tuple(dict.fromkeys(one.fingerprint for one in covered))
        return _Standing(waiver, state_of(waiver, len(values), self._now), covered, values)

    def _first_holding(self) -> dict[int, Waiver]:
        """By the identity of a finding, the first waiver of the file that lets it through."""
        holding: dict[int, Waiver] = {}
        for one in self._standing:
            if one.state.waives:
                for finding in one.covers:
                    holding.setdefault(id(finding), one.waiver)
        return holding

    def decisions(self) -> tuple[Decision, ...]:
        """The policy's decisions after waivers, then the baseline; in the same order."""
        return tuple(map(self._applied, self._judged))

    def _applied(self, decision: Decision) -> Decision:
        finding = decision.finding
        decision = replace(decision, known=self._accepted.knows(finding))
        if not _may_be_accepted(decision):
            return decision
        waiver = self._holding.get(id(finding))
        if waiver is not None and not _excluded(decision, self._rules.never_waived):
            return replace(decision, action=Action.WAIVED, waiver=waiver.id)
        if decision.known and not _excluded(decision, self._rules.never_baselined):
            return replace(decision, action=Action.BASELINED)
        return decision

    def uses(self, decisions: Sequence[Decision]) -> tuple[WaiverUse, ...]:
        """Every waiver of the file, in its order, with what it did."""
        waived = Counter(decision.waiver for decision in decisions)
        return tuple(self._use(one, waived) for one in self._standing)

    def _use(self, one: _Standing, waived: Counter[str | None]) -> WaiverUse:
        waiver = one.waiver
        return WaiverUse(
            id=waiver.id,
            state=one.state,
            covers=len(one.covers),
            waived=waived[waiver.id],
            reason=waiver.reason,
            owner=waiver.owner,
            approver=waiver.approver,
            created=waiver.created,
            expires=waiver.expires,
            ticket=waiver.ticket,
            fingerprints=one.values,
            detail=sentence(waiver, one.state, len(one.values), self._now),
        )

    def baseline_use(self) -> BaselineUse | None:
        """What the baseline knew, None where there is no baseline."""
        baseline = self._accepted.baseline
        if baseline is None:
            return None
        seen = {one.finding.fingerprint for one in self._judged if one.finding.fingerprint in baseline}
        return BaselineUse(baseline.source, len(baseline.entries), len(seen))


def _by_fingerprint(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    grouped: dict[str, list[Finding]] = {}
    for finding in findings:
        grouped.setdefault(finding.fingerprint, []).append(finding)
    return grouped


def _excluded(decision: Decision, never: When | None) -> bool:
    return never is not None and holds_anywhere(never, decision.finding, known=decision.known)


def worth_knowing(verdict: Verdict) -> Iterator[tuple[str, str]]:
    """Fingerprint and rule of what a baseline may take in: whatever blocks or warns and no waiver speaks of.

    A waiver that lapsed speaks on: its finding must block again, not slip into the baseline.
    """
    spoken = {fingerprint for use in verdict.waivers for fingerprint in use.fingerprints}
    for decision in verdict.decisions:
        if _may_be_accepted(decision) and decision.finding.fingerprint not in spoken:
            yield decision.finding.fingerprint, decision.finding.rule.id


def _may_be_accepted(decision: Decision) -> bool:
    """What the policy allows needs no acceptance; a change of the gate gets none."""
    lenient = decision.action not in (Action.BLOCK, Action.WARN)
    return not lenient and decision.finding.rule.id != GATE_RULE.id


def told(uses: Sequence[WaiverUse], accepted: Accepted) -> Iterator[str]:
    """Sentences for every report: what waivers no longer let through, and what ends soon."""
    named = sum(waiver.fingerprint is not None for waiver in accepted.waivers)
    if accepted.keyless and named:
        yield f"Waivers that name fingerprints ({named}) waive nothing, as no key was set (LEAKGATE_KEY)."
    for use in uses:
        if use.state is WaiverState.EXPIRING or (use.covers and not use.state.waives):
            number = f"{use.covers} finding" if use.covers == 1 else f"{use.covers} findings"
            yield f"{use.detail} It speaks of {number}."
