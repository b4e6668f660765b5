"""
The JSON report read back: what was found and decided, as if it had just been scanned.

Trusts nothing: a document that contradicts itself is an error, so that a forged file is never a pass by
accident. It cannot tell a consistent forgery from a report; whoever hands it over must be trusted for that.
"""

from __future__ import annotations

from datetime import UTC, datetime

from leakgate.model.detection import Category, Confidence, Rule, Severity
from leakgate.model.errors import ResultError
from leakgate.model.finding import Finding, Location, Sighting
from leakgate.model.gap import Gap, GapReason, Stage
from leakgate.model.result import Coverage, PolicyIdentity, RunIdentity, ScanResult, Timing
from leakgate.model.segment import Emitter, TestRef
from leakgate.model.verdict import STOPPED, Action, Decision, GapAction, GapDecision, Outcome, Verdict
from leakgate.report import json_wire as wire
from leakgate.report.json_accepted import baseline_use, waiver_use
from leakgate.report.json_agreement import check_agreement
from leakgate.report.json_parse import parse
from leakgate.report.json_v1 import TIME


def read_result(raw: bytes) -> tuple[ScanResult, Verdict]:
    """The scan and its verdict. Raises ResultError for a document that is damaged, foreign or forged."""
    document = parse(raw)
    check_agreement(document)
    rules = {rule["id"]: _rule(rule) for rule in document["rules"]}
    decisions = tuple(_decision(finding, rules) for finding in document["findings"])
    gaps = tuple(_gap_decision(gap) for gap in document["gaps"])
    exit_code = document["verdict"]["exit_code"]
    stopped = exit_code in STOPPED
    verdict = Verdict(
        outcome=Outcome(document["verdict"]["outcome"]),
        decisions=decisions,
        gaps=gaps,
        reasons=tuple(document["verdict"]["reasons"]),
        interrupted=stopped,
        waivers=tuple(waiver_use(waiver) for waiver in document["waivers"]),
        baseline=baseline_use(document["baseline"]),
        **({"stopped_by": exit_code - 128} if stopped else {}),
    )
    return _result(document, verdict, tuple(rules.values())), verdict


def _result(document: wire.ResultWire, verdict: Verdict, rules: tuple[Rule, ...]) -> ScanResult:
    policy = document["policy"]
    return ScanResult(
        findings=tuple(decision.finding for decision in verdict.decisions),
        gaps=tuple(decision.gap for decision in verdict.gaps),
        coverage=Coverage(**document["coverage"]),
        timing=Timing(document["timing"]["seconds"], dict(document["timing"]["stages"])),
        rules=rules,
        rules_digest=document["tool"]["rules_digest"],
        policy=PolicyIdentity(policy["name"], policy["digest"], policy["source"]),
        tool_version=document["tool"]["version"],
        ephemeral_key=document["ephemeral_key"],
        key_check=document["key_check"],
        run=_run(document["run"]),
    )


def _run(run: wire.RunWire) -> RunIdentity:
    return RunIdentity(_time(run["started"]), _time(run["ended"]), run["commit"], run["url"])


def _time(text: str | None) -> datetime | None:
    """Raises ResultError for what is no time in UTC."""
    if text is None:
        return None
    try:
        return datetime.strptime(text, TIME).replace(tzinfo=UTC)
    except ValueError:
        raise ResultError(
            "the result file holds a time that is none", hint="it was changed after the scan; scan again"
        ) from None


def _rule(rule: wire.RuleWire) -> Rule:
    return Rule(
        id=rule["id"],
        name=rule["name"],
        entity=rule["entity"],
        category=Category(rule["category"]),
        severity=Severity(rule["severity"]),
        confidence=Confidence(rule["confidence"]),
        family=rule["family"],
        provider=rule["provider"],
        cwe=rule["cwe"],
        reference=rule["reference"],
        remediation=rule["remediation"],
    )


def _decision(finding: wire.FindingWire, rules: dict[str, Rule]) -> Decision:
    found = Finding(
        fingerprint=finding["fingerprint"],
        rule=rules[finding["rule"]],
        confidence=Confidence(finding["confidence"]),
        masked=finding["masked"],
        because=finding["because"],
        synthetic=finding["synthetic"],
        sightings=tuple(_sighting(place) for place in finding["locations"]),
        occurrences=finding["occurrences"],
    )
    decided = finding["decision"]
    return Decision(
        found, Action(decided["action"]), decided["clause"], decided["waiver"], known=decided["known"]
    )


def _sighting(place: wire.PlaceWire) -> Sighting:
    return Sighting(_location(place), _test(place["test"]), _emitter(place["emitter"]))


def _location(place: wire.PlaceWire) -> Location:
    return Location(
        path=place["path"],
        members=tuple(place["members"]),
        byte_start=place["byte_start"],
        byte_end=place["byte_end"],
        line=place["line"],
        column=place["column"],
        end_line=place["end_line"],
        end_column=place["end_column"],
        pointer=place["pointer"],
        decoded=tuple(place["decoded"]),
    )


def _test(test: wire.LeakingTestWire | None) -> TestRef | None:
    return None if test is None else TestRef(test["id"], test["file"], test["line"])


def _emitter(emitter: wire.EmitterWire | None) -> Emitter | None:
    return None if emitter is None else Emitter(**emitter)


def _gap_decision(gap: wire.GapWire) -> GapDecision:
    missed = Gap(
        gap["path"], tuple(gap["members"]), Stage(gap["stage"]), GapReason(gap["reason"]), gap["detail"]
    )
    return GapDecision(missed, GapAction(gap["decision"]["action"]), gap["decision"]["clause"])
