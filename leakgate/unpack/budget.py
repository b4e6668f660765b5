"""
What unpacking one unit of work may cost, and the trouble that follows where it would cost more.

Counts only; never reads, and never decides about depth, which is the pipeline's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from leakgate.model.gap import GapReason
from leakgate.model.limits import MIB, Limits
from leakgate.model.records import dataclass

# Repetitive logs compress 20 to 60 times and, when short, more than 200 times: below this many
# unpacked bytes a ratio says nothing and costs nothing.
RATIO_FLOOR = 16 * MIB


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why something could not be unpacked, before it is known whose gap it is."""

    reason: GapReason
    detail: str


class Damage(Exception):
    """Ends a stream of unpacked bytes early; never leaves this stage."""

    def __init__(self, reason: GapReason, detail: str) -> None:
        super().__init__(detail)
        self.trouble = Trouble(reason, detail)


def _never() -> bool:
    return False


class Budget:
    """Counts members and unpacked bytes of one unit of work, over all its levels of nesting.

    `deadline` tells whether the time of the run is over.
    """

    def __init__(self, limits: Limits, deadline: Callable[[], bool] = _never) -> None:
        self.limits = limits
        self.members = 0
        self.unpacked = 0
        self._deadline = deadline

    def admit(self) -> Trouble | None:
        """Counts one more member; trouble where there may not be one more."""
        if self.members >= self.limits.max_members:
            return Trouble(
                GapReason.TOO_MANY,
                f"has more than {self.limits.max_members} members; split it, or raise limits.max_members",
            )
        self.members += 1
        return self.exhausted()

    def exhausted(self) -> Trouble | None:
        """Trouble where nothing more may be unpacked at all."""
        if self.unpacked > self.limits.max_unpacked_bytes:
            return Trouble(
                GapReason.TOO_LARGE,
                f"unpacks to more than {self.limits.max_unpacked_bytes} bytes in all; "
                "the rest was not scanned; split it, or raise limits.max_unpacked_bytes",
            )
        if self._deadline():
            return Trouble(
                GapReason.TIME_LIMIT, "the time was up while this was unpacked; raise limits.max_seconds"
            )
        return None

    def metered(self, chunks: Iterable[bytes], taken: Callable[[], int]) -> Iterator[bytes]:
        """The same chunks, counted; `taken` tells how many packed bytes they came from so far.

        Raises Damage behind the chunk that went over a limit.
        """
        unpacked = 0
        for chunk in chunks:
            unpacked += len(chunk)
            self.unpacked += len(chunk)
            yield chunk
            if unpacked > max(RATIO_FLOOR, self.limits.max_ratio * taken()):
                raise Damage(
                    GapReason.BOMB,
                    f"unpacks to more than {self.limits.max_ratio} times its packed size; "
                    "only its beginning was scanned; limits.max_ratio sets the bound",
                )
            if trouble := self.exhausted():
                raise Damage(trouble.reason, trouble.detail)


def too_large(limit: int) -> Trouble:
    """The trouble of a member of which only the beginning was kept."""
    return Trouble(
        GapReason.TOO_LARGE,
        f"is larger than {limit} bytes; only its beginning was scanned; raise limits.max_member_bytes",
    )
