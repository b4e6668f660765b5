"""
The engine on Hyperscan: block mode, no start of match, database cached between runs.

Source of the library's behaviour: the Hyperscan developer's reference, and measurements: a callback
costs about 0.6 µs, so hits are appended and coalesced, never looked at one by one.
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

from leakgate.detect.engine.cache import DatabaseCache
from leakgate.detect.engine.relax import Anchor, relax
from leakgate.detect.engine.windows import suspects
from leakgate.model.detection import Pattern, Suspect
from leakgate.model.errors import RuleError


class HyperscanEngine:
    """Compiled (or loaded) at construction; `scan` is one call into the library."""

    def __init__(self, patterns: Sequence[Pattern], cache: DatabaseCache) -> None:
        import hyperscan

        self._patterns = tuple(patterns)
        key = _key(self._patterns, _library_version())
        held = _load(hyperscan, cache.load(key), len(self._patterns))
        if held is None:
            anchors = tuple(relax(pattern) for pattern in self._patterns)
            database = _compile(hyperscan, self._patterns, anchors)
            reaches = tuple(anchor.reach for anchor in anchors)
            cache.store(key, _pack(reaches, hyperscan.dumpb(database)))
            held = database, reaches
        self._database, self._reaches = held

    def scan(self, data: bytes) -> Sequence[Suspect]:
        hits: dict[int, list[int]] = {}

        def on_hit(number: int, _start: int, end: int, _flags: int, _context: Any) -> None:
            ends = hits.get(number)
            if ends is None:
                hits[number] = [end]
            else:
                ends.append(end)

        self._database.scan(data, match_event_handler=on_hit)
        size = len(data)
        return tuple(
            suspect
            for number in sorted(hits)
            for suspect in suspects(self._patterns[number], hits[number], self._reaches[number], size)
        )


def _compile(library: Any, patterns: Sequence[Pattern], anchors: Sequence[Anchor]) -> Any:
    database = library.Database(mode=library.HS_MODE_BLOCK)
    flags = [library.HS_FLAG_CASELESS if anchor.caseless else 0 for anchor in anchors]
    expressions = [anchor.expression for anchor in anchors]
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


def _load(library: Any, blob: bytes | None, count: int) -> tuple[Any, tuple[int, ...]] | None:
    if blob is None or len(blob) < 4 * count:
        return None
    reaches = tuple(int.from_bytes(blob[4 * i : 4 * i + 4], "little") for i in range(count))
    try:
        database = library.loadb(blob[4 * count :], library.HS_MODE_BLOCK)
        database.scratch = library.Scratch(database)
    except library.HyperscanError:
        return None
    return database, reaches


def _pack(reaches: Sequence[int], blob: bytes) -> bytes:
    return b"".join(reach.to_bytes(4, "little") for reach in reaches) + blob


def _key(patterns: Sequence[Pattern], version: str) -> str:
    digest = hashlib.sha256(f"{version} {platform.machine()} {_cpu()}".encode())
    for pattern in patterns:
        shape = (pattern.ignore_case, pattern.dotall, pattern.multiline, pattern.max_width)
        digest.update(repr((pattern.expression, shape)).encode())
    return digest.hexdigest()[:40]


def _library_version() -> str:
    return metadata.version("hyperscan")


def _cpu() -> str:
    """The processor's feature flags: a database is tuned to them."""
    try:
        with Path("/proc/cpuinfo").open(encoding="ascii", errors="replace") as lines:
            return next((line for line in lines if line.startswith(("flags", "Features"))), "")
    except OSError:
        return platform.processor()
