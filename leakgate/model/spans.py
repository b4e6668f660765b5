"""Half-open byte ranges, the only coordinates that stages exchange."""

from __future__ import annotations

from leakgate.model.records import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Bytes `start` (inclusive) to `end` (exclusive)."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    @property
    def width(self) -> int:
        return self.end - self.start

    def shifted(self, by: int) -> Span:
        return Span(self.start + by, self.end + by)

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end
