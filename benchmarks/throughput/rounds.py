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
from dataclasses import asdict, dataclass
from pathlib import Path

from .contenders import Cache, Contender
from .measure import Printed, measure
from .record import Sample, Series
from .workloads import Workload

OUTPUT = "output"
_LAST = 500  # characters of what a run that failed said last


@dataclass(frozen=True, slots=True)
class Contest:
    """How often each contender runs, how long it may, and where caches and results go.

    No run takes longer than `limit` seconds, and no round begins for who has taken `patience` seconds on the
    same work already: who takes long runs less often.
    """

    rounds: int
    limit: float
    patience: float
    scratch: Path

    def limit_of(self, contender: Contender) -> float:
        return min(self.limit, contender.limit or self.limit)


def compete(
    contenders: Sequence[Contender], work: Workload, contest: Contest, beaten: Mapping[str, str]
) -> tuple[Series, ...]:
    """A contender that hits the limit or fails is not started again; its one sample tells.

    `beaten` says of contenders, by key, why they are not started at all.
    """
    samples: dict[str, list[Sample]] = {contender.key: [] for contender in contenders}
    told: dict[str, tuple[dict[str, float], int]] = {}
    for turn in range(contest.rounds):
        for contender in contenders:
            before = samples[contender.key]
            if contender.key in beaten or not _may_run(before, contest.patience):
                continue
            sys.stderr.write(f"{work.title}: round {turn + 1} of {contest.rounds}, {contender.name}\n")
            before.append(run(contender, work, contest))
            if contender.staged and before[-1].good:
                told[contender.key] = _told(contest.scratch / OUTPUT) or ({}, 0)
    return tuple(
        Series(
            each.key,
            work.key,
            tuple(samples[each.key]),
            *told.get(each.key, ({}, 0)),
            skipped=beaten.get(each.key),
        )
        for each in contenders
    )


def _may_run(before: Sequence[Sample], patience: float) -> bool:
    return all(sample.good for sample in before) and sum(sample.wall for sample in before) < patience


def warm_up(contenders: Sequence[Contender], contest: Contest) -> None:
    """Fills the caches of all that keep one, so that no warm round compiles."""
    sample = contest.scratch / "warm-up"
    sample.mkdir()
    (sample / "a.log").write_text("nothing to see\n")
    for contender in contenders:
        if contender.cache is not Cache.COLD:
            run(contender, Workload("warm-up", "warm-up", sample), contest)


def run(contender: Contender, work: Workload, contest: Contest) -> Sample:
    """One sample; what the contender printed is in the scratch directory until the next one."""
    # In the corpus, and with a relative path: detect-secrets passes over files outside of its directory.
    where, path = (work.target, ".") if work.target.is_dir() else (work.target.parent, work.target.name)
    output, errors = contest.scratch / OUTPUT, contest.scratch / "errors"
    cache = contest.scratch / "caches" / contender.cache.name.lower() / contender.key
    if contender.cache is Cache.COLD:
        shutil.rmtree(cache, ignore_errors=True)
    cache.mkdir(mode=0o700, parents=True, exist_ok=True)
    environment = _environment({contender.cached: str(cache)})
    limit = contest.limit_of(contender)
    taken = measure(contender.arguments(path), where, environment, Printed(output, errors), limit)
    seen = contender.reading(output.read_bytes(), work.witnesses) if contender.scans else 0
    good = taken.finished and taken.code in contender.codes
    if contender.staged:  # Python's own exit code for a crash is that of a blocked run
        good = good and _told(output) is not None
    if taken.finished and not good:
        said = errors.read_text("utf-8", "replace").strip()[-_LAST:]
        sys.stderr.write(f"{contender.name} failed with exit code {taken.code}: {said}\n")
    return Sample(**asdict(taken), good=good, seen=seen)


def _environment(own: Mapping[str, str]) -> dict[str, str]:
    """That of this process, but for what would change what is measured.

    Python keeps its compiled modules, and leakgate is set up by its command line alone.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if name != "PYTHONDONTWRITEBYTECODE" and not name.startswith("LEAKGATE_")
    }
    return {**kept, **own}


def _told(result: Path) -> tuple[dict[str, float], int] | None:
    """Seconds of the stages and the count of gaps; None of what is no result."""
    try:
        document = json.loads(result.read_text(encoding="utf-8"))
        return document["timing"]["stages"], len(document["gaps"])
    except (ValueError, KeyError, TypeError):
        return None
