"""
Do the parts of a result document agree with each other? A report that was edited by hand seldom does.

Never repairs: the first contradiction is an error that names its place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Literal

from leakgate.model.errors import ResultError
from leakgate.model.verdict import STOPPED, Action, GapAction, Verdict, outcome_of
from leakgate.report import json_accepted
from leakgate.report import json_wire as wire

_MOST_PLACES = 50
_OF_THE_RULE: tuple[Literal["entity", "category", "severity"], ...] = ("entity", "category", "severity")
_FROM_ONE: tuple[Literal["line", "column", "end_line", "end_column"], ...] = (
    "line",
    "column",
    "end_line",
    "end_column",
)


def check_agreement(document: wire.ResultWire) -> None:
    """Raises ResultError for a document in which one part contradicts another."""
    for contradiction in _contradictions(document):
        raise ResultError(
            f"the result file contradicts itself: {contradiction}",
            hint="it was changed after the scan; do not trust it, and scan again",
        )


def _contradictions(document: wire.ResultWire) -> Iterator[str]:
    yield from _of_the_verdict(document)
    yield from json_accepted.contradictions(document)
    rules = {rule["id"]: rule for rule in document["rules"]}
    if len(rules) != len(document["rules"]):
        yield "`rules` has one rule twice"
    for index, finding in enumerate(document["findings"]):
        yield from (f"`findings[{index}]` {what}" for what in _of_a_finding(finding, rules))


def _of_the_verdict(document: wire.ResultWire) -> Iterator[str]:
    verdict = document["verdict"]
    actions = [Action(finding["decision"]["action"]) for finding in document["findings"]]
    gaps = [GapAction(gap["decision"]["action"]) for gap in document["gaps"]]
    counted = Counter(actions)
    if any(verdict["counts"][action.value] != counted[action] for action in Action):
        yield "`verdict.counts` are not the decisions of `findings`"
    missed = Counter(gaps)
    if any(verdict["gap_counts"][action.value] != missed[action] for action in GapAction):
        yield "`verdict.gap_counts` are not the decisions of `gaps`"
    interrupted = verdict["exit_code"] in STOPPED
    outcome = outcome_of(actions, gaps, interrupted=interrupted)
    if verdict["outcome"] != outcome.value:
        yield "`verdict.outcome` does not follow from the decisions"
    if not interrupted and verdict["exit_code"] != Verdict(outcome, (), (), ()).exit_code:
        yield "`verdict.exit_code` is not that of the outcome"


def _of_a_finding(finding: wire.FindingWire, rules: dict[str, wire.RuleWire]) -> Iterator[str]:
    rule = rules.get(finding["rule"])
    if rule is None:
        yield "names a rule that is not in `rules`"
    elif any(finding[key] != rule[key] for key in _OF_THE_RULE):
        yield "is not of the entity, category or severity of its rule"
    places = finding["locations"]
    if not 1 <= len(places) <= _MOST_PLACES or finding["occurrences"] < len(places):
        yield "has more or fewer places than it can have"
    elif not _is_first_place(finding, places[0]):
        yield "says that it is elsewhere than its first place"
    if any(not _is_a_place(place) for place in places):
        yield "has a place that no text has"


def _is_first_place(finding: wire.FindingWire, first: wire.PlaceWire) -> bool:
    told = {**finding["location"], "test": finding["test"], "emitter": finding["emitter"]}
    return told == first


def _is_a_place(place: wire.PlaceWire) -> bool:
    counted = all(place[key] is None or place[key] != 0 for key in _FROM_ONE)
    return counted and place["byte_start"] <= place["byte_end"]
