"""
Whether the words of a policy mean anything: entities, rules and families that no rule has.

Never changes a policy. A misspelt word would silently never match, and the next clause would decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from leakgate.model.detection import Rule
from leakgate.model.errors import PolicyError
from leakgate.policy.clauses import Origin, When
from leakgate.policy.globs import name_matches
from leakgate.policy.policy import Policy
from leakgate.policy.shapes import nearest
from leakgate.policy.waivers import Waiver

_Use = tuple[str, str, tuple[str, ...], Origin | None]  # where, which kind of word, the globs, origin


def check_words(policy: Policy, rules: Iterable[Rule]) -> None:
    """
    Raises PolicyError for the first glob that fits none of `rules`, naming the nearest word.

    `rules` must be all that leakgate has, not those that the policy selects.
    """
    rules = tuple(rules)
    known = {
        "entity": sorted({rule.entity for rule in rules}),
        "rule": sorted({rule.id for rule in rules}),
        "family": sorted({rule.family for rule in rules}),
    }
    for where, kind, globs, origin in _uses(policy):
        for glob in globs:
            if not any(name_matches(name, glob) for name in known[kind]):
                raise _unknown(glob, kind, where, origin, known[kind])


def check_scopes(waivers: Iterable[Waiver], rules: Iterable[Rule]) -> None:
    """Raises PolicyError for the first scope that names a rule or entity which none of `rules` has."""
    rules = tuple(rules)
    ids, entities = sorted({rule.id for rule in rules}), sorted({rule.entity for rule in rules})
    for number, waiver in enumerate(waivers, 1):
        scope = waiver.scope or When()
        for kind, globs, known in (("rule", scope.rule, ids), ("entity", scope.entity, entities)):
            for glob in globs or ():
                if not any(name_matches(name, glob) for name in known):
                    raise _unknown(glob, kind, f"waiver {number}", None, known)


def _uses(policy: Policy) -> Iterator[_Use]:
    origins = dict(policy.origins)
    for where, when, origin in _conditions(policy):
        yield where, "entity", when.entity or (), origin
        yield where, "rule", when.rule or (), origin
        yield where, "family", when.family or (), origin
    for key in ("never_waived", "never_baselined"):
        when = getattr(policy.acceptance, key) or When()
        place = f"acceptance.{key}"
        yield place, "entity", when.entity or (), origins.get(place)
        yield place, "rule", when.rule or (), origins.get(place)
        yield place, "family", when.family or (), origins.get(place)
    detect = policy.detect
    for key, kind, globs in (
        ("detect.rules.exclude", "rule", detect.disabled_rules),
        ("detect.entities.only", "entity", detect.enabled_entities),
        ("detect.entities.exclude", "entity", detect.disabled_entities),
    ):
        yield key, kind, globs, origins.get(key)


def _conditions(policy: Policy) -> Iterator[tuple[str, When, Origin]]:
    staged = [clause for stage in policy.stages for clause in stage.clauses]
    yield from (("a clause", one.when, one.origin) for one in (*policy.clauses, *staged))
    budgets = [budget for stage in policy.stages for budget in stage.budgets]
    yield from (("a budget", one.when, one.origin) for one in (*policy.budgets, *budgets))


def _unknown(glob: str, kind: str, where: str, origin: Origin | None, known: list[str]) -> PolicyError:
    place = f"{origin.source}:{origin.line}: " if origin else ""
    return PolicyError(f"{place}{where}: no {kind} is called like that", hint=_hint(glob, known))


def _hint(glob: str, known: list[str]) -> str:
    """Known words are hundreds: all of them would bury the message."""
    hint = nearest(glob, known)
    return hint if hint.startswith("did you mean") else "`leakgate rules list` shows what there is"
