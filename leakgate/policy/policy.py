"""A resolved policy: every setting has a value, every clause its origin. Never reads files."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, field
from typing import Any

from leakgate.model.gap import GapReason
from leakgate.model.limits import Limits
from leakgate.model.records import dataclass
from leakgate.model.result import PolicyIdentity
from leakgate.model.selection import Selection
from leakgate.policy.acceptance import AcceptanceRules
from leakgate.policy.budgets import Budget
from leakgate.policy.clauses import Clause, CoverageClause, Origin
from leakgate.policy.document import ACTIONS, GAP_ACTIONS

DetectSettings = Selection


@dataclass(frozen=True, slots=True)
class Stage:
    """What differs in one stage of a pipeline; `coverage` holds what the stage itself says."""

    name: str
    clauses: tuple[Clause, ...] = ()
    coverage: tuple[CoverageClause, ...] = ()
    budgets: tuple[Budget, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True)
class Policy:
    """What to look for, how far, and what follows.

    `clauses` are in the order in which they are asked; `coverage` has one clause for every reason.
    `origins` tells where each setting that is not a default was written, by dotted key.
    One with `stages` is not ready to judge (`stages.at_stage` makes it so); `stage` is the one it judges at.
    """

    identity: PolicyIdentity
    detect: DetectSettings
    clauses: tuple[Clause, ...]
    coverage: tuple[CoverageClause, ...]
    limits: Limits
    description: str = ""
    origins: tuple[tuple[str, Origin], ...] = ()
    acceptance: AcceptanceRules = field(default_factory=AcceptanceRules)
    budgets: tuple[Budget, ...] = ()
    stages: tuple[Stage, ...] = ()
    default_stage: str | None = None
    stage: str | None = None

    def on(self, reason: GapReason) -> CoverageClause:
        """The coverage clause for gaps of that reason."""
        return next(clause for clause in self.coverage if clause.reason is reason)


def digest_of(policy: Policy) -> str:
    """`sha256:<hex>` over everything that can change a verdict; names, notes and layout do not count."""
    form = {
        "detect": detect_as_written(policy.detect),
        "clauses": [clause_as_written(clause) for clause in policy.clauses],
        "coverage": coverage_as_written(policy.coverage),
        "limits": {name: float(value) for name, value in asdict(policy.limits).items()},
        "acceptance": policy.acceptance.as_written(),
        # What most policies do not have must not change their digests.
        **({"budgets": budgets_as_written(policy.budgets)} if policy.budgets else {}),
        **({"stages": stages_as_written(policy.stages)} if policy.stages else {}),
        **({"default_stage": policy.default_stage} if policy.default_stage else {}),
    }
    canonical = json.dumps(form, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return "sha256:" + hashlib.sha256(canonical.encode("ascii")).hexdigest()


def budgets_as_written(budgets: tuple[Budget, ...]) -> list[dict[str, Any]]:
    return [budget.as_written() for budget in budgets]


def stages_as_written(stages: tuple[Stage, ...]) -> dict[str, dict[str, Any]]:
    """By name; what a stage does not say is left out."""
    return {stage.name: _stage_as_written(stage) for stage in stages}


def _stage_as_written(stage: Stage) -> dict[str, Any]:
    parts: dict[str, Any] = {
        "clauses": [clause_as_written(clause) for clause in stage.clauses],
        "coverage": coverage_as_written(stage.coverage),
        "budgets": budgets_as_written(stage.budgets),
    }
    return {key: value for key, value in parts.items() if value}


def clause_as_written(clause: Clause) -> dict[str, Any]:
    """A clause without its note, in the words of the file."""
    then = next(word for word, action in ACTIONS.items() if action is clause.action)
    return {"id": clause.id, "when": clause.when.as_written(), "then": then}


def coverage_as_written(coverage: tuple[CoverageClause, ...]) -> dict[str, str]:
    words = {action: word for word, action in GAP_ACTIONS.items()}
    return {str(clause.reason): words[clause.action] for clause in coverage}


def detect_as_written(detect: Selection) -> dict[str, Any]:
    """What to look for, in the words of the file; groups of countries stay expanded."""
    return {
        "categories": sorted(str(category) for category in detect.categories),
        "rules": {"exclude": sorted(detect.disabled_rules)},
        "entities": {"only": sorted(detect.enabled_entities), "exclude": sorted(detect.disabled_entities)},
        "locales": sorted(detect.locales),
        "nlp": {"entities": sorted(detect.nlp_entities)},
        "sensitive_fields": dict(sorted(detect.sensitive_fields)),
    }
