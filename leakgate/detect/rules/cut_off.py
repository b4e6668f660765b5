"""
Values that begin as an issuer's tokens do and end too soon: cut off, most of them, by a logger.

Knows prefixes and widths of native rules; a name says nothing here. Never says that a value is a token.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from leakgate.detect.plausibility.credential import Plausible
from leakgate.detect.rules.load import shipped_rules
from leakgate.detect.rules.schema import RuleSpec
from leakgate.model.detection import Category, Confidence
from leakgate.model.expressions import expression

# Starts that many issuers share (`sk-`, `pk_`) tell nothing.
_START = expression(r"(?![a-z]k[-_]$)[0-9A-Za-z_.!~+-]{3,24}")
_SHORTEST_START, _LONGEST_START = 3, 24
# The id of a bot, and the 35 characters of its token, two of them the same for all.
_BOT = expression(rb"\d{8,10}:AA[\w-]{12,32}")
_VALUE_OF_WEAK = expression(rb"\(\?P<secret>(.*)\)\(\?!\[0-9A-Za-z_\]\)$", re.DOTALL)


def why_cut_off(value: bytes) -> str | None:
    """Whose token `value` begins as, if it is shorter than all of them, or None.

    A reason to doubt, never one to let a value pass: what is left of a token may be enough to use it.
    """
    if _BOT.fullmatch(value):
        return "too short for a token of Telegram"
    specs = _begun(value)
    if not specs or len(value) >= min(map(_least_width, specs)):
        return None
    return f"too short for a token of {specs[0].rule.provider or 'its issuer'}"


def doubted(verdict: Plausible, doubt: str | None) -> Plausible:
    """The verdict, or a guess where there is a reason to doubt."""
    return verdict if doubt is None else Plausible(Confidence.LOW, f"{verdict.because}, {doubt}")


def _begun(value: bytes) -> tuple[RuleSpec, ...]:
    """The rules with the longest start that `value` has."""
    starts = _starts()
    for size in range(min(_LONGEST_START, len(value)), _SHORTEST_START - 1, -1):
        if (specs := starts.get(value[:size])) is not None:
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
def _least_width(spec: RuleSpec) -> int:
    """Bytes of the shortest value that fulfils the rule's expression."""
    # NOTE: The parser of `re` has no public name; see detect/engine/relax.py.
    from re import _parser as sre_parser  # type: ignore[attr-defined]

    value = _VALUE_OF_WEAK.search(spec.expression) if spec.weak else None
    return int(sre_parser.parse(value[1] if value else spec.expression).getwidth()[0])
