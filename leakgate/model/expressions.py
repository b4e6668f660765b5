"""
Regular expressions that are compiled when they are first used.

A scan of one small log needs a tenth of the expressions that leakgate is written with; compiling all of
them took a fifth of its start. Never checks an expression beforehand: a test compiles every one.
"""

from __future__ import annotations

import re
from typing import AnyStr, Generic, cast

_OF_PATTERNS = (
    "findall", "finditer", "flags", "fullmatch", "groupindex", "groups", "match", "scanner", "search",
    "split", "sub", "subn",
)  # fmt: skip


def expression(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What `re.compile` returns, compiled at the first use; the place for it is the top of a module.

    Has all attributes of a compiled expression, at the same cost, but its type is another.
    """
    return cast("re.Pattern[AnyStr]", Uncompiled(pattern, flags))


class _Compiled(Generic[AnyStr]):
    """Holds the bound methods of a compiled expression."""

    __slots__ = ("_asked", "pattern", *_OF_PATTERNS)

    def __init__(self, pattern: AnyStr, flags: int) -> None:
        self.pattern: AnyStr = pattern
        self._asked = flags


class Uncompiled(_Compiled[AnyStr]):
    """Turns into its base at the first look at an attribute that is not there yet."""

    __slots__ = ()

    def __getattr__(self, name: str) -> object:
        compiled = re.compile(self.pattern, self._asked)
        for each in _OF_PATTERNS:
            setattr(self, each, getattr(compiled, each))
        # Without `__getattr__` the interpreter reads a slot as fast as it finds a method of a pattern.
        self.__class__ = _Compiled  # type: ignore[assignment]
        return getattr(self, name)
