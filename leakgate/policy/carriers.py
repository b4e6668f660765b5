"""
What carries a value, as clauses name it: kinds of files, and the encodings around the value.

Knows a kind by the names of file and archive members alone, never by content: whoever wrote the artifact
chose them. Encodings are those that were undone on the way to the value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from leakgate.model.finding import Location

# A kind, and what the name of a file or member of that kind looks like (in lower case, without its folders
# unless the expression begins with them).
_KINDS: dict[str, str] = {
    "log": r".*\.(?:log|out|err|stdout|stderr)(?:\.\d+)?|(?:stdout|stderr|console|output)(?:\.txt)?",
    "text": r".*\.(?:txt|md|rst)",
    "junit": r"(?:test-.*|.*junit.*|.*[-_.]?test-?results?.*|results?|report)\.xml",
    "har": r".*\.har",
    "playwright": r"(?:trace|.*[-_]trace)\.zip|.*\.trace|.*\.network|.*\.stacks",
    "cassette": r"(?:.*/)?(?:\w*cassettes|__recordings__|nock)/.*|.*\.(?:cassette|betamax)(?:\..*)?",
    "json": r".*\.(?:json|jsonl|ndjson|har|jsonc)",
    "xml": r".*\.xml",
    "yaml": r".*\.ya?ml",
    "html": r".*\.x?html?",
    "csv": r".*\.(?:csv|tsv)",
    "sql": r".*\.(?:sql|dump)",
    "sqlite": r".*\.(?:sqlite3?|db3?)(?:-wal|-shm|-journal)?",
    "mail": r".*\.(?:eml|mbox|msg)",
    "picture": r".*\.(?:png|jpe?g|gif|webp|bmp|tiff?)",
    "pdf": r".*\.pdf",
    "capture": r".*\.p?cap(?:ng)?",
    "dump": r"core(?:\.\d+)?|.*\.(?:dmp|hprof|core|mdmp|heapsnapshot)",
    "parquet": r".*\.parquet",
    "env": r"\.env(?:\..*)?|.*\.env",
}
_ENCODINGS: dict[str, str] = {
    "base64": "base64",
    "base32": "base32",
    "hex": "hex",
    "url": "url|form",
    "gzip": "gzip|zlib|deflate",
    "escaped": "json|escape|python|shell|unicode|c",
    "markup": "html|xml|markup",
    "quoted-printable": "quoted-printable",
}
ARCHIVE = "archive"  # inside of a container of any kind
ENCODED = "encoded"  # any encoding at all
CARRIERS: tuple[str, ...] = (*_KINDS, ARCHIVE, *_ENCODINGS, ENCODED)


def carriers_of(location: Location) -> frozenset[str]:
    """Every word that holds for the place; several usually do."""
    names = _kinds(location.path, location.members)
    return names | frozenset(_encodings(location.decoded)) if location.decoded else names


@lru_cache(maxsize=4096)
def _kinds(path: str, members: tuple[str, ...]) -> frozenset[str]:
    """Of the file and of every archive around it: a log in a trace is carried by both."""
    found = {kind for name in (path, *members) for kind in _kinds_of_name(name)}
    return frozenset(found | {ARCHIVE} if members else found)


def _kinds_of_name(name: str) -> Iterator[str]:
    whole = name.replace("\\", "/").lower()[-1000:]
    last = whole.rpartition("/")[2]
    for kind, form in _KINDS.items():
        if re.fullmatch(form, whole if "/" in form else last):
            yield kind


def _encodings(steps: tuple[str, ...]) -> Iterator[str]:
    yield ENCODED
    for word, form in _ENCODINGS.items():
        if any(re.match(rf"(?:{form})(?![a-z0-9])|{word}", step) for step in steps):
            yield word
