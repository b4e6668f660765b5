"""
Composes what lets a run scan the same bytes once: copies within it, and what earlier runs found out.

Says of each setting whether it decides an outcome. What may decide one, and is not known to be the same, is
never reused.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import astuple, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from leakgate import __version__
from leakgate.findings.masking import Masker
from leakgate.model.artifact import Artifact
from leakgate.model.detection import Rule
from leakgate.model.kin import Kin, KinOf, ending
from leakgate.model.limits import Limits
from leakgate.model.records import dataclass
from leakgate.model.selection import Selection
from leakgate.pipeline.masked import masked_outcome
from leakgate.pipeline.reuse import NOTHING_KNOWN, Reuse
from leakgate.pipeline.twins import Twins
from leakgate.pipeline.unit import UnitScanner
from leakgate.sources.prints import FilePrints
from leakgate.unpack.labels import unpacked_name

if TYPE_CHECKING:
    from leakgate.pipeline.recollection import Recollection


@dataclass(frozen=True, slots=True)
class ResultCache:
    """Where results are kept, and the key that signs them; others must not have it.

    `fingerprints_last`: later runs make the same fingerprints, with a key that is a secret.
    """

    directory: Path
    key: bytes = field(repr=False)
    fingerprints_last: bool


@dataclass(frozen=True, slots=True)
class Circumstances:
    """All that decides an outcome beside bytes and name; `packs` is all that foreign rules say."""

    policy_digest: str
    selection: Selection
    limits: Limits
    rules: Sequence[Rule]
    packs: tuple[str, ...]
    key_check: str
    source_root: bool
    known_values: tuple[tuple[str, str], ...] = field(repr=False)


def kin_of_names(packs: bool) -> KinOf:
    """What readers, rules and containers ask of a name. Foreign rules may ask for all of a path."""

    def kin_of(artifact: Artifact) -> Kin:
        asked = (unpacked_name(artifact.name), ending(artifact.name))
        return (*asked, artifact.path, *artifact.members) if packs else asked

    return kin_of


@dataclass(frozen=True, slots=True)
class Remembering:
    """Good for one run of `scanner`. `close` writes what is new; it says what went wrong, in lines."""

    scanner: UnitScanner
    reuse: Reuse
    memory: Recollection | None

    def close(self, masker: Masker) -> tuple[str, ...]:
        if self.memory is None:
            return ()
        self.memory.close(partial(masked_outcome, masker))
        damaged = f"the result cache holds {self.memory.damaged} records that could not be read"
        return (*self.memory.store.notes, *((damaged,) if self.memory.damaged else ()))


def remembering(scanner: UnitScanner, told: Circumstances, cache: ResultCache | None) -> Remembering:
    """Copies are told in any run, earlier runs with a cache; nothing is where providers are asked."""
    if scanner.sealer.verify is not None:
        return Remembering(scanner, NOTHING_KNOWN, None)
    memory = _memory(cache, told) if cache is not None else None
    kin_of = kin_of_names(bool(told.packs))
    reuse = Reuse(FilePrints(), kin_of, scanner.sealer.redact, memory)
    return Remembering(replace(scanner, twins=Twins(FilePrints(), kin_of)), reuse, memory)


def _memory(cache: ResultCache, told: Circumstances) -> Recollection:
    from leakgate.pipeline.recollection import Recollection
    from leakgate.remembered.store import ResultStore

    return Recollection(
        ResultStore(cache.directory, cache.key),
        _digest(cache.key, told if cache.fingerprints_last else replace(told, key_check="")),
        {rule.id: rule for rule in told.rules},
        fingerprints_last=cache.fingerprints_last,
        sources_count=told.source_root,
    )


def _digest(key: bytes, told: Circumstances) -> bytes:
    """Keyed, as known values are part of it. What has no order is put in order first."""
    from leakgate.remembered.circumstances import code_digest, installed

    selection = told.selection
    parts = (
        __version__,
        code_digest(),
        installed(),
        told.policy_digest,
        sorted(selection.categories),
        sorted(selection.locales),
        replace(selection, categories=frozenset(), locales=frozenset()),
        astuple(replace(told.limits, max_seconds=0.0, max_memory_bytes=0)),
        [repr(rule) for rule in told.rules],
        told.packs,
        told.key_check,
        told.source_root,
        told.known_values,
    )
    text = "\0".join(map(repr, parts)).encode("utf-8", "surrogatepass")
    return hmac.new(key, b"circumstances\0" + text, hashlib.sha256).digest()
