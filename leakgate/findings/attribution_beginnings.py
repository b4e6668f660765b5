"""
With which bytes a match of an expression can begin; told by Python's own parser of expressions.

Never says less than all of them: what it does not know may begin with anything.
"""

from __future__ import annotations

import re
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as sre_parser  # type: ignore[attr-defined]
from typing import Any

from leakgate.model.records import dataclass

ANYTHING = frozenset(range(256))
BLANKS = frozenset(b" \t")
_WIDTHLESS = (sre.ASSERT, sre.ASSERT_NOT, sre.AT)
_REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)
_CATEGORIES = {
    sre.CATEGORY_DIGIT: rb"\d",
    sre.CATEGORY_NOT_DIGIT: rb"\D",
    sre.CATEGORY_SPACE: rb"\s",
    sre.CATEGORY_NOT_SPACE: rb"\S",
    sre.CATEGORY_WORD: rb"\w",
    sre.CATEGORY_NOT_WORD: rb"\W",
}


@dataclass(frozen=True, slots=True)
class Beginnings:
    """First bytes of what an expression can match, and first ones behind blanks; `groups` are its own."""

    first: frozenset[int]
    behind_blanks: frozenset[int]
    groups: int

    def may_be(self, found: frozenset[int], behind_blanks: bool) -> bool:
        """Whether a match can begin with one of `found`, or with blanks and then one of them."""
        if behind_blanks:
            return bool(self.first & BLANKS and self.behind_blanks & found)
        return bool(self.first & found)


def beginnings(expression: bytes) -> Beginnings:
    """Of an expression without flags."""
    parsed = sre_parser.parse(expression)
    first, may_be_empty = _of_sequence(parsed, frozenset())
    behind, may_be_blank = _of_sequence(parsed, BLANKS)
    return Beginnings(
        ANYTHING if may_be_empty else first, ANYTHING if may_be_blank else behind, parsed.state.groups - 1
    )


def _of_sequence(items: Any, skipped: frozenset[int]) -> tuple[frozenset[int], bool]:
    """The first bytes but those that are skipped, and whether there may be none at all."""
    found: frozenset[int] = frozenset()
    for operation, argument in items:
        begins, may_be_empty = _of_item(operation, argument, skipped)
        found |= begins
        if not may_be_empty:
            return found, False
    return found, True


def _of_item(operation: Any, argument: Any, skipped: frozenset[int]) -> tuple[frozenset[int], bool]:
    if operation is sre.SUBPATTERN:
        return _of_sequence(argument[3], skipped)
    if operation is sre.BRANCH:
        branches = [_of_sequence(branch, skipped) for branch in argument[1]]
        return frozenset().union(*(begins for begins, _ in branches)), any(empty for _, empty in branches)
    if operation in _REPEATS:
        least, _, repeated = argument
        begins, may_be_empty = _of_sequence(repeated, skipped)
        return begins, may_be_empty or not least
    if operation in _WIDTHLESS:
        return frozenset(), True
    here = _of_byte(operation, argument)
    return here - skipped, bool(here & skipped)


def _of_byte(operation: Any, argument: Any) -> frozenset[int]:
    if operation is sre.LITERAL:
        return frozenset((argument,))
    return _of_set(argument) if operation is sre.IN else ANYTHING


def _of_set(items: Any) -> frozenset[int]:
    found: set[int] = set()
    for operation, argument in items:
        if operation is sre.LITERAL:
            found.add(argument)
        elif operation is sre.RANGE:
            found.update(range(argument[0], argument[1] + 1))
        elif operation is sre.CATEGORY and argument in _CATEGORIES:
            found.update(b"".join(re.findall(_CATEGORIES[argument], bytes(range(256)))))
        elif operation is not sre.NEGATE:
            return ANYTHING
    return ANYTHING - found if items[0][0] is sre.NEGATE else frozenset(found)
