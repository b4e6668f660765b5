"""Reads the family files that ship with leakgate; every rule id is unique."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from leakgate.detect.rules.schema import PROOF_KEYS, RuleSpec, checked_rule, parse_rule
from leakgate.model.errors import RuleError
from leakgate.model.prepared import prepared

_FOLDER = Path(__file__).parent
TABLE = _FOLDER / "table.json"  # all families; `make tables` writes it


@cache
def shipped_rules() -> tuple[RuleSpec, ...]:
    """All native rules without their proofs, by family and in the order of their files."""
    rows = prepared(TABLE, list(texts().values()))
    if rows is None:
        return tuple(replace(spec, proof=None) for spec in proven_rules())
    return tuple(checked_rule(record, family) for family, record in rows)


def proven_rules() -> tuple[RuleSpec, ...]:
    """The same with their proofs, each record checked."""
    found = tuple(spec for name, raw in texts().items() for spec in rules_of(raw.decode("utf-8"), name))
    seen: set[str] = set()
    for spec in found:
        if spec.rule.id in seen:
            raise RuleError(f"rule id {spec.rule.id!r} is used twice", hint="rule ids are unique")
        seen.add(spec.rule.id)
    return found


def rows() -> list[tuple[str, dict[str, Any]]]:
    """What the table has to say: each family and record, without the proof."""
    documents = (_document(raw.decode("utf-8"), name) for name, raw in texts().items())
    return [
        (document["family"], {key: value for key, value in record.items() if key not in PROOF_KEYS})
        for document in documents
        for record in document["rules"]
    ]


def texts() -> dict[str, bytes]:
    """The family files, by name."""
    return {path.name: path.read_bytes() for path in sorted(_FOLDER.glob("*.yaml"))}


def rules_of(text: str, name: str) -> Iterator[RuleSpec]:
    """The rules of one family file; `name` is used in errors."""
    return _rules(_document(text, name), name)


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
