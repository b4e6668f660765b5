"""
Rule examples and counter-examples of other tools: how many are found, how many are raised without need.

A positive is found when anything is raised in its text, a negative is raised likewise. `exact` asks that a
finding overlaps the value, where the set names it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.accuracy.counting import Share
from benchmarks.accuracy.scanning import RAISED, Judge
from leakgate.model.verdict import Decision


@dataclass(slots=True)
class SnippetScore:
    """By the tool that an example comes from, and for all; the families that raised, by label."""

    found: dict[str, Share] = field(default_factory=lambda: defaultdict(Share))
    raised: dict[str, Share] = field(default_factory=lambda: defaultdict(Share))
    exact: Share = field(default_factory=Share)
    families: dict[str, tuple[int, int]] = field(default_factory=dict)
    reasons: dict[str, tuple[int, int]] = field(default_factory=dict)

    def count(self, example: dict[str, str], label: bool, decisions: tuple[Decision, ...]) -> None:
        raised = [decision for decision in decisions if decision.action in RAISED]
        table = self.found if label else self.raised
        for source in (example["source"], "all"):
            table[source] = table[source].counting(bool(raised))
        if label and example.get("secret"):
            self.exact = self.exact.counting(any(_covers(example, decision) for decision in raised))
        _tally(self.families, {decision.finding.rule.family for decision in raised}, label)
        if not raised:
            _tally(self.reasons, {_reason(decision) for decision in decisions}, label)


def score_snippets(path: Path, judge: Judge) -> SnippetScore:
    """`path` holds one JSON object a line: source, label, text and, where known, secret."""
    score = SnippetScore()
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            example = json.loads(line)
            score.count(example, bool(example["label"]), judge.text(example["text"]))
    return score


def _covers(example: dict[str, str], decision: Decision) -> bool:
    text, secret = (example[key].encode("utf-8", "surrogatepass") for key in ("text", "secret"))
    start = text.find(secret)
    place = decision.finding.location
    return start >= 0 and place.byte_start < start + len(secret) and place.byte_end > start


def _reason(decision: Decision) -> str:
    """Why a finding is let through; the same for all issuers."""
    return (decision.finding.synthetic or "the policy").partition(" of ")[0]


def _tally(table: dict[str, tuple[int, int]], keys: set[str], label: bool) -> None:
    for key in keys:
        positive, negative = table.get(key, (0, 0))
        table[key] = (positive + label, negative + (not label))
