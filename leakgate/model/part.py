"""A part of a big text that can be scanned on its own, beside the other parts."""

from __future__ import annotations

from leakgate.model.records import dataclass
from leakgate.model.segment import Origin


@dataclass(frozen=True, slots=True)
class Part:
    """Bytes of an artifact's text; parts overlap, and each match belongs to the part in which it begins.

    Slices are those of a scan in one go: the first begins at `origin`, and those from `stop` on are
    another part's. The part owns matches that begin in `owned_from..owned_until`, and counts the bytes
    from `counted_from` on as its own. None is the end of the artifact.
    """

    number: int
    origin: Origin
    owned_from: int
    counted_from: int
    owned_until: int | None = None
    stop: int | None = None

    def owns(self, offset: int) -> bool:
        """Whether a match that begins at `offset` of the artifact is this part's to report."""
        return self.owned_from <= offset and (self.owned_until is None or offset < self.owned_until)
