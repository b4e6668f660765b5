"""
What is measured: leakgate in its variants, as a contender for each way to start it.

Says how each is started and what its output shows of the witnesses; starts nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from pathlib import Path


class Cache(Enum):
    """What a contender finds in its cache of compiled rules."""

    WARM = auto()  # what an earlier run of the same contender left
    COLD = auto()  # an empty directory, in every round


# How many of the witnesses an output shows.
Reading = Callable[[bytes, Sequence[str]], int]


def plain(output: bytes, witnesses: Sequence[str]) -> int:
    """Of scanners that print what they find."""
    return sum(witness.encode() in output for witness in witnesses)


def typed(output: bytes, witnesses: Sequence[str]) -> int:
    """Of detect-secrets, by their kind: what it hashes is the prefix of a token alone."""
    return min(output.count(b'"type": "GitHub Token"'), len(witnesses))


def masked(output: bytes, witnesses: Sequence[str]) -> int:
    """Of leakgate, by their rule."""
    return min(output.count(b'"rule": "github-pat"'), len(witnesses))


@dataclass(frozen=True, slots=True)
class Contender:
    """`command` is completed by the path to scan if `scans`; `staged` ones print leakgate's JSON result.

    Any other exit code than one of `codes` is a failed run, whose figures mean nothing. `cached` is the
    variable that names the directory of its cache. `limit` in seconds is below that of the contest, for the
    slow ones. `works` are the workloads it takes part in; all but those of few where it is None, and `also`,
    but `never`.
    """

    key: str
    name: str
    command: tuple[str, ...]
    codes: frozenset[int]
    cached: str = "XDG_CACHE_HOME"
    cache: Cache = Cache.WARM
    scans: bool = True
    staged: bool = False
    reading: Reading = plain
    limit: float | None = None
    works: frozenset[str] | None = None
    also: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()

    def arguments(self, path: str) -> tuple[str, ...]:
        return (*self.command, path) if self.scans else self.command

    def takes_part(self, work: str) -> bool:
        usual = work in self.works if self.works is not None else work not in _OF_FEW
        return work not in self.never and (usual or work in self.also)


VERSION = "version"
START = "start"
SAMPLE = "sample"
# Compiling takes as long on every corpus, so that the big ones say no more of a cold start.
COLD_WORKS = frozenset({START, "clean-10", "clean-100"})
_OF_FEW = frozenset({VERSION, SAMPLE})

WITHOUT_NLP = """\
version: 1
name: default-without-nlp
extends: default
detect: {nlp: {entities: []}}
"""
# Pass, blocked and incomplete: in all three everything in scope was scanned or is a gap.
_JUDGED = frozenset({0, 1, 3})
_SCAN = ("scan", "--format", "json")
_BASE = (sys.executable, "-P", "-m", "leakgate")  # -P: the corpus is no place to import from


def leakgate(policy: Path) -> tuple[Contender, ...]:
    """The variants; `policy` is a file with `WITHOUT_NLP`."""
    secrets = ("--category", "secret")
    version = Contender(
        "leakgate-version",
        "leakgate --version",
        (*_BASE, "--version"),
        frozenset({0}),
        "LEAKGATE_CACHE_DIR",
        scans=False,
        works=frozenset({VERSION}),
    )
    return (
        version,
        _variant("leakgate-secrets", "leakgate, secrets only", *secrets),
        _variant("leakgate-secrets-cold", "leakgate, secrets only, cold", *secrets, cache=Cache.COLD),
        _variant("leakgate-plain", "leakgate, default policy without NLP", "--policy", str(policy)),
        replace(
            _variant("leakgate-default", "leakgate, default policy"),
            also=frozenset({SAMPLE}),
            never=frozenset({"one-1000"}),  # many minutes, that say no more than 1,000 MB in many files
        ),
        replace(
            _variant("leakgate-default-cold", "leakgate, default policy, cold", cache=Cache.COLD),
            works=frozenset({START}),
        ),
    )


def _variant(key: str, name: str, *words: str, cache: Cache = Cache.WARM) -> Contender:
    works = None if cache is Cache.WARM else COLD_WORKS
    return Contender(
        key,
        name,
        (*_BASE, *_SCAN, *words),
        _JUDGED,
        "LEAKGATE_CACHE_DIR",
        cache,
        staged=True,
        reading=masked,
        works=works,
    )
