"""
The JSON report, schema `leakgate.result/1`: everything that is known, for programs.

ASCII only, no lone surrogates, one document, a newline at the end. Never changes the order it was given.
"""

from __future__ import annotations

from collections import Counter
from typing import IO

from leakgate.model.data_class import data_class_of
from leakgate.model.detection import Rule
from leakgate.model.finding import Location, Sighting
from leakgate.model.result import RunIdentity, ScanResult
from leakgate.model.segment import Emitter, TestRef
from leakgate.model.verdict import Action, Decision, GapAction, GapDecision, Verdict
from leakgate.report import json_wire as wire
from leakgate.report.arrangement import fired
from leakgate.report.json_accepted import baseline_wire, waiver_wire
from leakgate.report.json_text import write_object
from leakgate.report.text_safety import for_json

TIME = "%Y-%m-%dT%H:%M:%SZ"


class JsonReporter:
    """One document of `leakgate.result/1`."""

    def render(self, result: ScanResult, verdict: Verdict, out: IO[str]) -> None:
        write_object(document(result, verdict), out)
        out.write("\n")


def document(result: ScanResult, verdict: Verdict) -> wire.ResultWire:
    """The whole report as plain values, in the order of the schema."""
    return {
        "schema": wire.SCHEMA_ID,
        "tool": {
            "name": "leakgate",
            "version": for_json(result.tool_version),
            "rules_digest": for_json(result.rules_digest),
        },
        "policy": {
            "name": for_json(result.policy.name),
            "digest": for_json(result.policy.digest),
            "source": for_json(result.policy.source),
        },
        "run": _run(result.run),
        "verdict": _verdict(verdict),
        "findings": [_finding(decision) for decision in verdict.decisions],
        "gaps": [_gap(decision) for decision in verdict.gaps],
        "coverage": {
            "artifacts": result.coverage.artifacts,
            "members": result.coverage.members,
            "bytes_scanned": result.coverage.bytes_scanned,
            "bytes_decoded": result.coverage.bytes_decoded,
            "skipped": result.coverage.skipped,
            "from_cache": result.coverage.from_cache,
            "pictures": result.coverage.pictures,
        },
        "timing": {
            "seconds": round(result.timing.seconds, 6),
            "stages": {for_json(name): round(spent, 6) for name, spent in result.timing.stages.items()},
        },
        "ephemeral_key": result.ephemeral_key,
        "key_check": _optional(result.key_check),
        "rules": [_rule(rule) for rule in fired(verdict)],
        "waivers": [waiver_wire(use) for use in verdict.waivers],
        "baseline": baseline_wire(verdict.baseline),
    }


def _run(run: RunIdentity) -> wire.RunWire:
    return {
        "started": None if run.started is None else run.started.strftime(TIME),
        "ended": None if run.ended is None else run.ended.strftime(TIME),
        "commit": _optional(run.commit),
        "url": _optional(run.url),
    }


def _verdict(verdict: Verdict) -> wire.VerdictWire:
    gaps = Counter(decision.action for decision in verdict.gaps)
    return {
        "outcome": verdict.outcome.value,
        "exit_code": verdict.exit_code,
        "reasons": [for_json(reason) for reason in verdict.reasons],
        "counts": {
            "block": verdict.count(Action.BLOCK),
            "warn": verdict.count(Action.WARN),
            "waived": verdict.count(Action.WAIVED),
            "baselined": verdict.count(Action.BASELINED),
            "allowed": verdict.count(Action.ALLOWED),
        },
        "gap_counts": {
            "block": gaps[GapAction.BLOCK],
            "incomplete": gaps[GapAction.INCOMPLETE],
            "warn": gaps[GapAction.WARN],
            "allowed": gaps[GapAction.ALLOWED],
        },
    }


def _finding(decision: Decision) -> wire.FindingWire:
    finding = decision.finding
    return {
        "fingerprint": for_json(finding.fingerprint),
        "rule": for_json(finding.rule.id),
        "entity": for_json(finding.rule.entity),
        "category": finding.rule.category.value,
        "data_class": data_class_of(finding.rule).data_class.value,
        "regulations": list(data_class_of(finding.rule).regulations),
        "severity": finding.rule.severity.value,
        "confidence": finding.confidence.value,
        "masked": for_json(finding.masked),
        "because": for_json(finding.because),
        "synthetic": _optional(finding.synthetic),
        "location": _location(finding.location),
        "test": _test(finding.test),
        "emitter": _emitter(finding.emitter),
        "occurrences": finding.occurrences,
        "locations": [_place(sighting) for sighting in finding.sightings],
        "decision": {
            "action": decision.action.value,
            "clause": for_json(decision.clause),
            "waiver": _optional(decision.waiver),
            "known": decision.known,
        },
    }


def _place(sighting: Sighting) -> wire.PlaceWire:
    return {
        **_location(sighting.location),
        "test": _test(sighting.test),
        "emitter": _emitter(sighting.emitter),
    }


def _location(location: Location) -> wire.LocationWire:
    return {
        "path": for_json(location.path),
        "members": [for_json(member) for member in location.members],
        "pointer": _optional(location.pointer),
        "decoded": [for_json(name) for name in location.decoded],
        "line": location.line,
        "column": location.column,
        "end_line": location.end_line,
        "end_column": location.end_column,
        "byte_start": location.byte_start,
        "byte_end": location.byte_end,
    }


def _test(test: TestRef | None) -> wire.LeakingTestWire | None:
    if test is None:
        return None
    return {"id": for_json(test.id), "file": _optional(test.file), "line": test.line}


def _emitter(emitter: Emitter | None) -> wire.EmitterWire | None:
    if emitter is None:
        return None
    return {
        "file": _optional(emitter.file),
        "line": emitter.line,
        "service": _optional(emitter.service),
        "span": _optional(emitter.span),
        "request": _optional(emitter.request),
    }


def _rule(rule: Rule) -> wire.RuleWire:
    return {
        "id": for_json(rule.id),
        "name": for_json(rule.name),
        "entity": for_json(rule.entity),
        "category": rule.category.value,
        "severity": rule.severity.value,
        "confidence": rule.confidence.value,
        "family": for_json(rule.family),
        "provider": for_json(rule.provider),
        "cwe": for_json(rule.cwe),
        "reference": for_json(rule.reference),
        "remediation": for_json(rule.remediation),
    }


def _gap(decision: GapDecision) -> wire.GapWire:
    gap = decision.gap
    return {
        "path": for_json(gap.path),
        "members": [for_json(member) for member in gap.members],
        "stage": gap.stage.value,
        "reason": gap.reason.value,
        "detail": for_json(gap.detail),
        "decision": {"action": decision.action.value, "clause": for_json(decision.clause)},
    }


def _optional(text: str | None) -> str | None:
    return None if text is None else for_json(text)
