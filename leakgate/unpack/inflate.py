"""
Drives decompressors in bounded steps over the packed bytes of a reader.

Never knows a container format; never inflates more than one chunk ahead of its consumer.
"""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from leakgate.model.artifact import Reader
from leakgate.model.gap import GapReason
from leakgate.model.limits import MIB
from leakgate.unpack.budget import Damage

BLOCK = 64 * 1024
CHUNK = MIB
# xz -9 needs 65 MiB; a header may ask for 1.5 GiB before a single byte was unpacked.
LZMA_MEMORY = 512 * MIB
TRUNCATED = "is truncated or damaged; only what came before was scanned"


class Decompressor(Protocol):
    """As bz2.BZ2Decompressor and lzma.LZMADecompressor have it."""

    @property
    def eof(self) -> bool: ...

    @property
    def needs_input(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, max_length: int) -> bytes: ...


class Packed:
    """Bytes `start` to `end` of a reader in blocks; `taken` counts those handed out.

    `used` are those that a single stream has taken of them, once its end was reached.
    """

    def __init__(self, reader: Reader, start: int = 0, end: int | None = None, block: int = BLOCK) -> None:
        self._reader = reader
        self._at = start
        self._end = reader.size if end is None else min(end, reader.size)
        self._block = block
        self.taken = 0
        self.used: int | None = None

    def __iter__(self) -> Iterator[bytes]:
        while self._at < self._end:
            found = read_or_damage(self._reader, self._at, min(self._block, self._end - self._at))
            if not found:
                return
            self._at += len(found)
            self.taken += len(found)
            yield found

    def packed_size(self) -> int:
        return self.taken


def read_or_damage(reader: Reader, offset: int, length: int) -> bytes:
    """Raises Damage instead of OSError."""
    try:
        return reader.read(offset, length)
    except OSError as error:
        raise Damage(
            GapReason.UNREADABLE, "could not be read to its end (I/O error); check the disk"
        ) from error


class Deflate:
    """zlib in the shape of the other decompressors; `wbits` as zlib takes it.

    On damage it first gives what the good bytes before it unpack to, then raises.
    """

    def __init__(self, wbits: int) -> None:
        self._zlib = zlib.decompressobj(wbits)
        self._damage: zlib.error | None = None
        self.needs_input = True

    @property
    def eof(self) -> bool:
        return self._zlib.eof

    @property
    def unused_data(self) -> bytes:
        return self._zlib.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        if self._damage is not None:
            raise self._damage
        data = self._zlib.unconsumed_tail + data
        before = self._zlib.copy()
        try:
            out = self._zlib.decompress(data, max_length)
        except zlib.error as error:
            self._damage = error
            self.needs_input = False
            return _salvaged(before, data, max_length)
        self.needs_input = not self._zlib.unconsumed_tail and len(out) < max_length
        return out


def _salvaged(codec: zlib._Decompress, data: bytes, max_length: int) -> bytes:
    """Output up to the byte at which `codec` fails: zlib drops the output of a call that fails."""
    found = bytearray()
    try:
        for at in range(len(data)):
            if len(found) >= max_length:
                break
            found += codec.decompress(data[at : at + 1], max_length)
    except zlib.error:
        return bytes(found)
    return bytes(found)


def inflated(
    packed: Iterable[bytes], new: Callable[[], Decompressor], *, feed: int, streams: bool
) -> Iterator[bytes]:
    """Unpacked chunks. With `streams`, more streams may follow, with NUL padding between.

    `feed` is how many packed bytes are given at once: the output of a step that fails is lost.
    Raises Damage where the stream is damaged, or ends before its end.
    """
    codec = new()
    for block in packed:
        rest = block
        while rest:
            if codec.eof:
                rest = rest.lstrip(b"\0")
                if not rest:
                    break
                codec = new()
            yield from _steps(codec, rest[:feed])
            rest = codec.unused_data + rest[feed:] if codec.eof else rest[feed:]
            if codec.eof and not streams:
                if isinstance(packed, Packed):
                    packed.used = packed.taken - len(rest)
                return
    if not codec.eof:
        raise Damage(GapReason.MALFORMED, TRUNCATED)


def _steps(codec: Decompressor, data: bytes) -> Iterator[bytes]:
    out = _step(codec, data)
    while True:
        if out:
            yield out
        if codec.eof or codec.needs_input:
            return
        out = _step(codec, b"")


def _step(codec: Decompressor, data: bytes) -> bytes:
    try:
        return codec.decompress(data, CHUNK)
    except (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError, MemoryError) as error:
        # bz2 reports bad input as OSError or ValueError, lzma an excessive dictionary as LZMAError.
        raise Damage(GapReason.MALFORMED, TRUNCATED) from error


def deflate_chunks(packed: Iterable[bytes]) -> Iterator[bytes]:
    """A raw deflate stream, as in zip."""
    return inflated(packed, lambda: Deflate(-15), feed=16 * 1024, streams=False)


def gzip_chunks(packed: Iterable[bytes]) -> Iterator[bytes]:
    return inflated(packed, lambda: Deflate(31), feed=16 * 1024, streams=True)


def bzip2_chunks(packed: Iterable[bytes], *, streams: bool = True) -> Iterator[bytes]:
    return inflated(packed, bz2.BZ2Decompressor, feed=256, streams=streams)


def xz_chunks(packed: Iterable[bytes]) -> Iterator[bytes]:
    return inflated(
        packed, lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=LZMA_MEMORY), feed=256, streams=True
    )


def lzma_alone_chunks(packed: Iterable[bytes]) -> Iterator[bytes]:
    """The format before xz: `.lzma`."""
    return inflated(
        packed,
        lambda: lzma.LZMADecompressor(lzma.FORMAT_ALONE, memlimit=LZMA_MEMORY),
        feed=256,
        streams=False,
    )
