"""
A tree of files with planted leaks and decoys: what is found, what is blocked, and what confidence is worth.

A leak is found when a raised finding lies in its file and member and overlaps its line and columns; where
there are no lines, any secret in the file counts. Decoys that are blocked are errors.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.accuracy.counting import Share
from benchmarks.accuracy.scanning import RAISED, Judge
from leakgate.model.finding import Location
from leakgate.model.verdict import Action, Decision

_SLACK = 3  # characters by which columns may differ
_NOT_SCANNED = frozenset({"truth.jsonl", "README.md"})


@dataclass(slots=True)
class PlantedScore:
    """`confidence` counts raised findings that overlap a leak, of those that overlap a leak or a decoy."""

    found: Share = field(default_factory=Share)
    types: dict[str, Share] = field(default_factory=lambda: defaultdict(Share))
    decoys_blocked: Share = field(default_factory=Share)
    decoys_raised: Share = field(default_factory=Share)
    blocking: Share = field(default_factory=Share)
    confidence: dict[str, Share] = field(default_factory=lambda: defaultdict(Share))


def score_planted(root: Path, judge: Judge) -> PlantedScore:
    """`root` holds `truth.jsonl` and the files that it speaks of."""
    truth: dict[str, list[dict[str, Any]]] = defaultdict(list)
    with (root / "truth.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            label = json.loads(line)
            truth[label["file"]].append(label)
    score = PlantedScore()
    for name, decisions in judge.files(root):
        if name not in _NOT_SCANNED:
            _score_file(score, truth[name], [each for each in decisions if each.action in RAISED])
    return score


def _score_file(score: PlantedScore, labels: list[dict[str, Any]], raised: list[Decision]) -> None:
    leaks = [label for label in labels if label["label"] == "positive"]
    decoys = [label for label in labels if label["label"] != "positive"]
    for leak in leaks:
        if leak["cls"] == "secret":
            found = any(_overlaps(leak, decision) for decision in raised)
            score.found = score.found.counting(found)
            score.types[leak["type"]] = score.types[leak["type"]].counting(found)
    true = {id(decision) for decision in raised if any(_overlaps(leak, decision) for leak in leaks)}
    others = [decision for decision in raised if id(decision) not in true]
    wrong = {id(decision) for decision in others if any(_overlaps(decoy, decision) for decoy in decoys)}
    for decoy in decoys:
        hits = [decision for decision in others if _overlaps(decoy, decision)]
        score.decoys_blocked = score.decoys_blocked.counting(_blocks(hits))
        score.decoys_raised = score.decoys_raised.counting(bool(hits))
    for decision in raised:
        if id(decision) in true | wrong:
            level = str(decision.finding.confidence)
            score.confidence[level] = score.confidence[level].counting(id(decision) in true)
            if decision.action is Action.BLOCK:
                score.blocking = score.blocking.counting(id(decision) in true)


def _blocks(decisions: list[Decision]) -> bool:
    return any(decision.action is Action.BLOCK for decision in decisions)


def _overlaps(label: dict[str, Any], decision: Decision) -> bool:
    return any(_at(label, sighting.location) for sighting in decision.finding.sightings)


def _at(label: dict[str, Any], place: Location) -> bool:
    want, have = (label.get("member") or "").replace("!/", "/"), "/".join(place.members)
    if want and have and not (have.endswith(want) or want.endswith(have)):
        return False
    if not label.get("line"):
        return label["label"] != "positive" or label["cls"] == "secret"
    if place.line is None:
        return False
    last, end = label.get("end_line") or label["line"], place.end_line or place.line
    if end < label["line"] or place.line > last:
        return False
    one_line = place.line == end == label["line"] == last
    if not one_line or place.column is None or label.get("col") is None:
        return True
    start, stop = place.column - 1, (place.end_column or place.column + 1) - 1
    return start < (label.get("end_col") or label["col"] + 1) + _SLACK and stop > label["col"] - _SLACK
