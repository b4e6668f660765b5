"""
What was accepted, in SARIF: who let a result through and until when, and what the baseline knew.

Follows SARIF 2.1.0, sections 3.35 (suppression) and 3.27.24 (baselineState).
"""

from __future__ import annotations

from typing import Any

from leakgate.model.acceptance import WaiverUse
from leakgate.model.verdict import Decision, Verdict
from leakgate.report.text_safety import NAME_LIMIT, for_sarif
from leakgate.report.waiver_lines import terms, waiver_of

Json = dict[str, Any]


def with_acceptance(shown: Json, decision: Decision, verdict: Verdict) -> Json:
    """A result with the terms of its waiver, and whether it is new since the baseline."""
    waiver = waiver_of(decision, verdict)
    if waiver is not None:
        for suppression in shown.get("suppressions", ()):
            told = f"{suppression['justification']}; {terms(waiver)}"
            suppression["justification"] = for_sarif(told, limit=2_000)
    if verdict.baseline is not None:
        shown["baselineState"] = "unchanged" if decision.known else "new"
    return shown


def waiver_properties(verdict: Verdict) -> list[Json]:
    """Every waiver that speaks of a result, for the property bag of the run."""
    return [_waiver(use) for use in verdict.waivers if use.covers]


def _waiver(use: WaiverUse) -> Json:
    return {
        "id": for_sarif(use.id, NAME_LIMIT),
        "state": use.state.value,
        "waived": use.waived,
        "covers": use.covers,
        "owner": for_sarif(use.owner, NAME_LIMIT),
        "approver": None if use.approver is None else for_sarif(use.approver, NAME_LIMIT),
        "created": use.created.isoformat(),
        "expires": use.expires.isoformat(),
        "reason": for_sarif(use.reason),
        "ticket": None if use.ticket is None else for_sarif(use.ticket, NAME_LIMIT),
        "detail": for_sarif(use.detail),
    }
