"""
Measures what leakgate finds in labelled sets: `python -m benchmarks.accuracy [--corpora DIR]`.

Prints Markdown tables. Sets that are not there are left out, and it is said. Shows no scanned text.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.accuracy.counting import Share
from benchmarks.accuracy.planted import PlantedScore, score_planted
from benchmarks.accuracy.scanning import RAISED, Judge, secrets_judge
from benchmarks.accuracy.snippets import SnippetScore, score_snippets
from leakgate.model.verdict import Action

_VARIABLE = "LEAKGATE_CORPORA"
_MEGABYTE = 1_000_000


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    judge = secrets_judge(options.cache)
    root: Path = options.corpora
    parts = (
        (root / "snippets" / "secrets.jsonl", lambda path: _snippets(score_snippets(path, judge))),
        (root / "leaky-dev", lambda path: _planted(score_planted(path, judge))),
        (root / "logs-clean", lambda path: _clean(path, judge)),
    )
    for path, report in parts:
        lines = report(path) if path.exists() else [f"{path.name}: not there, left out"]
        sys.stdout.write("\n".join(lines) + "\n\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Measure what leakgate finds in labelled sets.")
    default = os.environ.get(_VARIABLE, "corpora")
    parser.add_argument("--corpora", type=Path, metavar="DIR", default=Path(default), help=f"or ${_VARIABLE}")
    parser.add_argument("--cache", type=Path, metavar="DIR", help="where compiled rules are kept")
    return parser


def _snippets(score: SnippetScore) -> Iterator[str]:
    yield from ("## Examples of other tools", "", "| tool | positives found | negatives raised |")
    yield "|---|---|---|"
    for tool in sorted({*score.found, *score.raised}):
        yield f"| {tool} | {score.found[tool]} | {score.raised[tool]} |"
    yield from ("", f"Found where the set says it is: {score.exact}", "")
    yield from _pairs("family that raised", score.families)
    yield ""
    yield from _pairs("reason, where nothing was raised", score.reasons)


def _pairs(head: str, table: Mapping[str, tuple[int, int]]) -> Iterator[str]:
    yield from (f"| {head} | positives | negatives |", "|---|---|---|")
    for key, (positive, negative) in sorted(table.items(), key=lambda item: (-sum(item[1]), item[0])):
        yield f"| {key} | {positive} | {negative} |"


def _planted(score: PlantedScore) -> Iterator[str]:
    yield from ("## Planted leaks and decoys", "", "| what | share |", "|---|---|")
    yield f"| secrets found | {score.found} |"
    yield f"| blocking findings that are true | {score.blocking} |"
    yield f"| decoys blocked | {score.decoys_blocked} |"
    yield f"| decoys blocked or warned of | {score.decoys_raised} |"
    yield from ("", "| confidence | true findings |", "|---|---|")
    yield from _rows(score.confidence.items())
    yield from ("", "| kind with misses | found |", "|---|---|")
    yield from _rows(item for item in sorted(score.types.items()) if item[1].hits < item[1].total)


def _rows(shares: Iterable[tuple[str, Share]]) -> Iterator[str]:
    return (f"| {name} | {share} |" for name, share in shares)


def _clean(path: Path, judge: Judge) -> Iterator[str]:
    counts = dict.fromkeys(RAISED, 0)
    for _, decisions in judge.files(path):
        for decision in decisions:
            if decision.action in counts:
                counts[decision.action] += 1
    size = sum(file.stat().st_size for file in path.rglob("*") if file.is_file()) / _MEGABYTE
    yield from ("## Logs without a known leak", "")
    blocked, warned = counts[Action.BLOCK], counts[Action.WARN]
    yield f"{size:.0f} MB: {blocked} blocked, {warned} warned of, {warned / max(size, 1) * 10:.1f} in 10 MB"


if __name__ == "__main__":
    sys.exit(main())
