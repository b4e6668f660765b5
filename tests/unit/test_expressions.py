"""Expressions that wait for their first use."""

from __future__ import annotations

import gc
import pkgutil
import re
from importlib import import_module
from typing import Any

import pytest

import leakgate
from leakgate.model.expressions import Uncompiled, expression


def test_nothing_is_compiled_before_the_first_use() -> None:
    """An expression that is no expression is an error where it is used, not where it stands."""
    broken = expression("(")

    with pytest.raises(re.error):
        broken.search("text")


def test_an_expression_finds_what_it_says() -> None:
    """Searching, matching and replacing answer as with a compiled expression."""
    words = expression(r"\b[a-z]+\b", re.IGNORECASE)

    assert "Two" == words.search("1 Two 3")[0]  # type: ignore[index]
    assert ["Two", "four"] == words.findall("Two 3 four")
    assert "_ 3 _" == words.sub("_", "Two 3 four")
    assert words.fullmatch("two words") is None


def test_an_expression_tells_its_parts() -> None:
    """Source, flags and groups are those of a compiled expression."""
    pair = expression(rb"(?P<name>\w+)=(\w+)", re.DOTALL)

    assert rb"(?P<name>\w+)=(\w+)" == pair.pattern
    assert (2, {"name": 1}, re.DOTALL) == (pair.groups, dict(pair.groupindex), pair.flags)


def test_an_unknown_attribute_is_an_error() -> None:
    """What a compiled expression does not have, this one does not have."""
    with pytest.raises(AttributeError):
        _ = expression("a").nothing  # type: ignore[attr-defined]


def test_every_expression_of_leakgate_compiles() -> None:
    """No expression at the top of a module is broken, though none is compiled before it is used."""
    for module in pkgutil.walk_packages(leakgate.__path__, "leakgate."):
        if module.name != "leakgate.__main__":
            import_module(module.name)
    waiting: list[Any] = [each for each in gc.get_objects() if type(each) is Uncompiled]

    broken = [each.pattern for each in waiting if not _compiles(each) and each.pattern != "("]

    assert [] == broken


def _compiles(waiting: Any) -> bool:
    try:
        return re.compile(waiting.pattern, waiting._asked) is not None
    except re.error:
        return False
