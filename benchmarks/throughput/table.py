"""
Series as Markdown tables and as JSON. Pure: the same series, the same text.

Medians over the rounds; a run that failed or was ended shows that instead of figures.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from statistics import median

from .rounds import Series, good

_HEAD = ("", "CPU s", "wall s", "MB/s of CPU", "peak RSS MiB")
_MEGABYTE = 1_000_000


def markdown(series: Sequence[Series]) -> str:
    """For each corpus a table of the figures, and one of leakgate's stages."""
    parts = []
    for corpus in dict.fromkeys(each.corpus for each in series):
        own = [each for each in series if each.corpus == corpus]
        rounds = max(len(each.samples) for each in own)
        parts.append(f"### {corpus}: {own[0].size / _MEGABYTE:.1f} MB, median of {rounds}\n")
        parts.append(_table(_HEAD, map(_figures, own)))
        stages = _stages(own)
        if stages:
            parts.append(stages)
    return "\n".join(parts)


def as_json(series: Sequence[Series], conditions: dict[str, str]) -> str:
    """Every sample, with what it was measured on; times are seconds, memory and sizes are bytes."""
    document = {
        "conditions": conditions,
        "series": [
            {
                "contender": each.contender.name,
                "corpus": each.corpus,
                "bytes": each.size,
                "stages": dict(each.stages),
                "gaps": each.gaps,
                "samples": [asdict(sample) for sample in each.samples],
            }
            for each in series
        ],
    }
    return json.dumps(document, indent=1) + "\n"


def _figures(series: Series) -> tuple[str, ...]:
    for sample in series.samples:
        if not good(series.contender, sample):
            said = f"failed ({sample.code})" if sample.finished else f"not done after {sample.wall:.0f} s"
            return (series.contender.name, said, "", "", "")
    cpu = median(sample.cpu for sample in series.samples)
    wall = median(sample.wall for sample in series.samples)
    rss = median(sample.rss for sample in series.samples)
    speed = f"{series.size / _MEGABYTE / cpu:.1f}" if series.contender.scans else ""
    name = f"{series.contender.name} ({series.gaps} gaps)" if series.gaps else series.contender.name
    return (name, f"{cpu:.2f}", f"{wall:.2f}", speed, f"{rss / (1 << 20):.0f}")


def _stages(series: Sequence[Series]) -> str:
    told = [each for each in series if each.stages]
    if not told:
        return ""
    names = tuple(dict.fromkeys(name for each in told for name in each.stages))
    rows: Iterator[tuple[str, ...]] = (
        (each.contender.name, *(f"{each.stages.get(name, 0.0):.2f}" for name in names)) for each in told
    )
    return _table(("seconds of", *names), rows)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---", *("---:" for _ in head[1:])), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
