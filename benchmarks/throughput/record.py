"""
What a benchmark measured, as values and as JSON: every sample, and nothing computed from them.

Written and read back here alone. Times are seconds, sizes and memory are bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

SCHEMA = "leakgate.bench/1"


@dataclass(frozen=True, slots=True)
class Sample:
    """One run; see `measure.Run` for the figures. `good`: it ended by itself, with an exit code of a scan.

    `seen` are the witnesses that its output shows.
    """

    wall: float
    cpu: float
    largest: int
    tree: int
    code: int
    finished: bool
    good: bool
    seen: int


@dataclass(frozen=True, slots=True)
class Work:
    """`size` is in bytes on disk, in `files` files; `scale` its megabytes where it is one of the sizes.

    `packed`: its bytes are not those that scanners read. `witnesses` are the leaks planted in it.
    """

    key: str
    title: str
    size: int
    files: int
    scale: int | None = None
    packed: bool = False
    witnesses: int = 0


@dataclass(frozen=True, slots=True)
class Series:
    """The samples of a contender on a work, both by their keys.

    `stages` are the seconds of leakgate's stages in the last round, and `gaps` what it could not look at.
    `skipped` says why there are no samples.
    """

    contender: str
    work: str
    samples: tuple[Sample, ...]
    stages: Mapping[str, float]
    gaps: int
    skipped: str | None = None

    @property
    def good(self) -> bool:
        return bool(self.samples) and all(sample.good for sample in self.samples)


@dataclass(frozen=True, slots=True)
class Record:
    """`conditions` are words for a reader; `contenders` are names by key, in the order of the tables.

    `load` is how many processes of others wanted to run before the first round (getloadavg(3)).
    """

    conditions: Mapping[str, str]
    contenders: Mapping[str, str]
    works: tuple[Work, ...]
    series: tuple[Series, ...]
    load: float = 0.0


def as_json(record: Record) -> str:
    return json.dumps({"schema": SCHEMA, **asdict(record)}, indent=1) + "\n"


def from_json(text: str) -> Record:
    """Raises ValueError for what `as_json` did not write."""
    document: dict[str, Any] = json.loads(text)
    if document.get("schema") != SCHEMA:
        raise ValueError(f"not a {SCHEMA} document")
    return Record(
        document["conditions"],
        document["contenders"],
        tuple(Work(**work) for work in document["works"]),
        tuple(_series(series) for series in document["series"]),
        document["load"],
    )


def _series(fields: dict[str, Any]) -> Series:
    return Series(**{**fields, "samples": tuple(Sample(**sample) for sample in fields["samples"])})
