"""Reads the family files that ship with leakgate; every rule id is unique."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from leakgate.detect.engine.cache import DatabaseCache
from leakgate.detect.rules.schema import RuleSpec, parse_rule
from leakgate.model.errors import RuleError


@cache
def shipped_rules(cache_directory: Path | None = None) -> tuple[RuleSpec, ...]:
    """All native rules, by family and in the order of their files.

    What YAML says is kept as JSON in `cache_directory`, under a digest of the files: reading YAML takes
    a third of a second, JSON a twentieth of that.
    """
    texts = _texts()
    cached = DatabaseCache(cache_directory)
    key = _key(texts)
    documents = _kept(cached.load(key))
    if documents is None:
        documents = {name: _document(raw.decode("utf-8"), name) for name, raw in texts.items()}
        cached.store(key, json.dumps(documents).encode())
    found = tuple(spec for name, document in documents.items() for spec in _rules(document, name))
    seen: set[str] = set()
    for spec in found:
        if spec.rule.id in seen:
            raise RuleError(f"rule id {spec.rule.id!r} is used twice", hint="rule ids are unique")
        seen.add(spec.rule.id)
    _held[key] = found
    return found


_held: dict[
    str, tuple[RuleSpec, ...]
] = {}  # by digest of the files: the same rules, whichever cache kept them


def held_rules() -> tuple[RuleSpec, ...]:
    """What `shipped_rules` read before, for who knows no cache directory; read now where that is nothing."""
    return next(iter(_held.values()), None) or shipped_rules()


def rules_of(text: str, name: str) -> Iterator[RuleSpec]:
    """The rules of one family file; `name` is used in errors."""
    return _rules(_document(text, name), name)


def _texts() -> dict[str, bytes]:
    folder = resources.files("leakgate.detect.rules")
    entries = sorted(folder.iterdir(), key=lambda item: item.name)
    return {entry.name: entry.read_bytes() for entry in entries if entry.name.endswith(".yaml")}


def _key(texts: dict[str, bytes]) -> str:
    digest = hashlib.sha256(b"rules/1")
    for name, raw in texts.items():
        digest.update(f"\0{name}\0{len(raw)}\0".encode() + raw)
    return f"rules-{digest.hexdigest()[:40]}"


def _kept(blob: bytes | None) -> dict[str, Any] | None:
    try:
        kept = json.loads(blob) if blob is not None else None
    except ValueError:
        return None
    return kept if isinstance(kept, dict) else None


def _document(text: str, name: str) -> Any:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(text, Loader=loader)  # noqa: S506 - a safe loader, in C where there is one
    except (yaml.YAMLError, ValueError, RecursionError) as exc:  # also for dates that are none, and depth
        raise RuleError(f"{name} is not YAML", hint=str(exc).replace("\n", " ")) from exc


def _rules(document: Any, name: str) -> Iterator[RuleSpec]:
    if not isinstance(document, dict) or set(document) != {"family", "rules"}:
        raise RuleError(f"{name}: a family file has the keys `family` and `rules`", hint="see docs/rules.md")
    records = document["rules"]
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise RuleError(f"{name}: `rules` is no list of rules", hint="see docs/rules.md")
    for record in records:
        yield parse_rule(record, document["family"], name)
