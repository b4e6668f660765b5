"""
Does a waiver hold today? Dates, approval and breadth, in this order; the first that fails is the state.

Never looks at findings but for how many a waiver would take.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from leakgate.model.acceptance import WaiverState
from leakgate.model.expressions import expression
from leakgate.model.records import dataclass
from leakgate.policy.acceptance import AcceptanceRules
from leakgate.policy.clauses import When
from leakgate.policy.waivers import Waiver

# What takes more different values than somebody looked at one by one is no exception but a rule.
MOST_COVERED = 20

_WILD = expression(r"[*?\[]")
_MODULE = expression(r"[^*?\[]*\w(?:::|[./#\\])")


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What decides besides the waiver: the policy's rules, the code owners of the file, and the day (UTC)."""

    rules: AcceptanceRules
    owners: tuple[str, ...]
    today: date


def state_of(waiver: Waiver, covered: int, now: Circumstances) -> WaiverState:
    """`covered` is the number of different values that the waiver speaks of."""
    if now.today > waiver.expires:
        return WaiverState.EXPIRED
    if now.today < waiver.created:
        return WaiverState.FUTURE
    if waiver.expires - waiver.created > timedelta(days=now.rules.max_waiver_days):
        return WaiverState.TOO_LONG
    if not _approved(waiver, now):
        return WaiverState.UNAPPROVED
    if waiver.scope is not None and (
        covered > MOST_COVERED or not _is_narrow(waiver.scope) or _is_refused(waiver.scope, now.rules)
    ):
        return WaiverState.TOO_BROAD
    near = waiver.expires - now.today <= timedelta(days=now.rules.announce_days)
    return WaiverState.EXPIRING if near else WaiverState.ACTIVE


def sentence(waiver: Waiver, state: WaiverState, covered: int, now: Circumstances) -> str:
    """What the state means and what to do; `Waiver NAME ...`."""
    until, days = waiver.expires.isoformat(), now.rules.max_waiver_days
    match state:
        case WaiverState.ACTIVE:
            said = f"holds until {until}"
        case WaiverState.EXPIRING:
            left = (waiver.expires - now.today).days
            when = {0: "today", 1: "tomorrow"}.get(left, f"in {left} days")
            said = f"expires {when} ({until}): mend what it lets through, or have it renewed"
        case WaiverState.EXPIRED:
            said = f"expired on {until} and waives nothing: mend what it let through, or have it renewed"
        case WaiverState.FUTURE:
            said = (
                f"waives nothing before {waiver.created.isoformat()}, the day on which it says it was created"
            )
        case WaiverState.TOO_LONG:
            said = f"waives nothing: from `created` to `expires` are more than {days} days"
        case WaiverState.UNAPPROVED:
            said = f"waives nothing: {_why_unapproved(waiver, now)}"
        case WaiverState.TOO_BROAD:
            said = f"waives nothing: {_why_broad(waiver, covered, now.rules)}"
    return f"Waiver {waiver.id} {said}."


def _approved(waiver: Waiver, now: Circumstances) -> bool:
    if waiver.approver is None:
        return False
    if not now.rules.self_approval and _same(waiver.approver, waiver.owner):
        return False
    if not now.rules.approvers and not now.rules.codeowners:
        return True
    allowed = (*now.rules.approvers, *(now.owners if now.rules.codeowners else ()))
    return any(_same(waiver.approver, name) for name in allowed)


def _why_unapproved(waiver: Waiver, now: Circumstances) -> str:
    if waiver.approver is None:
        return "nobody approved of it; add `approver`"
    if not now.rules.self_approval and _same(waiver.approver, waiver.owner):
        return "its owner approved of it; somebody else must"
    return "its approver is not among those whom the policy names"


def _same(one: str, other: str) -> bool:
    """Code hosts ignore case in names, and people leave the `@` out."""
    return one.strip().casefold().lstrip("@") == other.strip().casefold().lstrip("@")


def _is_refused(scope: When, rules: AcceptanceRules) -> bool:
    """Whatever runs can write the name of any test."""
    return scope.test is not None and scope.path is None and not rules.test_scopes


def _is_narrow(scope: When) -> bool:
    named = (*(scope.rule or ()), *(scope.entity or ()))
    if not named or any(_WILD.search(name) for name in named):
        return False
    if scope.path is None and scope.test is None:
        return False
    paths, tests = scope.path or (), scope.test or ()
    return all(map(_names_a_place, paths)) and all(_MODULE.match(test) for test in tests)


def _names_a_place(glob: str) -> bool:
    """At least one folder or file is named in full."""
    return any(_is_literal(part) for part in re.split(r"!?/", glob))


def _is_literal(part: str) -> bool:
    return part not in ("", ".", "..") and not _WILD.search(part)


def _why_broad(waiver: Waiver, covered: int, rules: AcceptanceRules) -> str:
    if waiver.scope is not None and _is_refused(waiver.scope, rules):
        return "the policy lets no waiver be scoped to a test alone; waive the fingerprint"
    if covered > MOST_COVERED:
        return f"it would take {covered} different values, over {MOST_COVERED}; accept them in a baseline"
    return (
        "its scope is too broad; it needs a rule or entity in full, and a path that names a folder or file,"
        " or a test that begins with its module"
    )
