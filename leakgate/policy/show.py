"""
A resolved policy as a policy file, with the origin of every line as a comment.

Never reads files. What it writes loads again, to a policy of the same digest.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from leakgate.model.expressions import expression
from leakgate.policy.budgets import Budget
from leakgate.policy.clauses import Clause, Origin
from leakgate.policy.locales import abridged
from leakgate.policy.nodes import quoted
from leakgate.policy.policy import Policy, Stage, clause_as_written, coverage_as_written, detect_as_written

_PLAIN = expression(r"(?!(?:true|false|null)$)[A-Za-z][A-Za-z0-9_/.-]*", re.IGNORECASE)
_DEFAULT = "default of leakgate"


def describe(policy: Policy) -> str:
    """YAML for people: detect, clauses in the order in which they are asked, coverage, limits."""
    return "\n".join(_lines(policy)) + "\n"


def _lines(policy: Policy) -> Iterator[str]:
    identity = policy.identity
    yield f"# resolved from {quoted(identity.source)}, {identity.digest}"
    yield "version: 1"
    yield f"name: {_flow(identity.name)}"
    if policy.description:
        yield f"description: {_flow(policy.description)}"
    origins = dict(policy.origins)
    yield from _detect(policy, origins)
    yield "clauses:"
    for clause in policy.clauses:
        yield from _clause(clause)
    yield "  # what no clause matches is blocked (implicit/block)"
    yield from _budgets(policy.budgets, 0)
    yield from _stages(policy.stages)
    if policy.default_stage is not None:
        yield f"default_stage: {_flow(policy.default_stage)}"
    yield from _section("coverage", coverage_as_written(policy.coverage), origins)
    yield from _section("acceptance", policy.acceptance.as_written(), origins)
    yield from _section(
        "limits", asdict(policy.limits) | {"max_seconds": int(policy.limits.max_seconds)}, origins
    )


def _detect(policy: Policy, origins: Mapping[str, Origin]) -> Iterator[str]:
    written = detect_as_written(policy.detect)
    written["locales"] = abridged(policy.detect.locales)
    yield "detect:"
    for key, value in written.items():
        if key in ("rules", "entities", "nlp"):
            yield f"  {key}:"
            yield from (_setting(f"detect.{key}", inner, one, origins, 4) for inner, one in value.items())
        else:
            yield _setting("detect", key, value, origins, 2)


def _section(name: str, values: Mapping[str, Any], origins: Mapping[str, Origin]) -> Iterator[str]:
    yield f"{name}:"
    yield from (_setting(name, key, value, origins, 2) for key, value in values.items())


def _setting(section: str, key: str, value: Any, origins: Mapping[str, Origin], indent: int) -> str:
    return f"{' ' * indent}{key}: {_flow(value)}  # {_origin(origins.get(f'{section}.{key}'))}"


def _clause(clause: Clause, indent: int = 2) -> Iterator[str]:
    yield from _entry(clause.origin, clause_as_written(clause), clause.note, indent)


def _entry(origin: Origin, written: dict[str, Any], note: str, indent: int) -> Iterator[str]:
    yield f"{' ' * indent}# {_origin(origin)}"
    yield f"{' ' * indent}- {_flow(written | ({'note': note} if note else {}))}"


def _budgets(budgets: Sequence[Budget], indent: int) -> Iterator[str]:
    if budgets:
        yield f"{' ' * indent}budgets:"
    for budget in budgets:
        yield from _entry(budget.origin, budget.as_written(), budget.note, indent + 2)


def _stages(stages: Sequence[Stage]) -> Iterator[str]:
    if stages:
        yield "stages:"
    for stage in stages:
        if stage == Stage(stage.name):
            yield f"  {_flow(stage.name)}: {{}}"
            continue
        yield f"  {_flow(stage.name)}:"
        if stage.description:
            yield f"    description: {_flow(stage.description)}"
        if stage.clauses:
            yield "    clauses:"
        for clause in stage.clauses:
            yield from _clause(clause, indent=6)
        if stage.coverage:
            yield "    coverage:"
            origins = {f"coverage.{one.reason}": one.origin for one in stage.coverage if one.origin}
            for reason, action in coverage_as_written(stage.coverage).items():
                yield _setting("coverage", reason, action, origins, 6)
        yield from _budgets(stage.budgets, 4)


def _origin(origin: Origin | None) -> str:
    return _DEFAULT if origin is None else f"{quoted(origin.source)[1:-1]}, line {origin.line}"


def _flow(value: Any) -> str:
    """A value on one line, in the part of YAML that is JSON but for words, which need no quotes."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_flow(key)}: {_flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(one) for one in value) + "]"
    if isinstance(value, str) and _PLAIN.fullmatch(value):
        return str(value)
    return json.dumps(value, ensure_ascii=False)
