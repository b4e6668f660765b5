"""
What other scanners were told to ignore: `.gitleaksignore` and detect-secrets' `.secrets.baseline`.

Reads lists, knows no findings. Source of the formats: the documentation of both tools.
"""

from __future__ import annotations

import json
from dataclasses import field

from leakgate.model.errors import PolicyError
from leakgate.model.expressions import expression
from leakgate.model.records import dataclass

_SHA1 = expression(r"[0-9a-f]{40}")
_LINE = expression(r"[0-9]{1,9}")
_COMMIT = expression(r"[0-9a-f]{7,64}")


@dataclass(frozen=True, slots=True)
class Ignored:
    """`places` are file and 1-based line; `hashes` are SHA-1 of whole values, in hexadecimal."""

    places: frozenset[tuple[str, int]] = frozenset()
    hashes: frozenset[str] = field(default=frozenset(), repr=False)

    def __len__(self) -> int:
        return len(self.places) + len(self.hashes)


def read_gitleaksignore(text: str, source: str) -> Ignored:
    """Lines of `commit:file:rule:line` or `file:rule:line`. Raises PolicyError."""
    places = set()
    for number, line in enumerate(text.splitlines(), 1):
        entry = line.split("#", 1)[0].strip() if line.lstrip().startswith("#") else line.strip()
        if not entry:
            continue
        parts = entry.rsplit(":", 2)
        if len(parts) != 3 or not _LINE.fullmatch(parts[2]):
            raise PolicyError(
                f"{source}:{number}: not a fingerprint of gitleaks",
                hint="a line is commit:file:rule:line, or file:rule:line",
            )
        commit, colon, path = parts[0].partition(":")
        places.add((path if colon and _COMMIT.fullmatch(commit) else parts[0], int(parts[2])))
    return Ignored(places=frozenset(places))


def read_detect_secrets(text: str, source: str) -> Ignored:
    """The `results` of a baseline. Raises PolicyError."""
    try:
        document = json.loads(text)
        results = document["results"]
        hashes = {entry["hashed_secret"] for entries in results.values() for entry in entries}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as exc:
        raise PolicyError(
            f"{source}: not a baseline of detect-secrets",
            hint="name the file that `detect-secrets scan` wrote",
        ) from exc
    if not all(isinstance(one, str) and _SHA1.fullmatch(one) for one in hashes):
        raise PolicyError(
            f"{source}: hashed_secret is no SHA-1", hint="name the file as detect-secrets wrote it"
        )
    return Ignored(hashes=frozenset(hashes))
