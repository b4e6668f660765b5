"""What became of each thing that was to be delivered; one that failed never hides that another arrived."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from leakgate.model.records import dataclass


class Outcome(StrEnum):
    DELIVERED = "delivered"
    UNCHANGED = "unchanged"  # there was nothing to say
    REFUSED = "refused"  # the token has no right to it: 401, 403 or 404
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One surface, such as the comment, and a line for people that holds no scanned text."""

    surface: str
    outcome: Outcome
    detail: str

    @property
    def arrived(self) -> bool:
        return self.outcome in (Outcome.DELIVERED, Outcome.UNCHANGED)


class Refused(Exception):
    """The service says that the token may not do that, or hides that the thing exists."""


class Failed(Exception):
    """The service could not be reached, or answered with an error; the message holds no scanned text."""


_TRIES = 2


def attempt(surface: str, deliver: Callable[[], Delivery]) -> Delivery:
    """`deliver`, with what went wrong as a delivery of its own; what failed is tried once more.

    So `deliver` must look before it writes: the answer to a write may have been lost, not the write.
    """
    told = "it was not tried"
    for _ in range(_TRIES):
        try:
            return deliver()
        except Refused as exc:
            return Delivery(surface, Outcome.REFUSED, str(exc))
        except Failed as exc:
            told = str(exc)
    return Delivery(surface, Outcome.FAILED, told)
