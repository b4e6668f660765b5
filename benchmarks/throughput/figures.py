"""
Figures of a record: medians and spreads by contender and work. Pure.

A contender that failed, was ended or never ran has none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from .record import Record, Sample, Series, Work

MEGABYTE = 1_000_000
_READ = Callable[[Sample], float]


@dataclass(frozen=True, slots=True)
class Spread:
    """Of `count` values: the median, the least and the greatest."""

    median: float
    low: float
    high: float
    count: int


def spread(values: Iterable[float]) -> Spread | None:
    """None of nothing."""
    known = tuple(values)
    return Spread(median(known), min(known), max(known), len(known)) if known else None


def wall(sample: Sample) -> float:
    """Seconds."""
    return sample.wall


def cpu(sample: Sample) -> float:
    """Seconds, of the whole tree."""
    return sample.cpu


def peak(sample: Sample) -> float:
    """Bytes, of the whole tree."""
    return float(sample.tree)


class Figures:
    """Looks figures up in a record; `read` is `wall`, `cpu` or `peak`."""

    def __init__(self, record: Record) -> None:
        self._series = {(each.contender, each.work): each for each in record.series}
        self._works = {work.key: work for work in record.works}

    def series(self, contender: str, work: str) -> Series | None:
        return self._series.get((contender, work))

    def of(self, contender: str, work: str, read: _READ) -> Spread | None:
        series = self.series(contender, work)
        return spread(map(read, series.samples)) if series and series.good else None

    def middle(self, contender: str, work: str, read: _READ) -> float | None:
        """The median alone."""
        known = self.of(contender, work, read)
        return known.median if known else None

    def megabytes(self, work: str) -> float:
        """Of 10⁶ bytes; KeyError for a work that is not in the record."""
        return self._works[work].size / MEGABYTE

    def has(self, work: str) -> bool:
        return work in self._works

    def scale(self) -> tuple[Work, ...]:
        """The works that are one thing in several sizes, from small to big."""
        sized = (work for work in self._works.values() if work.scale is not None)
        return tuple(sorted(sized, key=lambda work: work.size))

    def curve(self, contender: str, read: _READ) -> Iterator[tuple[float, float]]:
        """Megabytes and the figure, of each size there is one for."""
        for work in self.scale():
            figure = self.middle(contender, work.key, read)
            if figure is not None:
                yield work.size / MEGABYTE, figure


@dataclass(frozen=True, slots=True)
class Step:
    """From one size to the next: what each further megabyte took, in seconds."""

    start: float
    end: float
    rate: float


def steps(curve: Sequence[tuple[float, float]]) -> tuple[Step, ...]:
    """Start-up falls out of the difference, so that no figure of its own is needed for it."""
    return tuple(Step(a, b, (after - before) / (b - a)) for (a, before), (b, after) in pairwise(curve))
