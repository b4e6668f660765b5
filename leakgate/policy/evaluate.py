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
from leakgate.policy.budgets import within_budgets
from leakgate.policy.clauses import Clause
from leakgate.policy.place import Place
from leakgate.policy.places import places
from leakgate.policy.policy import Policy
from leakgate.policy.reasons import reasons_for
from leakgate.policy.stages import at_stage

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

    A run in which nothing was looked at has one more gap than it was given. Raises PolicyError for a policy
    whose stage is still to be chosen.
    """
    policy = at_stage(policy, None)
    judged_alone = [_decide(policy, finding, known=accepted.knows(finding)) for finding in findings]
    accepting = Accepting(policy.acceptance, accepted, judged_alone)
    decisions, over = within_budgets(policy.budgets, accepting.decisions())
    judged = tuple(_decide_gap(policy, gap) for gap in (*gaps, *_nothing_scanned(gaps, coverage)))
    outcome = outcome_of(
        (one.action for one in decisions), (one.action for one in judged), interrupted=interrupted
    )
    uses = accepting.uses(decisions)
    return Verdict(
        outcome=outcome,
        decisions=decisions,
        gaps=judged,
        reasons=(
            *reasons_for(outcome, decisions, judged, interrupted=interrupted),
            *over,
            *told(uses, accepted),
        ),
        interrupted=interrupted,
        waivers=uses,
        baseline=accepting.baseline_use(),
    )


def _decide(policy: Policy, finding: Finding, *, known: bool) -> Decision:
    """The strictest of the judgements at the finding's places; among equals that of the first place."""
    exact = any(clause.when.expr is not None for clause in policy.clauses)
    judged = [first_match(policy.clauses, finding, one) for one in places(finding, known=known, each=exact)]
    return Decision(finding, *min(judged, key=_strictness))


def first_match(clauses: Sequence[Clause], finding: Finding, place: Place) -> tuple[Action, str]:
    """What the first clause that holds says; one whose expression fails counts where that is stricter."""
    doubtful: list[tuple[Action, str]] = []
    for clause in clauses:
        held = clause.when.judged(finding, place)
        if held is None:
            doubtful.append((clause.action, clause.id))
        elif held:
            return min([(clause.action, clause.id), *doubtful], key=_strictness)
    return Action.BLOCK, NO_CLAUSE


def _strictness(judgement: tuple[Action, str]) -> int:
    return list(Action).index(judgement[0])


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
