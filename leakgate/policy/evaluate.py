"""
From findings and gaps to a verdict: every finding and every gap gets exactly one decision.

Never reads anything, never drops anything. Whatever no clause speaks about is blocked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from leakgate.model.finding import Finding
from leakgate.model.gap import Gap, GapReason, Stage
from leakgate.model.result import Coverage
from leakgate.model.verdict import Action, Decision, GapDecision, Verdict, outcome_of
from leakgate.policy.accepting import NOTHING_ACCEPTED, Accepted, Accepting, told
from leakgate.policy.clauses import Clause, Place
from leakgate.policy.places import places
from leakgate.policy.policy import Policy
from leakgate.policy.reasons import reasons_for

NO_CLAUSE = "implicit/block"


def evaluate(
    policy: Policy,
    findings: Sequence[Finding],
    gaps: Sequence[Gap],
    coverage: Coverage,
    *,
    interrupted: bool = False,
    accepted: Accepted = NOTHING_ACCEPTED,
) -> Verdict:
    """The verdict: decisions in the order of `findings` and `gaps`; the outcome depends on no order.

    `accepted` can make single findings more lenient than the policy, and nothing else.

    A run in which nothing was looked at has one more gap than it was given.
    """
    accepting = Accepting(policy.acceptance, accepted, [_decide(policy, finding) for finding in findings])
    decisions = accepting.decisions()
    judged = tuple(_decide_gap(policy, gap) for gap in (*gaps, *_nothing_scanned(gaps, coverage)))
    outcome = outcome_of(
        (one.action for one in decisions), (one.action for one in judged), interrupted=interrupted
    )
    uses = accepting.uses(decisions)
    return Verdict(
        outcome=outcome,
        decisions=decisions,
        gaps=judged,
        reasons=(*reasons_for(outcome, decisions, judged, interrupted=interrupted), *told(uses, accepted)),
        interrupted=interrupted,
        waivers=uses,
        baseline=accepting.baseline_use(),
    )


def _decide(policy: Policy, finding: Finding) -> Decision:
    """The strictest of the judgements at the finding's places; among equals that of the first place."""
    judged = [_first_match(policy.clauses, finding, place) for place in places(finding)]
    order = list(Action)
    action, clause = min(judged, key=lambda pair: order.index(pair[0]))
    return Decision(finding, action, clause)


def _first_match(clauses: Sequence[Clause], finding: Finding, place: Place) -> tuple[Action, str]:
    for clause in clauses:
        if clause.when.holds(finding, place):
            return clause.action, clause.id
    return Action.BLOCK, NO_CLAUSE


def _decide_gap(policy: Policy, gap: Gap) -> GapDecision:
    clause = policy.on(gap.reason)
    return GapDecision(gap, clause.action, clause.id)


def _nothing_scanned(gaps: Sequence[Gap], coverage: Coverage) -> Iterator[Gap]:
    """A gap where not a byte was looked at, unless all there was are readable, empty files."""
    if any(gap.reason is GapReason.NOTHING_SCANNED for gap in gaps):
        return
    nothing_there = coverage.artifacts + coverage.members == 0
    nothing_readable = coverage.bytes_scanned == 0 and len(gaps) > 0
    if nothing_there or nothing_readable:
        detail = "nothing was scanned: check that the tests ran, and that the path is where they write"
        yield Gap("(run)", (), Stage.RUN, GapReason.NOTHING_SCANNED, detail)
