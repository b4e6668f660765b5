"""Reads the family files that ship with leakgate; every rule id is unique."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any

from leakgate.detect.rules.schema import RuleSpec, parse_rule
from leakgate.model.errors import RuleError


@cache
def shipped_rules() -> tuple[RuleSpec, ...]:
    """All native rules, by family and in the order of their files."""
    found = tuple(_all())
    seen: set[str] = set()
    for spec in found:
        if spec.rule.id in seen:
            raise RuleError(f"rule id {spec.rule.id!r} is used twice", hint="rule ids are unique")
        seen.add(spec.rule.id)
    return found


def _all() -> Iterator[RuleSpec]:
    folder = resources.files("leakgate.detect.rules")
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".yaml"):
            yield from rules_of(entry.read_text(encoding="utf-8"), entry.name)


def rules_of(text: str, name: str) -> Iterator[RuleSpec]:
    """The rules of one family file; `name` is used in errors."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        document: Any = yaml.load(text, Loader=loader)  # noqa: S506 - a safe loader, in C where there is one
    except yaml.YAMLError as exc:
        raise RuleError(f"{name} is not YAML", hint=str(exc).replace("\n", " ")) from exc
    if not isinstance(document, dict) or set(document) != {"family", "rules"}:
        raise RuleError(f"{name}: a family file has the keys `family` and `rules`", hint="see docs/rules.md")
    for record in document["rules"]:
        yield parse_rule(record, document["family"], name)
