"""The box in which what a run says waits until everything was found: nothing can report it before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, NoReturn, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Unmasked(Generic[T]):
    """Findings, gaps or names as scanned input has them. `masked` is the one way out."""

    __slots__ = ("_held",)

    def __init__(self, held: T) -> None:
        self._held = held

    def masked(self, mask: Callable[[T], R]) -> R:
        """What `mask` makes of it. Called where a run is put together, with the masker of all its values."""
        return mask(self._held)

    def __repr__(self) -> str:
        return "<unmasked>"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return "<unmasked>"

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("what is not masked cannot be pickled or copied")
