"""Waivers and the baseline of a run as the JSON report writes and reads them; never judges them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from leakgate.model.acceptance import BaselineUse, WaiverState, WaiverUse
from leakgate.report import json_wire as wire
from leakgate.report.text_safety import for_json


def waiver_wire(use: WaiverUse) -> wire.WaiverWire:
    return {
        "id": for_json(use.id),
        "state": use.state.value,
        "covers": use.covers,
        "waived": use.waived,
        "reason": for_json(use.reason),
        "owner": for_json(use.owner),
        "approver": None if use.approver is None else for_json(use.approver),
        "created": use.created.isoformat(),
        "expires": use.expires.isoformat(),
        "ticket": None if use.ticket is None else for_json(use.ticket),
        "fingerprints": [for_json(fingerprint) for fingerprint in use.fingerprints],
        "detail": for_json(use.detail),
    }


def waiver_use(waiver: wire.WaiverWire) -> WaiverUse:
    """Of a document without `contradictions`."""
    return WaiverUse(
        id=waiver["id"],
        state=WaiverState(waiver["state"]),
        covers=waiver["covers"],
        waived=waiver["waived"],
        reason=waiver["reason"],
        owner=waiver["owner"],
        approver=waiver["approver"],
        created=date.fromisoformat(waiver["created"]),
        expires=date.fromisoformat(waiver["expires"]),
        ticket=waiver["ticket"],
        fingerprints=tuple(waiver["fingerprints"]),
        detail=waiver["detail"],
    )


def baseline_wire(use: BaselineUse | None) -> wire.BaselineWire | None:
    if use is None:
        return None
    return {"source": for_json(use.source), "entries": use.entries, "seen": use.seen}


def baseline_use(baseline: wire.BaselineWire | None) -> BaselineUse | None:
    return None if baseline is None else BaselineUse(**baseline)


def contradictions(document: wire.ResultWire) -> Iterator[str]:
    """What the waivers of a document cannot be, in words for people."""
    lapsed = {one["id"] for one in document["waivers"] if not WaiverState(one["state"]).waives}
    for index, waiver in enumerate(document["waivers"]):
        if not all(_is_day(waiver[key]) for key in ("created", "expires")):
            yield f"`waivers[{index}]` has a day that no calendar has"
        if waiver["waived"] > waiver["covers"]:
            yield f"`waivers[{index}]` waived more than it speaks of"
    for index, finding in enumerate(document["findings"]):
        if finding["decision"]["action"] == "waived" and finding["decision"]["waiver"] in lapsed:
            yield f"`findings[{index}]` is waived by a waiver that waives nothing"


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
