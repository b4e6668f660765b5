"""
Bytes that look like noise: encrypted, or packed in a way that is not known.

A block of 4 KiB of random bytes has an entropy of 7.95 bits per byte, of deflate 7.8 to 7.95; machine code
has 6 to 6.6, base64 6, and numbers in tables stay below 7.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from leakgate.model.artifact import Reader
from leakgate.model.limits import MIB, Limits

BLOCK = 4096
_LEAST = 7.75  # bits per byte
_STEP = 256  # blocks that are counted at once


def noise(reader: Reader, limits: Limits, explained: Sequence[tuple[int, int]]) -> Iterator[int]:
    """Offsets of blocks of noise that are not within what is explained. Raises OSError.

    `explained` are half-open and in order.
    """
    end = min(reader.size, limits.max_artifact_bytes)
    at = nth = 0
    while at + BLOCK <= end:
        while nth < len(explained) and explained[nth][1] <= at:
            nth += 1
        inside = nth < len(explained) and explained[nth][0] < at + BLOCK
        if inside:
            at = max(explained[nth][1], at + 1)
            continue
        stop = min(end, explained[nth][0] if nth < len(explained) else end, at + MIB)
        raw = reader.read(at, stop - at)
        if len(raw) < BLOCK:
            return
        yield from (at + place for place in _noisy(raw))
        at += len(raw) // BLOCK * BLOCK


def _noisy(raw: bytes) -> Iterator[int]:
    import numpy as np

    blocks = len(raw) // BLOCK
    codes = np.frombuffer(raw, np.uint8, blocks * BLOCK).reshape(blocks, BLOCK)
    for first in range(0, blocks, _STEP):
        some = codes[first : first + _STEP]
        rows = np.arange(len(some), dtype=np.int64)[:, None] * 256
        counts = np.bincount((some + rows).ravel(), minlength=256 * len(some)).reshape(len(some), 256)
        shares = counts / BLOCK
        bits = -(shares * np.log2(np.maximum(shares, 1e-12))).sum(axis=1)
        yield from ((first + nth) * BLOCK for nth in np.flatnonzero(bits >= _LEAST).tolist())
