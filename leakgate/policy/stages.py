"""
Stages of a pipeline: what differs between a pull request, the main branch and a promotion, in one policy.

Never guesses a stage: a policy that has some is judged at one that was named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from leakgate.model.errors import PolicyError
from leakgate.model.gap import GapReason
from leakgate.policy.budgets import override
from leakgate.policy.clauses import Clause
from leakgate.policy.document import NO_STAGE
from leakgate.policy.nodes import quoted
from leakgate.policy.policy import Policy, Stage, digest_of
from leakgate.policy.shapes import nearest


def at_stage(policy: Policy, name: str | None) -> Policy:
    """The policy as it judges at that stage, without stages. Raises PolicyError.

    None is the policy's `default_stage`; `none` is no stage: what is common to all.
    """
    wanted = name if name is not None else policy.default_stage
    if wanted is None:
        if policy.stages:
            raise _unnamed(policy)
        return policy
    if wanted == NO_STAGE:
        return _resolved(policy, None)
    stage = next((one for one in policy.stages if one.name == wanted), None)
    if stage is None:
        raise _unknown(policy, name)
    return _resolved(policy, stage)


def _unnamed(policy: Policy) -> PolicyError:
    return PolicyError(
        f"{quoted(policy.identity.source)} has stages, and none was named",
        hint="add `--stage NAME` (`leakgate policy show` has the names; or none, for what is common), or "
        "`default_stage:` to the policy",
    )


def _unknown(policy: Policy, given: str | None) -> PolicyError:
    """`given` is the name on the command line, None where the policy itself names the stage."""
    source = quoted(policy.identity.source)
    if given is None:
        return PolicyError(f"{source}: `default_stage` names no stage", hint="name one of `stages:`")
    near = nearest(given, [*(stage.name for stage in policy.stages), NO_STAGE])
    hint = near if near.startswith("did you mean") else "`leakgate policy show` has the names"
    if not policy.stages:
        hint = "it has no stages: leave `--stage` out, or add `stages:`"
    return PolicyError(f"{source} has no stage {quoted(given)}", hint=hint)


def _resolved(policy: Policy, stage: Stage | None) -> Policy:
    if not policy.stages:
        return policy
    clauses, coverage, budgets = policy.clauses, policy.coverage, policy.budgets
    if stage is not None:
        clauses = merged_clauses((stage.clauses, clauses))
        own = {clause.reason: clause for clause in stage.coverage}
        coverage = tuple(own.get(clause.reason, clause) for clause in coverage)
        budgets = override((stage.budgets, budgets))
    resolved = replace(
        policy, clauses=clauses, coverage=coverage, budgets=budgets, stages=(), default_stage=None
    )
    name = policy.identity.name if stage is None else f"{policy.identity.name}@{stage.name}"
    identity = replace(policy.identity, name=name, digest=digest_of(resolved))
    return replace(resolved, identity=identity, stage=NO_STAGE if stage is None else stage.name)


def merged_clauses(layers: Sequence[Sequence[Clause]]) -> tuple[Clause, ...]:
    """Those of the first, then those of the next that can still decide and whose id is not taken."""
    merged: list[Clause] = []
    for clauses in layers:
        taken = {clause.id for clause in merged}
        for clause in clauses:
            if clause.id not in taken and not any(before.when.covers(clause.when) for before in merged):
                merged.append(clause)
    return tuple(merged)


def merged_stages(layers: Sequence[Sequence[Stage]]) -> tuple[Stage, ...]:
    """Stages of the same name become one, whose first layer goes before the next."""
    names = dict.fromkeys(stage.name for stages in layers for stage in stages)
    return tuple(
        _merged_stage([one for stages in layers for one in stages if one.name == name]) for name in names
    )


def _merged_stage(same: Sequence[Stage]) -> Stage:
    coverage = {clause.reason: clause for stage in reversed(same) for clause in stage.coverage}
    return Stage(
        same[0].name,
        merged_clauses([stage.clauses for stage in same]),
        tuple(coverage[reason] for reason in GapReason if reason in coverage),
        override([stage.budgets for stage in same]),
        next((stage.description for stage in same if stage.description), ""),
    )
