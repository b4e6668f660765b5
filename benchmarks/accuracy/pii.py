"""
How much of labelled personal data is found: `python -m benchmarks.accuracy.pii SNIPPETS.jsonl [--names]`.

Every country's identifiers are looked for, in one text after the other. Counts by entity what overlaps a
labelled span, and what is raised in texts without any. Never shows a text unless `--misses` asks for it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from leakgate.findings.fingerprint import Key
from leakgate.model.artifact import Artifact, Unit
from leakgate.model.detection import Category
from leakgate.model.finding import Finding
from leakgate.model.verdict import Action
from leakgate.pipeline.unit import UnitScanner
from leakgate.policy.evaluate import evaluate
from leakgate.policy.load import load_policy
from leakgate.policy.locales import expanded
from leakgate.policy.policy import Policy
from leakgate.sources.content import MemoryContent
from leakgate.wiring import build_detector, build_scanner

_RAISED = frozenset({Action.BLOCK, Action.WARN})


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text and what stands in it; `start` and `end` in characters."""

    identity: str
    source: str
    text: str
    spans: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True)
class Judge:
    """The default policy narrowed to personal data, in every country."""

    scanner: UnitScanner
    policy: Policy

    def __call__(self, text: str) -> tuple[tuple[Finding, Action], ...]:
        unit = Unit(Artifact("text.txt"), MemoryContent(text.encode("utf-8", "surrogatepass")))
        outcome = self.scanner.scan(unit, lambda: False)
        verdict = evaluate(self.policy, outcome.findings, outcome.gaps, outcome.coverage)
        return tuple((one.finding, one.action) for one in verdict.decisions)


def judge(*, names: bool, cache: Path | None = None) -> Judge:
    """`names`: also by the language model."""
    policy = load_policy("default")
    selection = replace(
        policy.detect.narrowed({Category.PII}),
        locales=expanded(["all"]),
        disabled_entities=(),
        nlp_entities=("PERSON", "LOCATION") if names else (),
    )
    limits = replace(policy.limits, max_seconds=3600.0)
    key = Key(b"accuracy" * 4, ephemeral=True)
    return Judge(build_scanner(build_detector(selection, cache), key, limits), policy)


def labelled(path: Path) -> Iterator[Labelled]:
    """The snippets of a JSON lines file."""
    for line in path.read_text("utf-8").splitlines():
        record: dict[str, Any] = json.loads(line)
        spans = tuple((start, end, entity) for start, end, entity in record["spans"])
        yield Labelled(record["id"], record["source"].rpartition("/")[2], record["text"], spans)


def measure(snippets: Sequence[Labelled], ask: Judge, *, misses: str = "") -> Iterator[str]:
    """Lines of a table by source and entity: found, found as known fake, labelled; then false alarms."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    alarms: dict[str, Counter[str]] = defaultdict(Counter)
    for each in snippets:
        found = ask(each.text)
        for start, end, entity in each.spans:
            outcome = _outcome(each.text, found, start, end)
            counts[each.source, entity][outcome] += 1
            if outcome == "missed" and misses == entity:
                yield f"missed {each.identity}: {each.text[start:end]!r} in {each.text[:200]!r}"
        if not each.spans:
            alarms[each.source]["texts"] += 1
            for finding in {finding.rule.id for finding, action in found if action in _RAISED}:
                alarms[each.source][finding] += 1
                if misses == "alarms":
                    yield f"alarm {each.identity}: {finding} in {each.text[:200]!r}"
    for (source, entity), counted in sorted(counts.items(), key=lambda item: -item[1].total()):
        total = counted.total()
        yield f"{source:20} {entity:28} {counted['raised']:4} {counted['synthetic']:4} {total:4}"
    for source, raised in sorted(alarms.items()):
        yield f"{source:20} without any: {dict(raised.most_common())}"


def _outcome(text: str, found: Sequence[tuple[Finding, Action]], start: int, end: int) -> str:
    first, last = len(text[:start].encode()), len(text[:end].encode())
    hits = [
        (finding, action)
        for finding, action in found
        for seen in finding.sightings
        if seen.location.byte_start < last and first < seen.location.byte_end
    ]
    if any(action in _RAISED for _, action in hits):
        return "raised"
    return "synthetic" if any(finding.synthetic for finding, _ in hits) else "missed"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("snippets", type=Path)
    parser.add_argument("--names", action="store_true", help="with the language model")
    parser.add_argument("--misses", default="", help="show what was missed of this entity, or `alarms`")
    parser.add_argument("--without", default="", help="leave out sources, by comma")
    chosen = parser.parse_args()
    if not chosen.snippets.is_file():
        sys.stdout.write("no snippets there: nothing measured\n")
        return
    out = set(chosen.without.split(","))
    snippets = [each for each in labelled(chosen.snippets) if each.source not in out]
    for line in measure(snippets, judge(names=chosen.names), misses=chosen.misses):
        sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
