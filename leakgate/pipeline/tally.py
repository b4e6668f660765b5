"""How much of a unit was looked at, and how often each rule matched in each of its artifacts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from leakgate.model.artifact import Artifact
from leakgate.model.segment import Segment


@dataclass(slots=True)
class Tally:
    """`scanned` are raw bytes, each once, `decoded` derived ones; `reached` is how far an artifact was read.

    `embedded` are containers within decoded values, `deepest` is the deepest nesting of a segment, `claims`
    are what reports said of other files, `pictures` those and videos, whose pixels nobody looked at.
    """

    members: int = 0
    scanned: int = 0
    decoded: int = 0
    embedded: int = 0
    deepest: int = 0
    claims: int = 0
    pictures: int = 0
    reached: dict[Artifact, int] = field(default_factory=dict)
    matches: dict[Artifact, Counter[str]] = field(default_factory=dict)

    def count(self, segment: Segment, depth: int) -> None:
        self.deepest = max(self.deepest, depth)
        if segment.decoded:
            return
        text = segment.text
        end = text.origin.offset + len(text.raw)
        before = max(self.reached.get(text.artifact, 0), text.origin.offset)
        if end > before:
            self.scanned += end - before
            self.reached[text.artifact] = end

    def match(self, artifact: Artifact, rule: str, times: int = 1) -> int:
        """Counts matches of a rule; how many there are now in that artifact."""
        matches = self.matches.setdefault(artifact, Counter())
        matches[rule] += times
        return matches[rule]

    def most_by_rule(self) -> dict[str, int]:
        """Matches of each rule in the artifact that has the most of them."""
        most: dict[str, int] = {}
        for matches in self.matches.values():
            for rule, count in matches.items():
                most[rule] = max(count, most.get(rule, 0))
        return most
