"""
One rule record of a family file, checked and typed.

Never compiles an expression; never reads a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from leakgate.model.detection import Category, Confidence, Pattern, Rule, Severity
from leakgate.model.errors import RuleError
from leakgate.model.records import dataclass

# A value starts where no word runs into it; an escape sequence or a percent code may stand before it.
_BEFORE = rb"(?:(?<![0-9A-Za-z])|(?<=\\[nrtbf])|(?<=%[0-9A-Fa-f]{2})|(?<=\\u[0-9A-Fa-f]{4}))"
_AFTER = rb"(?![0-9A-Za-z])"
# Between a context word and its value: the rest of a name, quotes, one separator.
_BETWEEN = (
    rb"[\w.\- \t]{0,30}?(?:[\"'`\\\]>]{0,4}\s{0,4}(?:[?:.+]{0,3}=>?|:|,|\bis\b|\(|>)\s{0,8}|\s{1,4})"
    rb"(?:Bearer |Basic |token )?[\"'`\\\[<({\x1f]{0,5}"
)
CONTEXT_REACH = 400  # bytes around a context word that a rule looks at


@dataclass(frozen=True, slots=True)
class Proof:
    """What a rule must find and what not: templates of `rules.examples`."""

    examples: tuple[str, ...]
    near_misses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleSpec:
    """A rule, what finds it, what confirms it, and its proof, where that was read along.

    `expression` is what a match must fulfil, `pattern` what the engine looks for: the same, or for a
    weak format its context words alone. The value is group `secret`, or the whole match. `validator`
    names a function of `detect.validators`. `entropy` is the least Shannon entropy of the value in bits
    per character. `weak` rules know their value by a context word; it must not be made of words. `expires`
    finds, in the same URL, for how many seconds (group `seconds`) a value is good.
    """

    rule: Rule
    expression: bytes
    pattern: Pattern
    validator: str | None
    entropy: float
    weak: bool
    expires: bytes | None = None
    proof: Proof | None = None


PROOF_KEYS = ("examples", "near_misses")
_REQUIRED = ("id", "name", "entity", "severity", "pattern", *PROOF_KEYS)
_OPTIONAL = (
    "provider", "category", "confidence", "keywords", "validator", "entropy", "prefix", "cwe",
    "reference", "remediation", "bounded", "max_width", "ignore_case", "specificity", "expires",
)  # fmt: skip
_KEYS = (*_REQUIRED, *_OPTIONAL)


def parse_rule(record: Mapping[str, Any], family: str, where: str) -> RuleSpec:
    """The typed rule of one YAML record; raises RuleError naming `where` and the key at fault."""
    rule_id = str(record.get("id", "(no id)"))
    place = f"{where}: rule {rule_id!r}"
    _check_keys(record, place)
    try:
        proof = Proof(_texts(record, "examples", place), _texts(record, "near_misses", place))
        return _spec(record, _rule(record, family, place), place, proof)
    except (TypeError, AttributeError, OverflowError) as exc:
        raise RuleError(f"{place}: a value is of the wrong kind", hint="see docs/rules.md") from exc


def checked_rule(record: Mapping[str, Any], family: str) -> RuleSpec:
    """The rule of a record that was found sound before and has left its proof behind."""
    return _spec(record, _rule(record, family, family), family, None)


def _spec(record: Mapping[str, Any], rule: Rule, place: str, proof: Proof | None) -> RuleSpec:
    expression = _expression(record)
    return RuleSpec(
        rule=rule,
        expression=expression,
        pattern=_pattern(record, rule, expression),
        validator=record.get("validator"),
        entropy=_entropy(record, place),
        weak="keywords" in record,
        expires=record["expires"].encode("utf-8") if "expires" in record else None,
        proof=proof,
    )


def _entropy(record: Mapping[str, Any], place: str) -> float:
    try:
        return float(record.get("entropy", 0.0))
    except ValueError as exc:
        raise RuleError(f"{place}: entropy is no number", hint="bits per character, such as 3.5") from exc


def _check_keys(record: Mapping[str, Any], place: str) -> None:
    for key in record:
        if key not in _KEYS:
            import difflib

            near = difflib.get_close_matches(str(key), _KEYS, n=1)
            raise RuleError(
                f"{place}: unknown key {key!r}",
                hint=f"did you mean {near[0]!r}?" if near else f"known keys: {', '.join(_KEYS)}",
            )
    missing = [key for key in _REQUIRED if key not in record]
    if missing:
        raise RuleError(f"{place}: {', '.join(missing)} missing", hint="see docs/rules.md")


# To ask an enumeration for a member takes longer than all else of a rule.
_category, _severity, _confidence = cache(Category), cache(Severity), cache(Confidence)


def _rule(record: Mapping[str, Any], family: str, place: str) -> Rule:
    try:
        return Rule(
            id=record["id"],
            name=record["name"],
            entity=record["entity"],
            category=_category(record.get("category", "secret")),
            severity=_severity(record["severity"]),
            confidence=_confidence(record.get("confidence", "high")),
            family=family,
            provider=record.get("provider", ""),
            prefix=record.get("prefix", ""),
            cwe=record.get("cwe", "CWE-798"),
            reference=record.get("reference", ""),
            remediation=record.get("remediation", ""),
            specificity=int(record.get("specificity", 3)),
        )
    except ValueError as exc:
        raise RuleError(f"{place}: {exc}", hint="see docs/rules.md for the words in use") from exc


def _expression(record: Mapping[str, Any]) -> bytes:
    """The whole expression: boundaries, and for a weak format the context word that must precede."""
    value: bytes = record["pattern"].encode("utf-8")
    if record.get("keywords"):
        words = b"|".join(word.encode("utf-8") for word in record["keywords"])
        before = b"(?i:" + words + b")" + _BETWEEN
        return before + b"(?P<secret>" + value + b")(?![0-9A-Za-z_])"
    if record.get("ignore_case"):
        value = b"(?i:" + value + b")"
    if record.get("bounded", True):
        return _BEFORE + b"(?:" + value + b")" + _AFTER
    return value


def _pattern(record: Mapping[str, Any], rule: Rule, expression: bytes) -> Pattern:
    """A weak format is anchored on its context word alone: cheap to compile, rare in logs."""
    if record.get("keywords"):
        words = b"|".join(word.encode("utf-8") for word in record["keywords"])
        reach = int(record.get("max_width", CONTEXT_REACH))
        return Pattern(rule.id, b"(?:" + words + b")", max_width=reach, ignore_case=True)
    return Pattern(rule.id, expression, max_width=record.get("max_width"))


def _texts(record: Mapping[str, Any], key: str, place: str) -> tuple[str, ...]:
    texts = record[key]
    if not isinstance(texts, list) or len(texts) < 2:
        raise RuleError(f"{place}: {key} needs at least two entries", hint="a rule carries its own proof")
    return tuple(str(text) for text in texts)
