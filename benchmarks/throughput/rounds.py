"""
Interleaved rounds: every contender once, then every contender again, so that a slow minute hits them all.

Keeps the samples; computes nothing from them.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .contenders import Cache, Contender
from .measure import Sample, measure

STAGED = "result.json"


@dataclass(frozen=True, slots=True)
class Series:
    """The samples of one contender on one corpus of `size` bytes.

    `stages` are the seconds of leakgate's stages in the last round, and `gaps` what it could not look at.
    """

    contender: Contender
    corpus: str
    size: int
    samples: tuple[Sample, ...]
    stages: Mapping[str, float]
    gaps: int


@dataclass(frozen=True, slots=True)
class Contest:
    """How often each contender runs, how long it may (seconds), and where caches and results go."""

    rounds: int
    limit: float
    scratch: Path


def compete(
    contenders: Sequence[Contender], target: Path, corpus: str, contest: Contest
) -> tuple[Series, ...]:
    """A contender that hits the limit or fails is not started again; its one sample tells."""
    samples: dict[str, list[Sample]] = {contender.name: [] for contender in contenders}
    told: dict[str, tuple[dict[str, float], int]] = {}
    for turn in range(contest.rounds):
        for contender in contenders:
            if any(not good(contender, sample) for sample in samples[contender.name]):
                continue
            sys.stderr.write(f"{corpus}: round {turn + 1} of {contest.rounds}, {contender.name}\n")
            samples[contender.name].append(_run(contender, target, contest))
            if contender.staged and good(contender, samples[contender.name][-1]):
                told[contender.name] = _told(contest.scratch / STAGED)
    size = size_of(target)
    return tuple(
        Series(each, corpus, size, tuple(samples[each.name]), *told.get(each.name, ({}, 0)))
        for each in contenders
    )


def good(contender: Contender, sample: Sample) -> bool:
    """It came to an end of its own, and with an exit code that says so."""
    return sample.finished and sample.code in contender.codes


def warm_up(contenders: Sequence[Contender], contest: Contest) -> None:
    """Fills the caches of all that keep one, so that no warm round compiles."""
    sample = contest.scratch / "warm-up"
    sample.mkdir()
    (sample / "a.log").write_text("nothing to see\n")
    for contender in contenders:
        if contender.cache is not Cache.COLD:
            _run(contender, sample, contest)


def size_of(target: Path) -> int:
    """Bytes of all files of a directory, or of one file."""
    files = target.rglob("*") if target.is_dir() else (target,)
    return sum(path.stat().st_size for path in files if path.is_file())


def _run(contender: Contender, target: Path, contest: Contest) -> Sample:
    # In the corpus, and with a relative path: detect-secrets passes over files outside of its directory.
    where, path = (target, ".") if target.is_dir() else (target.parent, target.name)
    scratch = contest.scratch
    if contender.cache is Cache.COLD:
        shutil.rmtree(scratch / "cold", ignore_errors=True)
    output = scratch / STAGED if contender.staged else None
    environment = _environment(contender, scratch)
    return measure(contender.arguments(path), where, environment, output, contest.limit)


def _environment(contender: Contender, scratch: Path) -> dict[str, str]:
    match contender.cache:
        case Cache.NONE:
            return dict(os.environ)
        case Cache.WARM | Cache.COLD:
            return {**os.environ, "LEAKGATE_CACHE_DIR": str(scratch / contender.cache.name.lower())}


def _told(result: Path) -> tuple[dict[str, float], int]:
    document = json.loads(result.read_text(encoding="utf-8"))
    return document["timing"]["stages"], len(document["gaps"])
