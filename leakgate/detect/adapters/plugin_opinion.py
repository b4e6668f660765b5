"""
A plugin's own opinion of a hit. Imports detect-secrets when the first hit asks for it (0.15 s).

Never calls `verify`, which would ask the network.
"""

from __future__ import annotations

import importlib
from functools import cache
from typing import Any

from leakgate.detect.adapters.plugin_hits import Hit, Source
from leakgate.detect.adapters.tables import LibraryRecognizer
from leakgate.detect.plausibility.entropy import shannon

# The plugins' default limits, in bits; theirs is never above the plain entropy of a string.
_LEAST_ENTROPY = {"Base64HighEntropyString": 4.5, "HexHighEntropyString": 3.0}
# A string of so many different characters has no more bits, in whatever order: 2 to the power of the limit.
_TOO_FEW = {owner: int(2**bits) for owner, bits in _LEAST_ENTROPY.items()}


def is_monotonous(source: Source, text: str) -> bool:
    """Whether `text` has too few different characters for the plugin; told without counting them."""
    return len(set(text)) <= _TOO_FEW.get(source.owner, 0)


def opinion(library: LibraryRecognizer, source: Source, hit: Hit) -> bool:
    """Whether the plugin finds something where its expression hit."""
    if shannon(hit.text.encode()) <= _LEAST_ENTROPY.get(source.owner, -1.0):
        return False  # the plugin agrees, five times as slowly
    plugin = _loaded(library.module, library.class_name)
    if source.owner == "KeywordDetector":
        return hit.text in set(plugin.analyze_string(hit.piece, _keyword_expressions(source)))
    found = set(plugin.analyze_string(hit.piece))
    limit = getattr(plugin, "entropy_limit", None)
    if limit is None:
        return bool(found)
    return hit.text in found and bool(plugin.calculate_shannon_entropy(hit.text) > limit)


def _keyword_expressions(source: Source) -> Any:
    keyword = importlib.import_module("detect_secrets.plugins.keyword")
    if source.wants_configuration:
        return keyword.CONFIG_DENYLIST_REGEX_TO_GROUP
    return keyword.QUOTES_REQUIRED_DENYLIST_REGEX_TO_GROUP


@cache
def _loaded(module: str, class_name: str) -> Any:
    return getattr(importlib.import_module(module), class_name)()
