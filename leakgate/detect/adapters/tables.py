"""
Reads the checked-in tables of library patterns: what to look for, without importing a library.

`tabulation` makes the tables; a test keeps them equal to the installed libraries.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from leakgate.model.records import dataclass


@dataclass(frozen=True, slots=True)
class LibraryPattern:
    """One expression of a library, over bytes; `score` is Presidio's own, 1.0 where it has none."""

    name: str
    expression: bytes
    ignore_case: bool
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class LibraryRecognizer:
    """A recognizer class of a library: where it is, what it looks for, and Presidio's context words.

    `entity` is Presidio's entity, or the secret type of a detect-secrets plugin. `country` is the
    name of Presidio's folder, empty for what every country shares. Without `validates` the library
    has nothing to say beyond its expressions.
    """

    module: str
    class_name: str
    entity: str
    patterns: tuple[LibraryPattern, ...]
    country: str = ""
    context: tuple[str, ...] = ()
    validates: bool = True


@cache
def presidio_table() -> tuple[LibraryRecognizer, ...]:
    """Every pattern recognizer of presidio-analyzer."""
    return tuple(_presidio(row) for row in _rows("presidio_patterns.json"))


@cache
def detect_secrets_table() -> tuple[LibraryRecognizer, ...]:
    """Every plugin of detect-secrets."""
    return tuple(_plugin(row) for row in _rows("detect_secrets_patterns.json"))


def _rows(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(Path(__file__).with_name(name).read_bytes())
    return rows


def _presidio(row: dict[str, Any]) -> LibraryRecognizer:
    patterns = tuple(
        LibraryPattern(each["name"], each["expression"].encode("ascii"), row["ignore_case"], each["score"])
        for each in row["patterns"]
    )
    return LibraryRecognizer(
        row["module"],
        row["class"],
        row["entity"],
        patterns,
        row["country"],
        tuple(row["context"]),
        row["validates"],
    )


def _plugin(row: dict[str, Any]) -> LibraryRecognizer:
    patterns = tuple(
        LibraryPattern(str(number), each["expression"].encode("ascii"), each["ignore_case"])
        for number, each in enumerate(row["patterns"], 1)
    )
    return LibraryRecognizer(row["module"], row["class"], row["secret_type"], patterns)
