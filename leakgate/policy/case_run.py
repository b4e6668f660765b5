"""
Runs the cases of a policy: makes findings of short records, judges them, and says what came out otherwise.

Never scans; the findings are invented, with the rules that leakgate really has.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from leakgate.model.detection import Rule
from leakgate.model.finding import Finding, Location, Sighting
from leakgate.model.gap import Gap, GapReason, Stage
from leakgate.model.result import Coverage
from leakgate.model.segment import TestRef
from leakgate.model.verdict import Verdict
from leakgate.policy.accepting import Accepted
from leakgate.policy.baseline import Baseline
from leakgate.policy.case_file import Case
from leakgate.policy.evaluate import evaluate
from leakgate.policy.nodes import Node
from leakgate.policy.policy import Policy
from leakgate.policy.shapes import nearest
from leakgate.policy.stages import at_stage

_OF_THE_RULE = ("id", "entity", "category", "family", "severity")
_STAGES = {GapReason.NOTHING_SCANNED: Stage.RUN, GapReason.INTERRUPTED: Stage.RUN}


def run_case(case: Case, policy: Policy, rules: Sequence[Rule]) -> tuple[str, ...]:
    """A sentence for each expectation that was not met. Raises PolicyError for a case that makes no sense."""
    staged = at_stage(policy, case.stage)
    made = list(_findings(case, rules))
    known = MappingProxyType({one.fingerprint: one.rule.id for one, is_known in made if is_known})
    gaps = [Gap(gap.get("path", "(run)"), (), _stage(gap), gap["reason"], "given") for gap in case.gaps]
    verdict = evaluate(
        staged,
        [one for one, _ in made],
        gaps,
        Coverage(artifacts=1, bytes_scanned=1),
        accepted=Accepted(baseline=Baseline("", known, source="case")) if known else Accepted(),
    )
    return tuple(_misses(case.expect, verdict, len(gaps)))


def _stage(gap: dict[str, Any]) -> Stage:
    return _STAGES.get(gap["reason"], Stage.UNPACK)


def _findings(case: Case, rules: Sequence[Rule]) -> Iterator[tuple[Finding, bool]]:
    """The findings, and whether the baseline knows each."""
    for index, (node, given) in enumerate(case.findings, 1):
        rule = _rule(case, index, node, given, rules)
        for number in range(given.get("times", 1)):
            value = f"={given['value']}" if "value" in given else f"#{index}.{number}"
            yield _finding(rule, given, f"lg1:{rule.id}{value}"), given.get("known", False)


def _rule(case: Case, index: int, node: Node, given: dict[str, Any], rules: Sequence[Rule]) -> Rule:
    """The first rule that has all that is said, but for the severity, which may be invented."""
    wanted = {("id" if key == "rule" else key): value for key, value in given.items()}
    asked = {key: wanted[key] for key in _OF_THE_RULE if key in wanted and key != "severity"}
    fitting = [rule for rule in rules if all(getattr(rule, key) == value for key, value in asked.items())]
    exact = [rule for rule in fitting if rule.severity == given.get("severity", rule.severity)]
    if not fitting:
        raise _no_rule(case, index, node, asked, rules)
    rule = (exact or fitting)[0]
    return replace(rule, severity=given.get("severity", rule.severity))


def _no_rule(case: Case, index: int, node: Node, asked: dict[str, Any], rules: Sequence[Rule]) -> Exception:
    at = case.at.under("findings").item(index)
    for key, value in asked.items():
        words = sorted({str(getattr(rule, key)) for rule in rules})
        if str(value) not in words:
            hint = nearest(str(value), words)
            hint = hint if hint.startswith("did you mean") else "`leakgate rules list` shows what there is"
            return at.error(node, f"no {'rule' if key == 'id' else key} is called like that", hint)
    return at.error(node, "no rule has all of this", "`leakgate rules show ID` says what a rule has")


def _finding(rule: Rule, given: dict[str, Any], fingerprint: str) -> Finding:
    where = Location(
        given.get("path", "out/ci.log"),
        given.get("members", ()),
        0,
        1,
        line=1,
        column=1,
        pointer=given.get("pointer"),
        decoded=given.get("decoded", ()),
    )
    test = TestRef(given["test"]) if "test" in given else None
    times = given.get("count", 1)
    seen = tuple(Sighting(where, test) for _ in range(min(times, 50)))
    synthetic = "said by the case" if given.get("synthetic") else None
    confidence = given.get("confidence", rule.confidence)
    return Finding(fingerprint, rule, confidence, "****", "given", synthetic, seen, times)


def _misses(expect: dict[str, Any], verdict: Verdict, gaps: int) -> Iterator[str]:
    if expect.get("verdict", verdict.outcome) is not verdict.outcome:
        yield f"verdict: expected {expect['verdict']}, was {verdict.outcome}"
        yield from (f"         {reason}" for reason in verdict.reasons)
    actions = [str(one.action) for one in verdict.decisions]
    clauses = [one.clause for one in verdict.decisions]
    yield from _unlike("actions", expect, actions, clauses)
    yield from _unlike("clauses", expect, clauses, actions)
    missed = verdict.gaps[:gaps]
    yield from _unlike("gaps", expect, [str(one.action) for one in missed], [one.clause for one in missed])


def _unlike(key: str, expect: dict[str, Any], actual: list[str], beside: list[str]) -> Iterator[str]:
    if key not in expect:
        return
    wanted = [str(one) for one in expect[key]]
    if len(wanted) == 1:
        wanted *= max(1, len(actual))
    if len(wanted) != len(actual):
        yield f"{key}: expected {len(wanted)}, were {len(actual)}: {', '.join(actual) or 'none'}"
        return
    for number, (want, got, also) in enumerate(zip(wanted, actual, beside, strict=True), 1):
        if want != got:
            yield f"{key}[{number}]: expected {want}, was {got} ({also})"
