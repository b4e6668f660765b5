"""
Rules of gitleaks, and of betterleaks, which reads the same file.

Source of the format: the configuration sections of their documentation. What has no meaning outside of a
repository's history, such as commits, is refused and told, never dropped in silence.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from leakgate.detect.packs.pack import Allowance, Pack, PackRule, Refused, shown_key
from leakgate.model.errors import RuleError
from leakgate.model.expressions import expression

_RULE = {
    "id", "description", "regex", "secretGroup", "entropy", "keywords", "path", "tags",
    "allowlist", "allowlists", "severity", "confidence",
}  # fmt: skip
_ALLOW = {
    "description",
    "regexes",
    "regexTarget",
    "paths",
    "stopwords",
    "commits",
    "condition",
    "targetRules",
    "id",
}
# Other words of the library quote the file.
_PLACE = expression(r"at line \d+, column \d+|at end of document")
_TARGETS = ("secret", "match", "line")
_CONDITIONS = {"": False, "or": False, "||": False, "and": True, "&&": True}


def read_gitleaks(text: str, origin: str) -> Pack:
    """Raises RuleError for a file that is not one."""
    try:
        document = tomllib.loads(text)
    except (ValueError, RecursionError) as exc:  # also for numbers of too many digits, and depth
        place = _PLACE.search(str(exc)) if isinstance(exc, tomllib.TOMLDecodeError) else None
        why = "a value is too large or too deep" if place is None else place[0]
        raise RuleError(f"{origin} is not TOML ({why})", hint="name a gitleaks or betterleaks file") from None
    rules: list[PackRule] = []
    refused: list[Refused] = []
    aimed = list(_tables(document, "allowlist", "allowlists"))
    listed = document.get("rules")
    for record in listed if isinstance(listed, list) else ():
        try:
            rules.append(_rule(record, aimed, refused))
        except ValueError as exc:
            refused.append(Refused(_text(record, "id") or "(no id)", str(exc)))
    common = _allowances((table for table in aimed if not table.get("targetRules")), "(all rules)", refused)
    given = document.get("extend")
    extend = given if isinstance(given, dict) else {}
    if extend.get("path") or extend.get("url"):
        refused.append(Refused("(extend)", "other files are not followed; name each with --rules"))
    off = extend.get("disabledRules")
    disabled = tuple(map(str, off)) if isinstance(off, list) else ()
    return Pack(origin, tuple(rules), tuple(refused), common, disabled)


def _rule(record: Any, aimed: list[Mapping[str, Any]], refused: list[Refused]) -> PackRule:
    """Raises ValueError, with a reason for people, for a rule that cannot be taken over."""
    if not isinstance(record, dict) or not _text(record, "id"):
        raise ValueError("a rule needs an id")
    if not _text(record, "regex"):
        raise ValueError("it has no regex: rules on file names alone are not supported")
    rule_id = _text(record, "id")
    for key in sorted(set(record) - _RULE):
        refused.append(Refused(rule_id, f"its key {shown_key(key)} is not supported and has no effect"))
    tables = [*_tables(record, "allowlist", "allowlists")]
    tables += [table for table in aimed if rule_id in _aims(table)]
    return PackRule(
        id=rule_id,
        name=_text(record, "description") or rule_id,
        expression=_text(record, "regex"),
        group=int(_number(record, "secretGroup")),
        keywords=tuple(word.lower() for word in _words(record, "keywords")),
        entropy=float(_number(record, "entropy")),
        path=_text(record, "path"),
        allowances=_allowances(tables, rule_id, refused),
    )


def _tables(record: Mapping[str, Any], *keys: str) -> Iterator[Mapping[str, Any]]:
    for key in keys:
        value = record.get(key, [])
        yield from (
            table for table in (value if isinstance(value, list) else [value]) if isinstance(table, dict)
        )


def _aims(table: Mapping[str, Any]) -> tuple[str, ...]:
    given = table.get("targetRules")
    return tuple(map(str, given)) if isinstance(given, list) else ()


def _allowances(
    tables: Iterable[Mapping[str, Any]], owner: str, refused: list[Refused]
) -> tuple[Allowance, ...]:
    """What is not understood allows nothing."""
    taken = []
    for table in tables:
        try:
            taken.append(_allowance(table, owner, refused))
        except ValueError as exc:
            refused.append(Refused(owner, f"an allowlist of it has no effect: {exc}"))
    return tuple(taken)


def _allowance(table: Mapping[str, Any], owner: str, refused: list[Refused]) -> Allowance:
    """Raises ValueError, with a reason for people."""
    for key in sorted(set(table) - _ALLOW):
        refused.append(
            Refused(owner, f"the key {shown_key(key)} of its allowlist is not supported and has no effect")
        )
    if table.get("commits"):
        refused.append(Refused(owner, "commits in its allowlist have no effect: a test run has no commits"))
    target, condition = _text(table, "regexTarget").lower() or "secret", _text(table, "condition").lower()
    if target not in _TARGETS or condition not in _CONDITIONS:
        raise ValueError("its regexTarget or condition is not known")
    return Allowance(
        expressions=_words(table, "regexes"),
        paths=_words(table, "paths"),
        stopwords=tuple(word.lower() for word in _words(table, "stopwords") if word),
        target=target,
        all_of=_CONDITIONS[condition],
        note=_text(table, "description"),
    )


def _words(record: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """Raises ValueError for anything but a list of strings; a string alone would be read letter by letter."""
    value = record.get(key, [])
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise ValueError(f"its {key} are no list of strings")
    return tuple(value)


def _number(record: Mapping[str, Any], key: str) -> float:
    value = record.get(key, 0)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"its {key} is no number")
    return value


def _text(record: Mapping[str, Any], key: str) -> str:
    value = record.get(key, "")
    return value if isinstance(value, str) else ""
