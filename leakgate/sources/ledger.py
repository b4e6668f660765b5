"""What a run has claimed and what it left out, so that overlapping arguments count once."""

from __future__ import annotations


class Ledger:
    """Keyed by real path. A single root cannot meet a path twice, so it need not remember them."""

    __slots__ = ("_claimed", "_count", "_remember", "_skipped")

    def __init__(self, *, remember: bool) -> None:
        self._remember = remember
        self._claimed: set[str] = set()
        self._skipped: set[str] = set()
        self._count = 0

    @property
    def remembers(self) -> bool:
        return self._remember

    def claim(self, real: str) -> bool:
        """True for the first to ask; the artifact or gap is theirs to yield."""
        if not self._remember:
            return True
        if real in self._claimed:
            return False
        self._claimed.add(real)
        return True

    def skip(self, real: str) -> None:
        """A file, or a directory as a whole, that a pattern leaves out."""
        if self._remember:
            self._skipped.add(real)
        else:
            self._count += 1

    @property
    def skipped(self) -> int:
        """What one argument leaves out and another brings in is not skipped."""
        return len(self._skipped - self._claimed) if self._remember else self._count
