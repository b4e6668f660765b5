"""Everything that is fuzzed."""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import cache

from tests.fuzz.own_files import own_file_targets
from tests.fuzz.planted import planted_targets
from tests.fuzz.readers import reader_targets
from tests.fuzz.shown import shown_targets
from tests.fuzz.target import Target


@cache
def targets() -> tuple[Target, ...]:
    return (*reader_targets(), *own_file_targets(), *shown_targets(), *planted_targets())


def chosen(pattern: str) -> tuple[Target, ...]:
    """Those whose names fit a shell pattern."""
    return tuple(target for target in targets() if fnmatchcase(target.name, pattern))
