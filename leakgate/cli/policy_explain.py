"""`leakgate policy explain`: which clause decided, and which came close."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import PurePath

import click

from leakgate.cli.gate import policy_named
from leakgate.cli.results import load_result
from leakgate.model.errors import LeakgateError, UsageError
from leakgate.model.result import PolicyIdentity
from leakgate.model.verdict import Action, Decision
from leakgate.policy.near import Explained, Near, explained
from leakgate.policy.policy import Policy
from leakgate.policy.shipped import NAMES
from leakgate.policy.stages import at_stage
from leakgate.report.console_entry import safe_place
from leakgate.report.text_safety import for_terminal


@click.command("explain")
@click.argument("result", metavar="RESULT.json")
@click.argument("fingerprint", metavar="FINGERPRINT")
@click.option("--policy", metavar="NAME|FILE", help="Ask this policy instead of the one that judged.")
@click.option("--stage", metavar="NAME", help="At this stage of it.")
def command(result: str, fingerprint: str, policy: str | None, stage: str | None) -> int:
    """Say which clause decided about a finding, and which came close, for each of its places.

    RESULT.json is what --report json=FILE wrote, or -. FINGERPRINT may be shortened.
    """
    judged = load_result(result)
    found = matching(judged.verdict.decisions, fingerprint)
    asked = _asked(judged.result.policy, policy, stage)
    if asked.identity.digest != judged.result.policy.digest:
        click.echo("note: this is not the policy that judged; it may decide otherwise", err=True)
    click.echo("\n\n".join("\n".join(_told(asked, decision)) for decision in found))
    return 0


def matching(decisions: tuple[Decision, ...], fingerprint: str) -> tuple[Decision, ...]:
    """The findings of the one value that is meant. Raises UsageError."""
    wanted = fingerprint if fingerprint.startswith("lg1:") else f"lg1:{fingerprint}"
    found = tuple(one for one in decisions if one.finding.fingerprint.startswith(wanted))
    values = {one.finding.fingerprint for one in found}
    if wanted in values:
        return tuple(one for one in found if one.finding.fingerprint == wanted)
    if len(values) != 1 or len(wanted) < len("lg1:") + 4:
        what = "no finding has" if not values else "several findings have"
        raise UsageError(
            f"{what} the fingerprint {for_terminal(fingerprint, 60)!a}",
            hint="copy it from a report of this result: `lg1:` and 32 hexadecimal digits",
        )
    return found


def _asked(identity: PolicyIdentity, policy: str | None, stage: str | None) -> Policy:
    """The policy that judged, as it is today, unless another is named."""
    if policy is not None:
        return at_stage(policy_named(policy), stage)
    _, at, judged_at = identity.name.rpartition("@")
    source = identity.name if identity.source == "builtin" else identity.source
    try:
        _check_source(source)
        named = policy_named(source)
        known = judged_at if at and any(one.name == judged_at for one in named.stages) else None
        fallback = "none" if named.stages else None
        return at_stage(named, stage or known or fallback)
    except LeakgateError as exc:
        raise UsageError(
            f"the policy that judged, {for_terminal(source, 100)!a}, cannot be read here: {exc.message}",
            hint="name it with --policy (and --stage)",
        ) from exc


def _check_source(source: str) -> None:
    """A result is untrusted input: it may name a policy of this project, and no other file."""
    path = PurePath(source)
    if source not in NAMES and (
        path.is_absolute() or ".." in path.parts or path.suffix not in (".yaml", ".yml")
    ):
        raise UsageError("it is no policy file below this folder")


def _told(policy: Policy, decision: Decision) -> Iterator[str]:
    finding = decision.finding
    names = (finding.rule.name, finding.masked, finding.fingerprint)
    yield "  ".join(for_terminal(name) for name in names)
    every = explained(policy, finding, known=decision.known)
    for (_, action, decided), same in groupby(every, key=lambda one: (one.near, one.action, one.decided)):
        here = list(same)
        yield from (f"  at {_place(one)}" for one in here)
        yield from _decided(here[0], action, decided)
    yield from _afterwards(every, decision)


def _place(one: Explained) -> str:
    if one.place.unseen:
        return "further places, of which only the number was kept"
    test = one.place.sighting.test
    return safe_place(one.place.sighting.location) + (f"  (test {for_terminal(test.id)})" if test else "")


def _decided(here: Explained, action: Action, decided: str) -> Iterator[str]:
    yield f"    {action.value}: {decided}" + _where_written(here)
    for near in here.near:
        yield f"      {_near(near)}"


def _where_written(here: Explained) -> str:
    if here.clause is None:
        return "  (no clause holds)"
    conditions = json.dumps(here.clause.when.as_written(), ensure_ascii=True)
    origin = here.clause.origin
    return f"  when {for_terminal(conditions, 400)}  ({for_terminal(origin.source)}, line {origin.line})"


def _near(near: Near) -> str:
    then = near.clause.action.value
    if near.failed is None:
        return f"behind it: {near.clause.id} ({then}) holds too, but comes later"
    failed = near.failed
    wanted = for_terminal(json.dumps(failed.wanted, ensure_ascii=True), 300)
    return (
        f"close: {near.clause.id} ({then}) wants {failed.key} {wanted}; it is {for_terminal(failed.has, 300)}"
    )


def _afterwards(every: tuple[Explained, ...], decision: Decision) -> Iterator[str]:
    """What the result says beyond the clauses."""
    order = list(Action)
    strictest = min((one.action for one in every), key=order.index)
    if len(every) > 1:
        yield f"  the strictest place counts: {strictest.value}"
    match decision.action:
        case Action.WAIVED:
            yield f"  then waived by {for_terminal(decision.waiver or '')}"
        case Action.BASELINED:
            yield "  then let through, as the baseline holds it"
        case raised if decision.clause.startswith("budget/"):
            yield f"  then raised to {raised.value} by {for_terminal(decision.clause)}, which was exceeded"
        case other if other is not strictest:
            yield f"  the result says {other.value} by {for_terminal(decision.clause)}"
        case _:
            return
