"""
Shares of true and false answers, with the bounds that so few samples allow.

Knows nothing of texts or findings.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

_Z = 1.96  # of the normal distribution, for 95 %


@dataclass(frozen=True, slots=True)
class Share:
    """`hits` of `total`."""

    hits: int = 0
    total: int = 0

    def counting(self, hit: bool) -> Share:
        """With one more sample."""
        return Share(self.hits + hit, self.total + 1)

    @property
    def value(self) -> float:
        return self.hits / self.total if self.total else 0.0

    @property
    def bounds(self) -> tuple[float, float]:
        """Wilson's 95 % interval (1927)."""
        if not self.total:
            return 0.0, 1.0
        spread = _Z * _Z / self.total
        middle = (self.value + spread / 2) / (1 + spread)
        half = _Z / (1 + spread) * sqrt(self.value * (1 - self.value) / self.total + spread / self.total / 4)
        return max(0.0, middle - half), min(1.0, middle + half)

    def __str__(self) -> str:
        low, high = self.bounds
        return f"{self.hits} of {self.total} = {self.value:.3f} ({low:.3f} to {high:.3f})"
