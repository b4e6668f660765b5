"""The OpenMetrics report, as the reference parser reads it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from datetime import date

import pytest
from hypothesis import given, settings
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from leakgate.model.acceptance import BaselineUse, WaiverState
from leakgate.model.gap import GapReason
from leakgate.model.verdict import Action, GapAction, Verdict
from leakgate.report.openmetrics import OpenMetricsReporter
from tests.kit import results as kit
from tests.unit.report.hostile import HOSTILE, everywhere, rendered
from tests.unit.report.test_acceptance_shown import use

Sample = tuple[str, frozenset[tuple[str, str]]]


def read(judged: Verdict) -> dict[Sample, float]:
    families: Iterable = text_string_to_metric_families(rendered(OpenMetricsReporter(), judged))
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in families
        for sample in family.samples
    }


def value(judged: Verdict, name: str, **labels: str) -> float:
    return read(judged)[name, frozenset(labels.items())]


def test_findings_by_kind_and_decision():
    """New and known ones are told apart."""
    known = dataclasses.replace(kit.decision(Action.BASELINED), known=True)
    judged = kit.verdict(kit.decision(Action.BLOCK), kit.decision(Action.BLOCK), known)
    kind = {
        "category": "secret",
        "data_class": "credential",
        "entity": "FORGE_TOKEN",
        "severity": "critical",
    }

    assert 2 == value(judged, "leakgate_findings", **kind, action="block", known="false")
    assert 1 == value(judged, "leakgate_findings", **kind, action="baselined", known="true")


def test_zeros_are_told():
    """A chart needs a point for each run, also for a clean one."""
    judged = kit.verdict()

    assert [0] * 5 == [value(judged, "leakgate_decisions", action=action.value) for action in Action]
    assert 0 == value(judged, "leakgate_gap_decisions", action="block")


def test_the_verdict_is_one_of_its_states():
    """The others are 0."""
    judged = kit.verdict(kit.decision(Action.BLOCK))

    states = [
        value(judged, "leakgate_verdict", leakgate_verdict=word) for word in ("pass", "block", "incomplete")
    ]
    assert [0, 1, 0] == states
    assert 1 == value(judged, "leakgate_exit_code")


def test_gaps_by_reason():
    """With what was decided."""
    judged = kit.verdict(kit.gap_decision(GapAction.WARN, kit.gap(reason=GapReason.ENCRYPTED)))

    assert 1 == value(judged, "leakgate_gaps", reason="encrypted", action="warn")


def test_sizes_and_times():
    """In bytes and seconds, as their names say."""
    judged = kit.verdict()

    assert 1 << 20 == value(judged, "leakgate_scanned_bytes")
    assert pytest.approx(0.42) == value(judged, "leakgate_duration_seconds")
    assert pytest.approx(0.2) == value(judged, "leakgate_stage_duration_seconds", stage="detect")


def test_waivers_and_their_ends():
    """An alert can be set before one ends."""
    judged = dataclasses.replace(
        kit.verdict(), waivers=(use(expires=date(1970, 1, 1)), use(WaiverState.EXPIRED, id="old"))
    )

    assert 1 == value(judged, "leakgate_waivers", state="expired")
    assert 86_400 == value(judged, "leakgate_waiver_end_timestamp_seconds", waiver="sandbox-token")


def test_the_baseline():
    """Only where there is one."""
    judged = dataclasses.replace(kit.verdict(), baseline=BaselineUse("b", 7, 3))

    assert (7, 3) == (value(judged, "leakgate_baseline_entries"), value(judged, "leakgate_baseline_seen"))
    assert ("leakgate_baseline_entries", frozenset()) not in read(kit.verdict())


@settings(deadline=None, max_examples=50)
@given(HOSTILE)
def test_hostile_names_are_labels_at_most(text: str):
    """The parser reads the whole, whatever rules, policies and waivers are called."""
    judged = dataclasses.replace(everywhere(text), waivers=(use(id=text),))

    assert 1 == value(judged, "leakgate_waivers", state="active")
