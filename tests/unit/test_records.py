"""Frozen dataclasses whose methods are shared, or written when they are first called."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, field
from typing import Any

import pytest

from leakgate.model import records


@records.dataclass(frozen=True, slots=True)
class Ours:
    """A record with a field of each kind."""

    number: int
    words: tuple[str, ...] = ("one",)
    made: list[int] = field(default_factory=list, repr=False, compare=False)
    twice: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "twice", 2 * self.number)


@dataclasses.dataclass(frozen=True, slots=True)
class Theirs:
    """The same, by the standard library."""

    number: int
    words: tuple[str, ...] = ("one",)
    made: list[int] = field(default_factory=list, repr=False, compare=False)
    twice: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "twice", 2 * self.number)


@records.dataclass(frozen=True, slots=True)
class Further(Ours):
    """A record on top of another."""

    more: str = "more"


@records.dataclass(frozen=True, slots=True, eq=False)
class Itself:
    """A record that equals nothing but itself."""

    number: int


_ASPECTS: dict[str, Callable[[Any], object]] = {
    "repr": lambda made: repr(made(1, ("a",))).partition("(")[2],
    "fields": lambda made: [(each.name, each.init) for each in dataclasses.fields(made)],
    "as a dict": lambda made: dataclasses.asdict(made(2)),
    "replaced": lambda made: dataclasses.astuple(dataclasses.replace(made(3), words=())),
    "hash": lambda made: hash(made(4, ("b",))),
    "equal": lambda made: made(5, made=[1]) == made(5, made=[2]),
    "unequal": lambda made: made(5) == made(6),
    "not of its kind": lambda made: made(5).__eq__(5),
    "by position": lambda made: made.__match_args__,
    "own lists": lambda made: made(1).made is made(1).made,
    "copied": lambda made: dataclasses.astuple(copy.deepcopy(made(6, made=[7]))),
    "without a dict": lambda made: hasattr(made(1), "__dict__"),
}


@pytest.mark.parametrize("aspect", _ASPECTS)
def test_a_record_is_what_the_standard_library_makes(aspect: str) -> None:
    """Nothing but the price differs."""
    look = _ASPECTS[aspect]

    assert look(Theirs) == look(Ours)


def test_a_record_does_not_change() -> None:
    """Fields are neither set nor deleted."""
    record = Ours(1)

    with pytest.raises(FrozenInstanceError):
        record.number = 2  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del record.number
    assert 1 == record.number


def test_a_missing_field_is_an_error() -> None:
    """The message names class and field."""
    with pytest.raises(TypeError, match=r"Ours.__init__\(\) missing 1 .*: 'number'"):
        Ours()  # type: ignore[call-arg]


def test_a_record_may_build_on_another() -> None:
    """It has the fields of both, in order, and is not equal to its base."""
    assert (1, ("one",), [], 2, "more") == dataclasses.astuple(Further(1))
    assert Ours(1) != Further(1)


def test_a_record_travels() -> None:
    """Pickling and unpickling make an equal record."""
    assert Ours(1, ("a",)) == pickle.loads(pickle.dumps(Ours(1, ("a",))))


def test_a_record_without_equality_is_itself_alone() -> None:
    """Two with the same fields differ, and both can be keys."""
    one, other = Itself(1), Itself(1)

    assert one != other
    assert 2 == len({one, other})
