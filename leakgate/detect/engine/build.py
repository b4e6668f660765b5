"""Chooses the engine: Hyperscan where it imports, the portable one elsewhere."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from pathlib import Path

from leakgate.detect.engine.cache import DatabaseCache, Databases
from leakgate.model.detection import Engine, Pattern


def build_engine(
    patterns: Sequence[Pattern], cache_directory: Path | None, cache_key: bytes | None = None
) -> Engine:
    """The fastest engine this machine has, for `patterns` in this order."""
    return build_engine_for_groups((patterns,), DatabaseCache(cache_directory, key=cache_key))


def build_engine_for_groups(
    groups: Sequence[Sequence[Pattern]], databases: Databases | None = None
) -> Engine:
    """The same for patterns in groups, of which each is compiled and kept for itself."""
    if importlib.util.find_spec("hyperscan") is None:
        from leakgate.detect.engine.portable import PortableEngine

        return PortableEngine([pattern for group in groups for pattern in group])
    from leakgate.detect.engine.hyperscan_engine import HyperscanEngine

    return HyperscanEngine(groups, DatabaseCache(None) if databases is None else databases)
