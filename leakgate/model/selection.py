"""What a policy asks detection to look for; says nothing of what happens to it once found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fnmatch import fnmatchcase

from leakgate.model.detection import Category, Rule
from leakgate.model.records import dataclass


@dataclass(frozen=True, slots=True)
class Selection:
    """The rules, entities and countries in scope.

    `disabled_rules`, `enabled_entities` and `disabled_entities` are shell patterns in which `*` crosses `/`.
    No `enabled_entities` means every entity. `locales` are ISO 3166-1 alpha-2 codes in lower case,
    groups such as `eu` already expanded. No `nlp_entities` means that no language model is loaded.
    `sensitive_fields` are pairs of a field label and its class, besides those that are built in.
    """

    categories: frozenset[Category] = frozenset(Category)
    disabled_rules: tuple[str, ...] = ()
    enabled_entities: tuple[str, ...] = ()
    disabled_entities: tuple[str, ...] = ()
    locales: frozenset[str] = frozenset()
    nlp_entities: tuple[str, ...] = ()
    sensitive_fields: tuple[tuple[str, str], ...] = ()

    def wants(self, rule: Rule) -> bool:
        """Whether `rule` is to run; a rule that is not wanted need not be compiled."""
        if rule.category not in self.categories or _any(rule.id, self.disabled_rules):
            return False
        if self.enabled_entities and not _any(rule.entity, self.enabled_entities):
            return False
        return not _any(rule.entity, self.disabled_entities)

    def narrowed(self, categories: Iterable[Category]) -> Selection:
        """The part of this selection within `categories`; never more than the policy asked for."""
        kept = self.categories & frozenset(categories)
        return replace(self, categories=kept, nlp_entities=self.nlp_entities if Category.PII in kept else ())


def _any(text: str, patterns: tuple[str, ...]) -> bool:
    return bool(patterns) and any(fnmatchcase(text, pattern) for pattern in patterns)
