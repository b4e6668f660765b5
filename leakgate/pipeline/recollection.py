"""
What earlier runs found out, as outcomes: in the words of a store, under names that say what decided them.

Keeps what would be the same if it were scanned again, and nothing else. Never raises.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from leakgate.model.detection import Rule
from leakgate.model.gap import GapReason
from leakgate.model.kin import Kin
from leakgate.pipeline.outcome import UnitOutcome
from leakgate.pipeline.outcome_text import read, written
from leakgate.pipeline.relocation import is_empty


class Store(Protocol):
    """Records by name, believed with a signature only. Trouble with it is told in `notes`."""

    notes: list[str]

    def name(self, *parts: bytes) -> bytes: ...

    def get(self, name: bytes) -> bytes | None: ...

    def put(self, name: bytes, record: bytes) -> None: ...

    def close(self) -> None: ...


@dataclass(slots=True)
class Recollection:
    """`circumstances` is a digest of all that decides an outcome beside bytes and name.

    `fingerprints_last` says that a later run has the same fingerprints, and that nobody can guess them back
    who reads the store. `sources_count` says that findings and claims also depend on a checkout.
    """

    store: Store
    circumstances: bytes
    rules: Mapping[str, Rule]
    fingerprints_last: bool
    sources_count: bool
    damaged: int = field(default=0, init=False)
    _waiting: list[tuple[bytes, UnitOutcome]] = field(default_factory=list, init=False)

    def recall(self, digest: bytes, kin: Kin) -> UnitOutcome | None:
        record = self.store.get(self._name(digest, kin))
        if record is None:
            return None
        try:
            return read(record, self.rules)
        except (ValueError, TypeError, LookupError):
            self.damaged += 1
            return None

    def keep(self, digest: bytes, kin: Kin, outcome: UnitOutcome) -> None:
        if any(gap.reason is GapReason.MODEL_MISSING for gap in outcome.gaps):
            return  # it may be there the next time
        if outcome.findings and not self.fingerprints_last:
            return
        if self.sources_count and (outcome.findings or outcome.claims):
            return
        if is_empty(outcome):
            self._put(self._name(digest, kin), outcome)
        else:
            self._waiting.append((self._name(digest, kin), outcome))

    def close(self, masked: Callable[[UnitOutcome], UnitOutcome]) -> None:
        """Writes what is new; what has names only now, `masked` by all values of the run."""
        for name, outcome in self._waiting:
            self._put(name, masked(outcome))
        self._waiting.clear()
        self.store.close()

    def _put(self, name: bytes, outcome: UnitOutcome) -> None:
        record = written(outcome, self.rules)
        if record is not None:
            self.store.put(name, record)

    def _name(self, digest: bytes, kin: Kin) -> bytes:
        return self.store.name(
            self.circumstances, digest, *(part.encode("utf-8", "surrogatepass") for part in kin)
        )
