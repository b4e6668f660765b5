"""
What is measured: leakgate in its variants, and the commands of its peers.

Says how each is started; starts nothing.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path


class Cache(Enum):
    """What leakgate finds in its cache of compiled rules."""

    NONE = auto()  # not leakgate: caches are the tool's own affair
    WARM = auto()
    COLD = auto()


@dataclass(frozen=True, slots=True)
class Contender:
    """`command` is completed by the path to scan if `scans`; `staged` ones print leakgate's JSON result.

    Any other exit code than one of `codes` is a failed run, whose figures mean nothing.
    """

    name: str
    command: tuple[str, ...]
    codes: frozenset[int]
    cache: Cache = Cache.NONE
    scans: bool = True
    staged: bool = False

    def arguments(self, path: str) -> tuple[str, ...]:
        return (*self.command, path) if self.scans else self.command


WITHOUT_NLP = """\
version: 1
name: default-without-nlp
extends: default
detect: {nlp: {entities: []}}
"""
# Pass, blocked and incomplete: in all three everything in scope was scanned or is a gap.
_JUDGED = frozenset({0, 1, 3})
_START_UP = ("--version",)
_JSON = ("scan", "--format", "json")


def leakgate(policy: Path, *, cold: bool) -> tuple[Contender, ...]:
    """The variants; `policy` is a file with `WITHOUT_NLP`. The cold ones compile, whatever the size."""
    variants = (
        ("leakgate, secrets only", (*_JSON, "--category", "secret")),
        ("leakgate, default policy without NLP", (*_JSON, "--policy", str(policy))),
        ("leakgate, default policy", _JSON),
    )
    base = (sys.executable, "-P", "-m", "leakgate")  # -P: the corpus is no place to import from
    warm = tuple(
        Contender(name, (*base, *words), _JUDGED, Cache.WARM, staged=True) for name, words in variants
    )
    if not cold:
        return warm
    compiling = tuple(
        Contender(f"{name}, cold cache", (*base, *words), _JUDGED, Cache.COLD, staged=True)
        for name, words in variants
    )
    version = Contender("leakgate --version", (*base, *_START_UP), frozenset({0}), Cache.WARM, scans=False)
    return (version, *compiling, *warm)
