"""
What is packed within a file that is no container: opened where it stands; a gap for what is not explained.

Beside the scan of the file as it stands, never instead of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from leakgate.model.artifact import Artifact, Named
from leakgate.model.gap import Gap, GapReason
from leakgate.model.limits import MIB, Limits
from leakgate.unpack.budget import Trouble
from leakgate.unpack.carving.brotli_stream import brotli_members, is_brotli
from leakgate.unpack.carving.known import Known
from leakgate.unpack.carving.marks import LONGEST, Hit, hits
from leakgate.unpack.carving.opaque import BLOCK, noise
from leakgate.unpack.carving.streams import Opener
from leakgate.unpack.containers.base import Member, gap

# Their readers unpack what is in them. Numbers of arrays look like noise and are none.
_READ_WHOLE = frozenset(("PDF", "Parquet", "Avro"))
_NUMBERS = frozenset(("numpy array",))
_STEP = MIB


def packed_within(
    opener: Opener, limits: Limits, known: Known | None, read_as: str
) -> Iterator[Member | Gap | Named]:
    """Members and gaps of a binary file; `read_as` names the format that has a reader. Raises OSError."""
    if read_as in _READ_WHOLE:
        return
    reader, artifact = opener.reader, opener.artifact
    yield from _opened(opener, limits, known)
    head = reader.read(0, 64 * 1024)
    if not opener.opened and known is None and not read_as and is_brotli(head):
        yield from brotli_members(reader, artifact, opener.budget)
    elif read_as not in _NUMBERS:
        explained = sorted([*opener.opened, *([(0, known.end)] if known is not None else [])])
        yield from _opaque(list(noise(reader, limits, explained)), artifact)


def _opened(opener: Opener, limits: Limits, known: Known | None) -> Iterator[Member | Gap | Named]:
    """Whatever unpacks, in order; within native code nothing else counts."""
    reader = opener.reader
    end = min(reader.size, limits.max_artifact_bytes)
    at = known.end if known is not None and not known.is_code else 0
    is_dump = reader.read(0, 4) == b"\x7fELF"  # of memory, with the code in it
    code = end if is_dump and known is None else known.end if known is not None else 0
    while at < end and not opener.exhausted:
        raw = reader.read(at, _STEP + LONGEST)
        if not raw:
            return
        if raw.strip(b"\0"):
            for hit in sorted(hits(raw, at, min(_STEP, end - at))):
                yield from opener.open(hit, certain_only=hit.at < code)
        at = max(at + _STEP, opener.until)


def _opaque(places: list[int], artifact: Artifact) -> Iterator[Gap]:
    if places:
        detail = (
            f"{len(places) * BLOCK} bytes from byte {places[0]} on look encrypted, or packed in a way "
            "that is not known; leave them out, or keep what they are made of"
        )
        yield gap(artifact, Trouble(GapReason.OPAQUE, detail))


def packed_behind_text(places: Iterable[Hit], opener: Opener) -> Iterator[Member | Gap | Named]:
    """What stands among text, such as the archive in a script that unpacks itself."""
    for hit in sorted(places):
        yield from opener.open(hit)
