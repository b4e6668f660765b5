"""
`dataclass` as in the standard library, at a fraction of its price for what is frozen and has slots.

The standard library writes and compiles six methods for each class; two hundred classes took a sixth of the
start of a scan. Here a method is shared, or written when it is first called. Changes no meaning; what is not
frozen with slots, or asks for more, is left to the standard library.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

Method = Callable[..., Any]


def _dataclass(
    *, frozen: bool = False, slots: bool = False, eq: bool = True, **more: bool
) -> Callable[[type], type]:
    if more or not (frozen and slots):
        return dataclasses.dataclass(frozen=frozen, slots=slots, eq=eq, **more)
    return _compared if eq else _identified


def _identified(cls: type) -> type:
    return _made(cls, {"__init__": _init})


def _compared(cls: type) -> type:
    if "__eq__" in cls.__dict__:
        return _identified(cls)
    return _made(cls, {"__init__": _init, "__eq__": _eq, "__hash__": _hash})


def _made(cls: type, sources: dict[str, Callable[[type], Method]]) -> type:
    if cls.__doc__ is None:
        cls.__doc__ = cls.__name__  # or the standard library works out a signature to put there
    made: type = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    methods = _SHARED | {name: _at_first_call(made, name, write) for name, write in sources.items()}
    for name, method in methods.items():
        if name not in cls.__dict__:
            setattr(made, name, method)
    return made


def _at_first_call(made: type, name: str, write: Callable[[type], Method]) -> Method:
    """Puts the method that it writes in its own place."""

    def first(self: Any, *given: Any, **named: Any) -> Any:
        method = write(made)
        setattr(made, name, method)
        return method(self, *given, **named)

    return first


def _shown(self: Any) -> str:
    parts = (f"{each.name}={getattr(self, each.name)!r}" for each in dataclasses.fields(self) if each.repr)
    return f"{self.__class__.__qualname__}({', '.join(parts)})"


def _set(_self: Any, name: str, _value: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _delete(_self: Any, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, each.name) for each in dataclasses.fields(self)]


def _restore(self: Any, state: list[Any]) -> None:
    for each, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, each.name, value)


_SHARED: dict[str, Method] = {
    "__repr__": _shown,
    "__setattr__": _set,
    "__delattr__": _delete,
    "__getstate__": _state,
    "__setstate__": _restore,
}


def _init(made: type) -> Method:
    """Sets each field by the descriptor of its slot: quicker than by name, and frozen or not."""
    scope: dict[str, Any] = {"_MISSING": MISSING}
    arguments, body = ["self"], ["pass"]
    for each in dataclasses.fields(made):
        scope[f"_set_{each.name}"] = _slot(made, each.name).__set__
        scope[f"_default_{each.name}"] = each.default if each.default_factory is MISSING else MISSING
        scope[f"_make_{each.name}"] = each.default_factory
        if each.init:
            arguments.append(f"{each.name}=_default_{each.name}" if _has_default(each) else each.name)
        if each.init or _has_default(each):
            body.append(f"_set_{each.name}(self, {_first_value(each)})")
    if hasattr(made, "__post_init__"):
        body.append("self.__post_init__()")
    return _method(made, f"__init__({', '.join(arguments)})", "; ".join(body), scope)


def _slot(made: type, name: str) -> Any:
    """The descriptor, which a class may have from its base."""
    return next(base.__dict__[name] for base in made.__mro__ if name in base.__dict__)


def _has_default(field: Field[Any]) -> bool:
    return field.default is not MISSING or field.default_factory is not MISSING


def _first_value(field: Field[Any]) -> str:
    """What a field is set to, as source."""
    name = field.name
    if field.default_factory is MISSING:
        return name if field.init else f"_default_{name}"
    return f"_make_{name}() if {name} is _MISSING else {name}" if field.init else f"_make_{name}()"


def _eq(made: type) -> Method:
    ours, theirs = _values(made, "self"), _values(made, "other")
    body = f"return {ours} == {theirs} if other.__class__ is self.__class__ else NotImplemented"
    return _method(made, "__eq__(self, other)", body, {})


def _hash(made: type) -> Method:
    return _method(made, "__hash__(self)", f"return hash({_values(made, 'self')})", {})


def _values(made: type, of: str) -> str:
    """A tuple of all fields that are compared, as source."""
    return "(" + "".join(f"{of}.{each.name}, " for each in dataclasses.fields(made) if each.compare) + ")"


def _method(made: type, head: str, body: str, scope: dict[str, Any]) -> Method:
    exec(f"def {head}: {body}", scope)  # noqa: S102 - made of the names of our own fields
    name = head.partition("(")[0]
    method: Method = scope[name]
    method.__qualname__ = f"{made.__qualname__}.{name}"
    return method


if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    dataclass = _dataclass
