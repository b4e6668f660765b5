"""
One policy file as a layer: its clauses and settings, typed, each with its origin.

Never follows `extends` and never fills in defaults (`load` does).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from leakgate.model.errors import PolicyError
from leakgate.model.gap import GapReason
from leakgate.model.records import dataclass
from leakgate.policy.budgets import Budget
from leakgate.policy.clauses import Clause, Counts, CoverageClause, Origin, When
from leakgate.policy.document import POLICY, UNREADABLE_TOO, VERSION
from leakgate.policy.nodes import Fields, Node, Scalar, parse
from leakgate.policy.policy import Stage
from leakgate.policy.shapes import At

# Mappings of the file whose own keys are overridden one by one; below them a value is taken whole.
_SECTIONS = {"detect": ("rules", "entities", "nlp"), "coverage": (), "limits": (), "acceptance": ()}


@dataclass(frozen=True, slots=True)
class Setting:
    value: Any
    origin: Origin


@dataclass(frozen=True, slots=True)
class Layer:
    """What one file says; `settings` by dotted key, such as `limits.max_depth`."""

    source: str
    name: str | None
    description: str | None
    extends: str | None
    extends_line: int
    clauses: tuple[Clause, ...]
    settings: Mapping[str, Setting]
    budgets: tuple[Budget, ...] = ()
    stages: tuple[Stage, ...] = ()
    default_stage: str | None = None


def read_layer(text: str, source: str) -> Layer:
    """The layer in `text`, which `source` names in messages. Raises PolicyError."""
    return layer_of(parse(text, source), source)


def layer_of(root: Node | None, source: str) -> Layer:
    """The layer of a file whose tree is `root`. Raises PolicyError."""
    at = At(source)
    if root is None or (isinstance(root, Scalar) and root.value is None):
        raise PolicyError(f"{source}: empty", hint="a policy has at least `version: 1` and `clauses:`")
    _check_version(root, at)
    read = POLICY.read(root, at)
    nodes = dict(POLICY.fields(root, at))
    if "clauses" not in read and "extends" not in read:
        raise at.error(root, "no clauses", "write `clauses:`, or `extends: default`")
    return Layer(
        source=source,
        name=read.get("name"),
        description=read.get("description"),
        extends=read.get("extends"),
        extends_line=nodes["extends"].line if "extends" in nodes else root.line,
        clauses=_clauses(read.get("clauses", ()), at.under("clauses")),
        settings=_for_all_unreadable(dict(_settings(read, nodes, source))),
        budgets=_budgets(read.get("budgets", ()), at.under("budgets")),
        stages=tuple(
            _stage(name, node, fields, at.under("stages").item(index))
            for index, (name, (node, fields)) in enumerate(read.get("stages", ()), 1)
        ),
        default_stage=read.get("default_stage"),
    )


def _check_version(root: Node, at: At) -> None:
    """First of all: a newer format may well have keys that are unknown here."""
    if not isinstance(root, Fields):
        return
    for key, node in root.pairs:
        newer = isinstance(node, Scalar) and isinstance(node.value, int) and node.value > VERSION
        if key.text == "version" and newer:
            raise at.under("version").error(
                node, "a policy of a newer version", f"upgrade leakgate; this one reads version {VERSION}"
            )


def _clauses(items: tuple[tuple[Node, dict[str, Any]], ...], at: At) -> tuple[Clause, ...]:
    clauses: list[Clause] = []
    for index, (node, fields) in enumerate(items, 1):
        clause = _clause(fields, Origin(at.file, node.line))
        _check_reachable(clause, clauses, node, at.item(index))
        clauses.append(clause)
    return tuple(clauses)


def _clause(fields: dict[str, Any], origin: Origin) -> Clause:
    return Clause(fields["id"], when_of(fields["when"]), fields["then"], fields.get("note", ""), origin)


def _budgets(items: tuple[tuple[Node, dict[str, Any]], ...], at: At) -> tuple[Budget, ...]:
    seen: dict[str, int] = {}
    for index, (node, fields) in enumerate(items, 1):
        if fields["id"] in seen:
            earlier = f"line {seen[fields['id']]} has it already: rename one"
            raise at.item(index).error(node, "an id that another budget has", earlier)
        seen[fields["id"]] = node.line
    return tuple(_budget(fields, Origin(at.file, node.line)) for node, fields in items)


def _budget(fields: dict[str, Any], origin: Origin) -> Budget:
    return Budget(
        id=fields["id"],
        when=when_of(fields["when"]),
        at_most=fields["at_most"],
        distinct=fields.get("distinct", True),
        action=fields["then"],
        allowed=fields.get("allowed", False),
        note=fields.get("note", ""),
        origin=origin,
    )


def _stage(name: str, node: Node, fields: dict[str, Any], at: At) -> Stage:
    lines = {key.text: key.line for key, _ in _coverage_pairs(node)}
    return Stage(
        name=name,
        clauses=_clauses(fields.get("clauses", ()), at.under("clauses")),
        coverage=tuple(
            CoverageClause(GapReason(reason), action, Origin(at.file, lines.get(reason, node.line)))
            for reason, action in _spoken_of(fields.get("coverage", {})).items()
        ),
        budgets=_budgets(fields.get("budgets", ()), at.under("budgets")),
        description=fields.get("description", ""),
    )


def _for_all_unreadable(settings: dict[str, Setting]) -> dict[str, Setting]:
    """A file that only says `unreadable` means whatever could not be read."""
    whole = settings.get(f"coverage.{GapReason.UNREADABLE}")
    if whole is None:
        return settings
    return {f"coverage.{reason}": whole for reason in UNREADABLE_TOO} | settings


def _spoken_of(coverage: dict[str, Any]) -> dict[str, Any]:
    """The same for the section of a stage."""
    if GapReason.UNREADABLE not in coverage:
        return coverage
    return dict.fromkeys(map(str, UNREADABLE_TOO), coverage[GapReason.UNREADABLE]) | coverage


def _coverage_pairs(node: Node) -> tuple[tuple[Scalar, Node], ...]:
    found = next((value for key, value in _pairs(node) if key.text == "coverage"), None)
    return () if found is None else _pairs(found)


def _pairs(node: Node) -> tuple[tuple[Scalar, Node], ...]:
    return node.pairs if isinstance(node, Fields) else ()


def when_of(conditions: dict[str, Any]) -> When:
    """The conditions that were read under `when`, or another key of that shape."""
    read = dict(conditions)
    if "category" in read:
        read["category"] = frozenset(read["category"])
    if "data_class" in read:
        read["data_class"] = frozenset(read["data_class"])
    if "carrier" in read:
        read["carrier"] = frozenset(read["carrier"])
    if "count" in read:
        read["count"] = Counts(**read["count"])
    if "new_only" in read:
        new = read.pop("new_only")
        read["known"] = False if new else read.get("known")
    return When(**read)


def _check_reachable(clause: Clause, before: list[Clause], node: Node, at: At) -> None:
    for earlier in before:
        if earlier.id == clause.id:
            raise at.error(
                node,
                "an id that another clause has",
                f"line {earlier.origin.line} has it already: rename one",
            )
        if earlier.when.covers(clause.when):
            raise at.error(
                node,
                f"can never decide: the clause in line {earlier.origin.line} takes all that it would",
                "the first that matches decides: move this one up",
            )


def _settings(read: dict[str, Any], nodes: Mapping[str, Node], source: str) -> Iterator[tuple[str, Setting]]:
    for section, inner in _SECTIONS.items():
        if section in read:
            yield from _leaves(section, read[section], nodes[section], inner, source)


def _leaves(
    prefix: str, values: dict[str, Any], node: Node, inner: tuple[str, ...], source: str
) -> Iterator[tuple[str, Setting]]:
    nodes = {key.text: (key, value) for key, value in node.pairs} if isinstance(node, Fields) else {}
    for name, value in values.items():
        key, child = nodes[name]
        if name in inner:
            yield from _leaves(f"{prefix}.{name}", value, child, (), source)
        else:
            yield f"{prefix}.{name}", Setting(value, Origin(source, key.line))
