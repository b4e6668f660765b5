"""
Values that cannot be the token that their beginning or their name promises: of another length.

A logger cut them off, or somebody made them up. Knows the widths of native rules; never says that a value
is a token.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from leakgate.detect.labelled.names import words
from leakgate.detect.rules.load import shipped_rules
from leakgate.detect.rules.schema import RuleSpec
from leakgate.model.detection import Category
from leakgate.model.expressions import expression

# Starts that many issuers share (`sk-`, `pk_`) tell nothing.
_START = expression(r"(?![a-z]k[-_]$)[0-9A-Za-z_.!~+-]{3,24}")
_SHORTEST_START, _LONGEST_START = 3, 24
_SHORTEST_ISSUER = 4  # letters of a name that may occur in the name of a variable
_SHORT_NAMES = {"wandb": "weightsbiases", "mistral": "mistralai", "zhipu": "zhipuai"}
_CUT_UUID = expression(rb"(?<![0-9a-f])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{6,11}$")
# The id of a bot, and 35 characters; what has them is another rule's, whoever holds it under whatever name.
_BOT = expression(rb"\d{5,16}:A([\w-]{20,80})")
_BOT_SECRET = 34  # characters behind the A
_VALUE_OF_WEAK = expression(rb"\(\?P<secret>(.*)\)\(\?!\[0-9A-Za-z_\]\)$", re.DOTALL)


def why_cut_off(value: bytes, name: str = "") -> str | None:
    """Which issuer's tokens `value` has not the length of, by its start or by `name`, or None."""
    if _CUT_UUID.search(value):
        return "a UUID that was cut off"
    bot = _BOT.fullmatch(value)
    if bot is not None and "telegram" in words(name):
        return None if len(bot[1]) == _BOT_SECRET else "not as long as a token of Telegram"
    specs = _begun(value) or _named(name)
    if not specs or len(value) >= min(map(_least_width, specs)):
        return None
    return f"too short for a token of {specs[0].rule.provider or 'its issuer'}"


def _begun(value: bytes) -> tuple[RuleSpec, ...]:
    """The rules with the longest start that `value` has."""
    starts = _starts()
    for size in range(min(_LONGEST_START, len(value)), _SHORTEST_START - 1, -1):
        if (specs := starts.get(value[:size])) is not None:
            return specs
    return ()


def _named(name: str) -> tuple[RuleSpec, ...]:
    """The rules of the issuer that `name` names: `WANDB_API_KEY`, `amplitudeSecretKey`."""
    parts = words(name)
    issuers = _issuers()
    for size in (3, 2, 1):
        for at in range(len(parts) - size + 1):
            if (specs := issuers.get("".join(parts[at : at + size]))) is not None:
                return specs
    return ()


def _rules() -> Iterator[RuleSpec]:
    return (spec for spec in shipped_rules() if spec.rule.category is Category.SECRET)


@cache
def _starts() -> dict[bytes, tuple[RuleSpec, ...]]:
    found: dict[bytes, tuple[RuleSpec, ...]] = {}
    for spec in _rules():
        if _START.fullmatch(spec.rule.prefix):
            start = spec.rule.prefix.encode()
            found[start] = (*found.get(start, ()), spec)
    return found


@cache
def _issuers() -> dict[str, tuple[RuleSpec, ...]]:
    found: dict[str, tuple[RuleSpec, ...]] = {}
    for spec in _rules():
        issuer = re.sub(r"[^a-z0-9]", "", spec.rule.provider.lower())
        if len(issuer) >= _SHORTEST_ISSUER:
            found[issuer] = (*found.get(issuer, ()), spec)
    return found | {name: found[issuer] for name, issuer in _SHORT_NAMES.items() if issuer in found}


@cache
def _least_width(spec: RuleSpec) -> int:
    """Bytes of the shortest value that fulfils the rule's expression."""
    # NOTE: The parser of `re` has no public name; see detect/engine/relax.py.
    from re import _parser as sre_parser  # type: ignore[attr-defined]

    value = _VALUE_OF_WEAK.search(spec.expression) if spec.weak else None
    return int(sre_parser.parse(value[1] if value else spec.expression).getwidth()[0])
