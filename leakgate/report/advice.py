"""
What a leaked value is, what to do now, and how to keep such values out at the source: texts from `guidance/`.

Never judges, and never quotes the value. The texts are ours; what tells a framework comes from scanned names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any

from leakgate.model.data_class import data_class_of
from leakgate.model.detection import Rule
from leakgate.model.finding import Finding, Sighting
from leakgate.model.records import dataclass
from leakgate.report.phrases import artifact_path


@dataclass(frozen=True, slots=True)
class Advice:
    """What such values are, and the steps after a leak, the most urgent first."""

    what: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Framework:
    """How to mask at one source; `code` is short and complete, `more` may be empty."""

    id: str
    title: str
    about: str
    language: str
    code: str
    more: str
    told_by: Mapping[str, Any]


def advice_for(rule: Rule) -> Advice:
    """The first text that fits; the revocation that the rule itself names is not part of it."""
    facts = {
        "entity": rule.entity,
        "family": rule.family,
        "data_class": data_class_of(rule).data_class.value,
        "category": rule.category.value,
    }
    for when, advice in _values():
        if all(facts[key] in words for key, words in when.items()):
            return advice
    raise LookupError("every category has a text")


@cache
def frameworks() -> tuple[Framework, ...]:
    """All that there are, the CI services last."""
    return tuple(
        Framework(
            one["id"],
            one["title"],
            one["about"],
            one["language"],
            one["code"].rstrip(),
            one.get("more", ""),
            one["told_by"],
        )
        for one in _read("frameworks.yaml")
    )


def frameworks_of(finding: Finding, carriers: frozenset[str]) -> tuple[Framework, ...]:
    """Those that the places of the finding tell of; `carriers` are the words of policies for them."""
    return tuple(one for one in frameworks() if _is_told(one, finding, carriers))


def _is_told(framework: Framework, finding: Finding, carriers: frozenset[str]) -> bool:
    told = framework.told_by
    if told.get("always") or not carriers.isdisjoint(told.get("carrier", ())):
        return True
    signs = [(key, told[key]) for key in ("path", "test", "source") if key in told]
    return any(
        re.search(form, text)
        for seen in finding.sightings
        for key, form in signs
        for text in _texts(key, seen)
    )


def _texts(key: str, seen: Sighting) -> Iterator[str]:
    if key == "path":
        yield artifact_path(seen.location.path, seen.location.members).lower()[-2000:]
    if key == "test" and seen.test is not None:
        yield seen.test.id.lower()[:2000]
    if key == "source":
        files = (seen.test.file if seen.test else None, seen.emitter.file if seen.emitter else None)
        yield from (file.lower()[-2000:] for file in files if file)


@cache
def _values() -> tuple[tuple[Mapping[str, list[str]], Advice], ...]:
    return tuple((one["when"], Advice(one["what"], tuple(one["steps"]))) for one in _read("values.yaml"))


def _read(name: str) -> list[dict[str, Any]]:
    import yaml

    text = (resources.files("leakgate.report") / "guidance" / name).read_text(encoding="utf-8")
    entries: list[dict[str, Any]] = yaml.safe_load(text)
    return entries
