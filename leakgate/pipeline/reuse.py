"""
The same bytes are scanned once: copies of a file within a run, and files that an earlier run scanned.

A copy is told by size first, and only then by digest: files of a size of their own cost nothing. What the
name of a file decides is compared as well. Where the answer may not be the same, the file is scanned.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol, TypeVar

from leakgate.model.artifact import Artifact, Unit
from leakgate.model.gap import GapReason
from leakgate.model.kin import Kin, KinOf
from leakgate.model.prints import Prints, Stamp
from leakgate.model.records import dataclass
from leakgate.pipeline.outcome import UnitOutcome
from leakgate.pipeline.relocation import is_all_at, is_empty, relocated
from leakgate.pipeline.watchdog import LAST, Overdue, Watchdog

# Bytes. Copies below that cost little more to scan than to tell, and sizes are alike by chance; what an
# earlier run found out is worth a digest of whatever is there.
_LEAST, _LEAST_REMEMBERED = 1024, 1
_MOST = 20_000  # files that are remembered, about 1 KiB each
# What another look at the same bytes may not meet again.
PASSING = frozenset(
    (
        GapReason.UNREADABLE,
        GapReason.DENIED,
        GapReason.VANISHED,
        GapReason.CHANGED,
        GapReason.TIME_LIMIT,
        GapReason.MEMORY_LIMIT,
        GapReason.INTERRUPTED,
        GapReason.RECOGNIZER_FAILED,
    )
)

Redact = Callable[[str], str]
K = TypeVar("K")


class Memory(Protocol):
    """What earlier runs found out. Never raises."""

    def recall(self, digest: bytes, kin: Kin) -> UnitOutcome | None:
        """The outcome of bytes with such a name, of no path; None where nothing is known."""

    def keep(self, digest: bytes, kin: Kin, outcome: UnitOutcome) -> None:
        """Remembers it, if it may be; the paths in it are of no account."""


@dataclass(slots=True, eq=False)
class _Seen:
    """A unit of this run; `outcome` is None until it is known."""

    number: int
    unit: Unit
    kin: Kin
    stamp: Stamp
    digest: bytes | None = None
    outcome: UnitOutcome | None = None
    waiting: list[tuple[int, Unit]] | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """The unit is a copy of one that is being scanned: `Reuse.done` will tell what it came to."""


Settled = tuple[int, Unit, UnitOutcome | None]


class Reuse:
    """For one run. Bounded: of many different files, the ones seen first are forgotten."""

    def __init__(self, prints: Prints, kin_of: KinOf, redact: Redact, memory: Memory | None = None) -> None:
        self._prints = prints
        self._kin_of = kin_of
        self._redact = redact
        self._memory = memory
        self._by_size: OrderedDict[tuple[int, Kin], _Seen] = OrderedDict()
        self._by_digest: OrderedDict[tuple[bytes, Kin], _Seen] = OrderedDict()
        self._pending: dict[int, _Seen] = {}

    def begin(self, number: int, unit: Unit) -> UnitOutcome | Waiting | None:
        """What is known of unit `number`; None where it has to be scanned, and `done` told."""
        stamp = self._prints.stamp(unit)
        least = _LEAST if self._memory is None else _LEAST_REMEMBERED
        if stamp is None or stamp.size < least:
            return None
        seen = _Seen(number, unit, self._kin_of(unit.artifact), stamp)
        if self._memory is None and not self._has_twin(seen):
            self._pending[number] = seen
            return None
        seen.digest = self._prints.digest(unit, stamp)
        if seen.digest is None:
            return None
        first = self._by_digest.get((seen.digest, seen.kin))
        if first is None:
            return self._recalled(seen)
        if first.number in self._pending:
            first.waiting = [*(first.waiting or ()), (number, unit)]
            return Waiting()
        return self._told(first.outcome, first.unit, unit)

    def done(self, number: int, outcome: UnitOutcome) -> tuple[Settled, ...]:
        """Notes what scanning unit `number` came to; tells its copies, None where each is to be scanned."""
        seen = self._pending.pop(number, None)
        if seen is None:
            return ()
        lasting = PASSING.isdisjoint(gap.reason for gap in outcome.gaps)
        seen.outcome = outcome if lasting else None
        self._keep(seen)
        waiting, seen.waiting = seen.waiting or (), None
        return tuple((at, unit, self._told(seen.outcome, seen.unit, unit)) for at, unit in waiting)

    def spoilt(self, number: int) -> tuple[Settled, ...]:
        """Unit `number` was not scanned to its end: nobody is to take that for its outcome."""
        seen = self._pending.pop(number, None)
        return tuple((at, unit, None) for at, unit in (seen.waiting or ())) if seen is not None else ()

    def _has_twin(self, seen: _Seen) -> bool:
        """Whether a file of that size was there before, whose digest is then known; remembers this one."""
        key = (seen.stamp.size, seen.kin)
        first = self._by_size.get(key)
        if first is None:
            _put(self._by_size, key, seen)
            return False
        if first.digest is None:
            first.digest = self._prints.digest(first.unit, first.stamp)
            if first.digest is None:  # it changed since
                _put(self._by_size, key, seen)
                return False
            _put(self._by_digest, (first.digest, first.kin), first)
        return True

    def _recalled(self, seen: _Seen) -> UnitOutcome | None:
        assert seen.digest is not None
        _put(self._by_digest, (seen.digest, seen.kin), seen)
        known = self._memory.recall(seen.digest, seen.kin) if self._memory is not None else None
        if known is not None:
            coverage = replace(known.coverage, from_cache=1)
            told = self._at(replace(known, coverage=coverage), seen.unit.artifact)
            seen.outcome = told
            if told is not None:
                return told
        self._pending[seen.number] = seen
        return None

    def _keep(self, seen: _Seen) -> None:
        """Only what is the outcome of these very bytes: they are looked at again."""
        if self._memory is None or seen.outcome is None or seen.digest is None:
            return
        if self._prints.digest(seen.unit, seen.stamp) == seen.digest:
            self._memory.keep(seen.digest, seen.kin, seen.outcome)

    def _told(self, outcome: UnitOutcome | None, first: Unit, unit: Unit) -> UnitOutcome | None:
        if outcome is None or is_empty(outcome):
            return outcome and relocated(outcome, "")
        try:
            if not is_all_at(outcome, self._redact(first.artifact.path)):
                return None
        except Exception:  # noqa: BLE001 - its own scan tells what is wrong with the name
            return None
        return self._at(outcome, unit.artifact)

    def _at(self, outcome: UnitOutcome, artifact: Artifact) -> UnitOutcome | None:
        try:
            return relocated(outcome, "" if is_empty(outcome) else self._redact(artifact.path))
        except Exception:  # noqa: BLE001 - its own scan tells what is wrong with the name
            return None


def _put(table: OrderedDict[K, _Seen], key: K, seen: _Seen) -> None:
    table[key] = seen
    if len(table) > _MOST:
        table.popitem(last=False)


def known(reuse: Reuse, watchdog: Watchdog, number: int, unit: Unit) -> UnitOutcome | Waiting | None:
    """What `reuse` knows of a unit; nothing once the time is over, or where reading its file takes longer."""
    if watchdog.deadline.passed():
        return None
    try:
        with watchdog.guarding(LAST):
            return reuse.begin(number, unit)
    except Overdue:
        return None


class _NoPrints:
    def stamp(self, unit: Unit) -> Stamp | None:
        return None

    def digest(self, unit: Unit, stamp: Stamp) -> bytes | None:
        return None


# For runs that scan everything.
NOTHING_KNOWN = Reuse(_NoPrints(), lambda artifact: (), str)
