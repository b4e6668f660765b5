"""
Judges the runs of a zoo by leakgate's own command, and compares its JSON result with what was planted.

A leak is found when a raised finding has the fingerprint of its value, or of a stretch that holds it, or lies
on it in a file. A finding that names a test is right if that is the test which wrote the value.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from leakgate.findings.fingerprint import Key, keyed

from .presence import Run
from .running import CLEAN, LEAKY, Places, Planted, read_truth
from .slots import SLOTS
from .tool import Tool

_KEY = "zoo-key-of-no-worth"
_RAISED = ("block", "warn")
_JUDGED = (0, 1, 3)
_NO_WORD = re.compile(r"[\W_]+")

Finding = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Judged:
    """The result of one scan."""

    code: int
    findings: tuple[Finding, ...]
    blocks: int
    warnings: int
    gaps: int


@dataclass(slots=True)
class Score:
    """The figures; `reason` where there is no run. `written` of the `planted` leaks are in the run.

    `files` counts the pairs of a leak and a file that holds it, `seen` those with a finding in that file.
    """

    tool: Tool
    reason: str | None = None
    clean: Judged | None = None
    planted: int = 0
    written: int = 0
    found: int = 0
    files: int = 0
    seen: int = 0
    tested: int = 0
    right_test: int = 0
    wrong_test: int = 0
    sourced: int = 0
    right_line: int = 0
    wrong_line: int = 0
    missed: list[str] = field(default_factory=list)


def score(tool: Tool, places: Places) -> Score:
    """Scans both runs of a tool."""
    home = places.run(tool.name)
    if not (home / "run.json").exists():
        return Score(tool, reason="was not run")
    said = json.loads((home / "run.json").read_text(encoding="utf-8"))
    if "reason" in said:
        return Score(tool, reason=said["reason"])
    result = Score(tool, clean=judge(home, CLEAN, places.work(tool.name, CLEAN)))
    leaky = judge(home, LEAKY, places.work(tool.name, LEAKY))
    compare(result, leaky.findings, read_truth(home / "truth.jsonl"), home)
    return result


def judge(home: Path, variant: str, source: Path) -> Judged:
    """What `leakgate scan` says of one run. Raises RuntimeError if it says nothing."""
    words = ("scan", variant, "--source-root", str(source), "--format", "json")
    done = subprocess.run(
        (sys.executable, "-P", "-m", "leakgate", *words),
        cwd=home,
        capture_output=True,
        check=False,
        env={"LEAKGATE_KEY": _KEY, "PATH": "/usr/bin:/bin", "HOME": str(Path.home())},
    )
    if done.returncode not in _JUDGED:
        raise RuntimeError(f"leakgate ended with {done.returncode} on {home.name}/{variant}")
    return read(json.loads(done.stdout), done.returncode)


def read(result: Mapping[str, Any], code: int) -> Judged:
    """The figures of a JSON result."""
    counts, gaps = result["verdict"]["counts"], result["verdict"]["gap_counts"]
    raised = tuple(finding for finding in result["findings"] if finding["decision"]["action"] in _RAISED)
    return Judged(code, raised, counts["block"], counts["warn"], sum(gaps.values()) - gaps["allowed"])


def compare(result: Score, findings: Sequence[Finding], truth: Sequence[Planted], home: Path) -> None:
    """Counts into `result` what the findings say of each planted leak; paths are relative to `home`."""
    run = Run(home / LEAKY)
    for planted in truth:
        hits = [finding for finding in findings if _is_of(planted, finding, home)]
        result.planted += 1
        files = run.holding(planted.value, *planted.forms)
        if not hits and not files:
            continue  # the tool does not write it down
        result.written += 1
        seen = {place["path"].partition("/")[2] for hit in hits for place in hit["locations"]}
        result.files += len(files)
        result.seen += len(files & seen)
        result.missed += [f"{planted.kind} ({planted.carrier}) in {name}" for name in sorted(files - seen)]
        if not hits:
            continue
        result.found += 1
        _count_tests(result, planted, hits)
        _count_lines(result, planted, hits)


def _is_of(planted: Planted, finding: Finding, home: Path) -> bool:
    values = (planted.value, *planted.forms)
    return finding["fingerprint"] in _fingerprints(finding, values) or any(
        _lies_on(place, values, home) for place in finding["locations"]
    )


def _fingerprints(finding: Finding, values: Sequence[str]) -> set[str]:
    """Of each value as it is, and without what varies in the writing of personal identifiers."""
    key = Key.of(_KEY)
    writings = {value.encode().strip() for value in values}
    writings |= {b"".join(writing.lower().translate(None, b"-.()/").split()) for writing in writings}
    return {keyed(key, finding["rule"], writing) for writing in writings}


def _lies_on(place: Mapping[str, Any], values: Sequence[str], home: Path) -> bool:
    """Only where the bytes are those of a file; within archives and encodings the fingerprint decides."""
    if place["members"]:
        return False
    with (home / place["path"]).open("rb") as file:
        file.seek(place["byte_start"])
        stretch = file.read(min(place["byte_end"] - place["byte_start"], 10_000)).decode("utf-8", "replace")
    return len(stretch) >= 6 and any(stretch in value or value in stretch for value in values)


def _count_tests(result: Score, planted: Planted, hits: Sequence[Finding]) -> None:
    """Right: a place names the test, and none names another test of the suite."""
    if planted.test is None:
        return
    result.tested += 1
    named = {words(place["test"]["id"]) for hit in hits for place in hit["locations"] if place["test"]}
    right = words(planted.test)
    others = {words(slot.test) for slot in SLOTS} - {right}
    if any(other in name for name in named for other in others):
        result.wrong_test += 1
    elif any(right in name for name in named):
        result.right_test += 1


def _count_lines(result: Score, planted: Planted, hits: Sequence[Finding]) -> None:
    if not planted.source:
        return
    result.sourced += 1
    named = {
        (place["emitter"]["file"], place["emitter"]["line"])
        for hit in hits
        for place in hit["locations"]
        if place["emitter"] and place["emitter"]["file"]
    }
    if any(
        file.endswith(source) and line == number for file, line in named for source, number in planted.source
    ):
        result.right_line += 1
    elif named:
        result.wrong_line += 1


def words(name: str) -> str:
    """A name of a test without what languages do to it: case, signs, underscores."""
    return _NO_WORD.sub("", name).lower()
