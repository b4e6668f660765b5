"""
Does a decoded JSON document have the shape of a wire type? As strict as the published schema, and quicker.

Every key must be there and no other; numbers and strings are bounded. Never quotes what it was given:
misfits name places by the keys of the schema.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

from leakgate.report.text_safety import JSON_LIMIT

Check = Callable[[Any], None]

_LARGEST = 2**63 - 1  # what SARIF viewers, databases and other languages hold in an integer


class Misfit(Exception):
    """What is wrong, and where, such as `findings[3].test.line`; holds nothing of the document."""

    def __init__(self, what: str, where: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where

    def below(self, step: str) -> Misfit:
        """The same misfit as seen from one level up."""
        joint = "." if self.where and not self.where.startswith("[") else ""
        return Misfit(self.what, f"{step}{joint}{self.where}")


def shape_of(wire_type: Any) -> Check:
    """A function that raises Misfit for whatever is not of `wire_type`."""
    return _object(
        {key: _check(hint) for key, hint in get_type_hints(wire_type, include_extras=True).items()}
    )


def _check(hint: Any) -> Check:
    if is_typeddict(hint):
        return shape_of(hint)
    if hint in _SCALARS:
        return _SCALARS[hint]
    return _composite(get_origin(hint), get_args(hint))


def _composite(origin: Any, arguments: tuple[Any, ...]) -> Check:
    if origin is Annotated:
        return _check(arguments[0])
    if origin is Literal:
        return _word(arguments)
    if origin is list:
        return _list(_check(arguments[0]))
    if origin is dict:
        return _mapping(_check(arguments[1]))
    if origin in (Union, UnionType) and len(arguments) == 2 and arguments[1] is NoneType:
        return _optional(_check(arguments[0]))
    raise TypeError(f"no shape is known for {origin}")


def _object(checks: dict[str, Check]) -> Check:
    def check(value: Any) -> None:
        if not isinstance(value, dict):
            raise Misfit("is not an object")
        for key, inner in checks.items():
            if key not in value:
                raise Misfit("is missing", key)
            try:
                inner(value[key])
            except Misfit as exc:
                raise exc.below(key) from None
        if len(value) != len(checks):
            raise Misfit("holds a key that this version does not know")

    return check


def _list(item: Check) -> Check:
    def check(value: Any) -> None:
        if not isinstance(value, list):
            raise Misfit("is not a list")
        for index, entry in enumerate(value):
            try:
                item(entry)
            except Misfit as exc:
                raise exc.below(f"[{index}]") from None

    return check


def _mapping(inner: Check) -> Check:
    def check(value: Any) -> None:
        if not isinstance(value, dict):
            raise Misfit("is not an object")
        for key, entry in value.items():
            _text(key)
            inner(entry)

    return check


def _optional(inner: Check) -> Check:
    def check(value: Any) -> None:
        if value is not None:
            inner(value)

    return check


def _word(words: tuple[Any, ...]) -> Check:
    known = frozenset(words)

    def check(value: Any) -> None:
        if not isinstance(value, str) or value not in known:
            raise Misfit(f"is not one of: {', '.join(words)}")

    return check


def _text(value: Any) -> None:
    if not isinstance(value, str):
        raise Misfit("is not a string")
    if len(value) > JSON_LIMIT:
        raise Misfit(f"is longer than {JSON_LIMIT} characters")
    if not value.isascii() and any("\ud800" <= char <= "\udfff" for char in value):
        raise Misfit("holds half a character")


def _whole_number(value: Any) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _LARGEST:
        raise Misfit("is not a whole number from 0 on")


def _number(value: Any) -> None:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise Misfit("is not a number")
    if not (math.isfinite(value) and 0 <= value <= _LARGEST):
        raise Misfit("is not a number from 0 on")


def _truth(value: Any) -> None:
    if not isinstance(value, bool):
        raise Misfit("is neither true nor false")


_SCALARS: dict[Any, Check] = {str: _text, int: _whole_number, float: _number, bool: _truth}
