"""Sequential, bounded reading from a stream of chunks that may end early; never seeks."""

from __future__ import annotations

from collections.abc import Iterator

from leakgate.unpack.budget import Budget, Damage, Trouble, too_large


class Flow:
    """Bytes out of chunks, in order. Where the chunks raise Damage it ends, and `trouble` says why."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._held = b""
        self._at = 0
        self.trouble: Trouble | None = None

    def read(self, length: int) -> bytes:
        """Exactly `length` bytes; fewer only at the end."""
        parts: list[bytes] = []
        missing = length
        while missing > 0 and self._fill():
            part = self._held[self._at : self._at + missing]
            self._at += len(part)
            missing -= len(part)
            parts.append(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def peek(self, length: int) -> bytes:
        """What `read` would give, left in place."""
        found = self.read(length)
        self._held = found + self._held[self._at :]
        self._at = 0
        return found

    def skip(self, length: int) -> int:
        """Drops `length` bytes; gives how many there were."""
        missing = length
        while missing > 0 and self._fill():
            step = min(missing, len(self._held) - self._at)
            self._at += step
            missing -= step
        return length - missing

    def _fill(self) -> bool:
        """Whether there is at least one byte to take."""
        while self._at >= len(self._held):
            try:
                chunk = next(self._chunks, None)
            except Damage as damage:
                self.trouble = damage.trouble
                chunk = None
            if chunk is None:
                self._held, self._at = b"", 0
                return False
            self._held, self._at = chunk, 0
        return True


def gather(flow: Flow, budget: Budget) -> tuple[bytes, Trouble | None]:
    """The rest of the flow up to the limit of a member, and what kept it from being whole."""
    limit = budget.limits.max_member_bytes
    data = flow.read(limit)
    if len(data) == limit and flow.peek(1):
        return data, too_large(limit)
    return data, flow.trouble
