"""Whole scans of hostile files, shown by every reporter, and the escapes on which reports rely."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

from leakgate.findings.fingerprint import Key
from leakgate.model.artifact import Artifact, Unit
from leakgate.model.gap import GapReason
from leakgate.model.result import Coverage, ScanResult, Timing
from leakgate.model.verdict import Verdict
from leakgate.pipeline.unit import UnitScanner
from leakgate.policy.evaluate import evaluate
from leakgate.policy.load import load_policy
from leakgate.policy.policy import Policy
from leakgate.report import text_safety
from leakgate.report.registry import REPORTERS
from leakgate.unpack.readers import HeldBytes
from leakgate.wiring import build_detector, build_scanner
from tests.fuzz.readers import LIMITS
from tests.fuzz.seeds import LOG, seeds
from tests.fuzz.target import Target, Wrong, check_shown
from tests.unit.report.hostile import NASTY

_UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ud800-\udfff]")


def shown_targets() -> Iterator[Target]:
    files = tuple(seed.data for seed in seeds())
    for format_ in REPORTERS:
        yield Target(f"scan and report:{format_}", _reported(format_), files, prepared)
    hostile = tuple(text.encode("utf-8", "surrogatepass") for text in NASTY if text)
    for name in sorted(vars(text_safety)):
        if name.startswith("for_"):
            yield Target(f"text safety:{name}", _escaped(getattr(text_safety, name)), hostile)


@cache
def gate() -> tuple[Policy, UnitScanner]:
    """The default policy without a language model, which would take a second for each hundred texts."""
    policy = load_policy("default")
    cache_directory = os.environ.get("LEAKGATE_CACHE_DIR")
    wanted = replace(policy.detect, nlp_entities=())
    detector = build_detector(wanted, Path(cache_directory) if cache_directory else None)
    return policy, build_scanner(detector, Key.of("fuzz"), LIMITS)


def prepared() -> None:
    """Compiled and imported, by a scan that comes to some findings."""
    judged_as("run/a.log", LOG)


def judged_as(name: str, data: bytes) -> tuple[ScanResult, Verdict]:
    """A scan of one file, and what the default policy says of it."""
    policy, scanner = gate()
    outcome = scanner.scan(Unit(Artifact(name), HeldBytes(data)), lambda: False)
    coverage = outcome.coverage + Coverage()
    result = ScanResult(
        outcome.findings, outcome.gaps, coverage, Timing(0.0), scanner.detector.rules, "sha256:" + "0" * 64,
        policy.identity, "0", ephemeral_key=False,
    )  # fmt: skip
    return result, evaluate(policy, result.findings, result.gaps, coverage)


def _reported(format_: str) -> Callable[[bytes], bool]:
    def run(data: bytes) -> bool:
        result, verdict = judged_as("run/a.bin", data)
        if any(gap.reason is GapReason.RECOGNIZER_FAILED for gap in result.gaps):
            raise Wrong(next(g.detail for g in result.gaps if g.reason is GapReason.RECOGNIZER_FAILED))
        if {decision.gap for decision in verdict.gaps} < set(result.gaps) or not _sound(result, verdict):
            raise Wrong
        out = io.StringIO()
        REPORTERS[format_]().render(result, verdict, out)
        check_shown((out.getvalue(),))
        return bool(result.gaps)

    return run


def _sound(result: ScanResult, verdict: Verdict) -> bool:
    """What was not looked at is no pass without a word."""
    looked_at = result.coverage.bytes_scanned > 0 or not result.gaps
    return looked_at or verdict.exit_code != 0 or bool(verdict.gaps)


def _escaped(escape: Callable[[str], str]) -> Callable[[bytes], bool]:
    def run(data: bytes) -> bool:
        text = data.decode("utf-8", "surrogateescape")
        shown = escape(text)
        if escape is text_safety.for_json:
            shown.encode("utf-8")
        elif "\n" in shown or _UNSEEN.search(shown):
            raise Wrong
        if escape is text_safety.for_html and re.search("[<>\"']", shown):
            raise Wrong
        if escape is text_safety.for_xml:
            element = ElementTree.Element("a", {"b": shown})
            ElementTree.fromstring(ElementTree.tostring(element))
        return False

    return run
