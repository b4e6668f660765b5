"""
The engine on Hyperscan: block mode, no start of match, database cached between runs.

Source of the library's behaviour: the Hyperscan developer's reference, and measurements: a callback
costs about 0.6 µs, so hits are appended and coalesced, never looked at one by one.
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from leakgate.detect.engine.cache import Databases
from leakgate.detect.engine.compilation import compiled
from leakgate.detect.engine.relax import Anchor, relax
from leakgate.detect.engine.windows import suspects
from leakgate.model.detection import Pattern, Suspect
from leakgate.model.errors import RuleError

_X86_TIERS = (
    ("avx512vbmi", frozenset({"avx2", "avx512f", "avx512bw", "avx512vbmi"})),
    ("avx512", frozenset({"avx2", "avx512f", "avx512bw"})),
    ("avx2", frozenset({"avx2"})),
)


class HyperscanEngine:
    """Compiled (or loaded) at construction; `scan` is one call into the library for each database.

    `groups` share a database each, and a file in the cache: what one policy leaves out is not compiled
    again for the others, and small databases compile in less time than one big one.
    """

    def __init__(self, groups: Sequence[Sequence[Pattern]], cache: Databases) -> None:
        import hyperscan

        shards = _shards(groups)
        version, tiers = _library_version(), _tiers()
        keys = [
            _keys(patterns, [f"{version} {tier} {platform.machine()}" for tier in tiers])
            for patterns in shards
        ]
        held = [
            _load(hyperscan, _cached(cache, names), patterns)
            for names, patterns in zip(keys, shards, strict=True)
        ]
        missing = [at for at, shard in enumerate(held) if shard is None]
        for at, blob in zip(missing, compiled([partial(_made, shards[at]) for at in missing]), strict=True):
            cache.store(keys[at][0], blob)
            held[at] = _load(hyperscan, blob, shards[at])
        self._shards = tuple(shard for shard in held if shard is not None)
        if len(self._shards) < len(shards):
            raise RuleError("the engine cannot load what it compiled", hint="is there enough memory?")
        numbers = count()
        self._places = {pattern.id: next(numbers) for group in groups for pattern in group}

    def scan(self, data: bytes) -> Sequence[Suspect]:
        size = len(data)
        groups: list[tuple[int, Pattern, list[int], int]] = []
        for shard in self._shards:
            hits: dict[int, list[int]] = {}
            shard.database.scan(data, match_event_handler=partial(_on_hit, hits))
            for number, ends in hits.items():
                pattern = shard.patterns[number]
                groups.append((self._places[pattern.id], pattern, ends, shard.reaches[number]))
        groups.sort(key=_place)
        found: list[Suspect] = []
        for _, pattern, ends, reach in groups:
            found += suspects(pattern, ends, reach, size)
        return found


@dataclass(frozen=True, slots=True)
class _Shard:
    """One database; `reaches` belong to `patterns` in their order."""

    patterns: tuple[Pattern, ...]
    reaches: tuple[int, ...]
    database: Any


_SMALL = 4000  # bytes of expressions; groups below that share a database: each one is another pass


def _shards(groups: Sequence[Sequence[Pattern]]) -> list[tuple[Pattern, ...]]:
    """The patterns of each database, the longest first."""
    sizes = [sum(len(pattern.expression) for pattern in group) for group in groups]
    big = [(size, tuple(group)) for size, group in zip(sizes, groups, strict=True) if size >= _SMALL]
    rest = tuple(p for size, group in zip(sizes, groups, strict=True) if size < _SMALL for p in group)
    ordered = [group for _, group in sorted(big, key=lambda each: -each[0])]
    return [*ordered, rest] if rest else ordered


def _place(group: tuple[int, Pattern, list[int], int]) -> int:
    return group[0]


def _on_hit(hits: dict[int, list[int]], number: int, _start: int, end: int, *_: Any) -> None:
    ends = hits.get(number)
    if ends is None:
        hits[number] = [end]
    else:
        ends.append(end)


def _made(patterns: Sequence[Pattern]) -> bytes:
    """The compiled database of `patterns`, as it is kept."""
    import hyperscan

    anchors = tuple(relax(pattern) for pattern in patterns)
    database = _compile(hyperscan, patterns, anchors)
    return _pack([anchor.reach for anchor in anchors], hyperscan.dumpb(database))


# What `$` says; the library looks for this from the end of a text, and for `$` everywhere in it.
_AT_THE_END = rb"(?:\n?\z)"


def _compile(library: Any, patterns: Sequence[Pattern], anchors: Sequence[Anchor]) -> Any:
    database = library.Database(mode=library.HS_MODE_BLOCK)
    flags = [library.HS_FLAG_CASELESS if anchor.caseless else 0 for anchor in anchors]
    expressions = [anchor.expression.replace(b"$", _AT_THE_END) for anchor in anchors]
    try:
        database.compile(
            expressions=expressions, ids=list(range(len(expressions))), elements=len(expressions), flags=flags
        )
    except library.HyperscanError as exc:
        broken = _first_broken(library, patterns, anchors, flags)
        raise RuleError(
            f"pattern {broken!r} cannot be compiled by the engine",
            hint="simplify it; `leakgate rules check` shows which part is refused",
        ) from exc
    return database


def _first_broken(
    library: Any, patterns: Sequence[Pattern], anchors: Sequence[Anchor], flags: list[int]
) -> str:
    for pattern, anchor, flag in zip(patterns, anchors, flags, strict=True):
        try:
            library.Database(mode=library.HS_MODE_BLOCK).compile(
                expressions=[anchor.expression], ids=[0], elements=1, flags=[flag]
            )
        except library.HyperscanError:
            return pattern.id
    return "(all together)"


def _load(library: Any, blob: bytes | None, patterns: tuple[Pattern, ...]) -> _Shard | None:
    length = len(patterns)
    if blob is None or len(blob) < 4 * length:
        return None
    reaches = tuple(int.from_bytes(blob[4 * i : 4 * i + 4], "little") for i in range(length))
    try:
        database = library.loadb(blob[4 * length :], library.HS_MODE_BLOCK)
        database.scratch = library.Scratch(database)
    except library.HyperscanError:
        return None
    return _Shard(patterns, reaches, database)


def _pack(reaches: Sequence[int], blob: bytes) -> bytes:
    return b"".join(reach.to_bytes(4, "little") for reach in reaches) + blob


def _keys(patterns: Sequence[Pattern], versions: Sequence[str]) -> list[str]:
    """What a database of `patterns` is kept under, for each of `versions` of library and processor."""
    shapes = [(p.expression, p.ignore_case, p.dotall, p.multiline, p.max_width) for p in patterns]
    digest = hashlib.sha256(repr(shapes).encode())
    keys = []
    for version in versions:
        each = digest.copy()
        each.update(version.encode())
        keys.append(each.hexdigest()[:40])
    return keys


def _library_version() -> str:
    """What the package says itself: asking its metadata would cost a start 30 ms."""
    import hyperscan

    return str(getattr(hyperscan, "__version__", ""))


def _cached(cache: Databases, keys: Sequence[str]) -> bytes | None:
    return next(filter(None, map(cache.load, keys)), None)


def _tiers() -> tuple[str, ...]:
    """What a database may have been compiled for to run here, the best first.

    The library looks at nothing but these features (hs_platform_info, `cpu_features`), and runs what was
    compiled for fewer of them: an image that was built on a small processor is warm on a big one.
    """
    line = _features()
    if not line.startswith("flags"):
        return (line,)
    flags = frozenset(line.split())
    runs = [name for name, needed in _X86_TIERS if needed <= flags]
    return (*runs, "x86")


def _features() -> str:
    try:
        with Path("/proc/cpuinfo").open(encoding="ascii", errors="replace") as lines:
            return next((line for line in lines if line.startswith(("flags", "Features"))), "")
    except OSError:
        return platform.processor()
