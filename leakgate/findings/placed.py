"""A match with its place in the raw bytes of its member; holds the raw value until sealing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from leakgate.model.detection import Match
from leakgate.model.records import dataclass
from leakgate.model.segment import Segment
from leakgate.model.spans import Span


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """`span` is of the segment's data, `raw` covers it in the raw text, `absolute` in the member."""

    match: Match
    segment: Segment
    raw: Span

    @property
    def absolute(self) -> Span:
        return self.raw.shifted(self.segment.text.origin.offset)


def placed(segment: Segment, matches: Iterable[Match]) -> Iterator[Placed]:
    """Each match of `segment` with the raw span that covers it."""
    for match in matches:
        yield Placed(match, segment, segment.trail.to_raw(match.span))
