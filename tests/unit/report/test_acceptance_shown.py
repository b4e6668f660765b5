"""What was accepted, and on whose word, in every report."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings

from leakgate.model.acceptance import BaselineUse, WaiverState, WaiverUse
from leakgate.model.errors import ResultError
from leakgate.model.verdict import Action, Verdict
from leakgate.report.json_read import read_result
from leakgate.report.registry import REPORTERS
from tests.kit import results as kit
from tests.unit.report.hostile import HOSTILE, rendered

REASON = "old sandbox, gone with release 9"
FOR_PEOPLE_AND_PROGRAMS = tuple(sorted(REPORTERS.keys() - {"github-outputs", "openmetrics", "prometheus"}))


def use(state: WaiverState = WaiverState.ACTIVE, waived: int = 1, **changed: Any) -> WaiverUse:
    made = WaiverUse(
        id="sandbox-token",
        state=state,
        covers=1,
        waived=waived,
        reason=REASON,
        owner="olga",
        approver="ada",
        created=date(2030, 1, 2),
        expires=date(2030, 3, 4),
        ticket="SEC-1",
        fingerprints=("lg1:00c0ffee",),
        detail="Waiver sandbox-token holds until 2030-03-04.",
    )
    return dataclasses.replace(made, **changed)


def waived(one: WaiverUse | None = None) -> Verdict:
    judged = kit.verdict(kit.decision(Action.WAIVED, waiver="sandbox-token"))
    return dataclasses.replace(judged, waivers=(one or use(),), baseline=BaselineUse("b", 7, 0))


def lapsed() -> Verdict:
    judged = kit.verdict(
        kit.decision(Action.BLOCK), reasons=["1 finding is blocked.", "Waiver sandbox-token expired."]
    )
    return dataclasses.replace(judged, waivers=(use(WaiverState.EXPIRED, waived=0),))


@pytest.mark.parametrize("name", FOR_PEOPLE_AND_PROGRAMS)
def test_every_use_of_a_waiver_is_listed(name: str):
    """By its name."""
    assert "sandbox-token" in rendered(REPORTERS[name](), waived())


@pytest.mark.parametrize("name", FOR_PEOPLE_AND_PROGRAMS)
def test_who_answers_for_it_is_told(name: str):
    """Owner, approver, last day and reason."""
    shown = rendered(REPORTERS[name](), waived())

    told = " ".join(shown.split())
    assert [] == [word for word in ("olga", "ada", "2030-03-04", REASON) if word not in told]


@pytest.mark.parametrize("name", FOR_PEOPLE_AND_PROGRAMS)
def test_a_waiver_that_waives_nothing_any_more_is_told(name: str):
    """Next to the finding that blocks again."""
    assert "sandbox-token" in rendered(REPORTERS[name](), lapsed())


@pytest.mark.parametrize("judged", [waived(), lapsed(), waived(use(approver=None, ticket=None))])
def test_written_and_read(judged: Verdict):
    """The JSON report keeps all of it."""
    text = rendered(REPORTERS["json"](), judged)

    result, again = read_result(text.encode())

    assert (judged.waivers, judged.baseline) == (again.waivers, again.baseline)
    assert text == rendered(REPORTERS["json"](), again, result)


@pytest.mark.parametrize(
    "forged",
    [
        {"state": "expired"},
        {"waived": 2},
        {"expires": "2030-02-30"},
        {"expires": "20300304"},
        {"state": "fine"},
    ],
)
def test_a_forged_waiver_is_an_error(forged: dict[str, object]):
    """One that lapsed cannot have waived, nor one more than it speaks of."""
    document = json.loads(rendered(REPORTERS["json"](), waived()))
    document["waivers"][0] |= forged

    with pytest.raises(ResultError):
        read_result(json.dumps(document).encode())


def test_sarif_tells_new_from_known():
    """`baselineState`, where there is a baseline at all."""
    known = dataclasses.replace(kit.decision(Action.BASELINED), known=True)
    judged = dataclasses.replace(
        kit.verdict(known, kit.decision(Action.BLOCK)), baseline=BaselineUse("b", 1, 1)
    )

    results = json.loads(rendered(REPORTERS["sarif"](), judged))["runs"][0]["results"]

    assert ["new", "unchanged"] == sorted(one["baselineState"] for one in results)
    alone = json.loads(rendered(REPORTERS["sarif"](), kit.verdict(known)))["runs"][0]["results"]
    assert "baselineState" not in alone[0]


@given(HOSTILE)
@settings(max_examples=15, deadline=None)
@pytest.mark.parametrize("name", FOR_PEOPLE_AND_PROGRAMS)
def test_hostile_waivers_are_neutralised(name: str, text: str):
    """A pull request may write the file."""
    hostile = use(id=text, reason=text, owner=text, approver=text, ticket=text)
    shown = rendered(REPORTERS[name](), waived(hostile))

    assert "\x1b" not in shown
    assert name == "json" or "\u202e" not in shown
    assert name not in ("html", "junit") or "<script>alert" not in shown
