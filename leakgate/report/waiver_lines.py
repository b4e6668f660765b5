"""
Waivers in words that several reports share, as plain text that each still has to neutralise.

Never says whether a waiver is right; it shows every one that speaks of something in this run, or ends soon.
"""

from __future__ import annotations

from leakgate.model.acceptance import WaiverState, WaiverUse
from leakgate.model.verdict import Decision, Verdict
from leakgate.report import phrases

STATES = {
    WaiverState.ACTIVE: "active",
    WaiverState.EXPIRING: "expires soon",
    WaiverState.EXPIRED: "expired",
    WaiverState.FUTURE: "not yet",
    WaiverState.TOO_LONG: "too long",
    WaiverState.UNAPPROVED: "not approved",
    WaiverState.TOO_BROAD: "too broad",
}


def listed(verdict: Verdict) -> tuple[WaiverUse, ...]:
    """Those that waive nothing any more first, then those that end soon, then those in use."""
    told = [use for use in verdict.waivers if use.covers or use.state is WaiverState.EXPIRING]
    return tuple(sorted(told, key=_urgency))


def waiver_line(use: WaiverUse) -> str:
    """What it did, on whose word, until when and why."""
    did = f"{use.waived:,} of {phrases.plural(use.covers, 'finding', 'findings')} waived"
    ticket = f"; {use.ticket}" if use.ticket else ""
    return f"{use.id}: {did}; {terms(use)}{ticket}"


def terms(use: WaiverUse) -> str:
    """Until when, who answers for it, who approved, and the reason."""
    approved = f"approved by {use.approver}" if use.approver else "not approved"
    return f"until {use.expires.isoformat()}; owner {use.owner}, {approved}; {use.reason}"


def waiver_of(decision: Decision, verdict: Verdict) -> WaiverUse | None:
    """The waiver that let a finding through."""
    return next((use for use in verdict.waivers if use.id == decision.waiver), None)


def _urgency(use: WaiverUse) -> tuple[int, str]:
    if not use.state.waives:
        return 0, use.id
    return (1 if use.state is WaiverState.EXPIRING else 2), use.id
