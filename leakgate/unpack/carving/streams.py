"""
Opens what begins at a place within other bytes: streams by unpacking them, archives as members of their own.

A place is believed where its stream unpacks. One that does not is no gap: a magic occurs by chance.
"""

from __future__ import annotations

import lzma
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from leakgate.model.artifact import Artifact, Named, Reader
from leakgate.model.gap import Gap, GapReason
from leakgate.model.limits import MIB
from leakgate.unpack.budget import Budget, Trouble, too_large
from leakgate.unpack.carving.brotli_stream import brotli_chunks
from leakgate.unpack.carving.marks import OPENED, Hit
from leakgate.unpack.containers.base import Member, gap
from leakgate.unpack.containers.compressed import stream_members
from leakgate.unpack.containers.tar_header import is_tar
from leakgate.unpack.decoders.payload import is_text
from leakgate.unpack.flow import Flow, gather
from leakgate.unpack.inflate import (
    LZMA_MEMORY,
    Decompressor,
    Deflate,
    Packed,
    bzip2_chunks,
    inflated,
    lzma_alone_chunks,
)

_FEED = 16 * 1024
_TRIED = 4096  # bytes that are read at once: most places are none
_LEAST = 16  # bytes that a stream with a weak header must unpack to
_TELLING = 256  # bytes of text that are no chance, though their stream is damaged
_WASTED = 64 * MIB  # packed bytes of places that are none, after which no more are tried
_WEAK = frozenset(("zlib", "brotli"))  # their headers occur by chance
_END_OF_ZIP = b"PK\5\6"
_WINDOW = 128 * MIB
_MANY = Trouble(
    GapReason.TOO_MANY, "has too many places that look like compressed streams and are none; leave it out"
)


class _Zstd:
    """zstandard in the shape of the other decompressors, for one frame."""

    def __init__(self) -> None:
        import zstandard

        self._error = zstandard.ZstdError
        self._codec = zstandard.ZstdDecompressor(max_window_size=_WINDOW).decompressobj()
        self.needs_input = True

    @property
    def eof(self) -> bool:
        return self._codec.eof

    @property
    def unused_data(self) -> bytes:
        return self._codec.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        try:
            return self._codec.decompress(data)
        except self._error as error:
            raise ValueError from error


def _xz() -> Decompressor:
    return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=LZMA_MEMORY)


_STREAMS: dict[str, Callable[[Packed], Iterator[bytes]]] = {
    "gzip": lambda packed: inflated(packed, lambda: Deflate(31), feed=_FEED, streams=False),
    "zlib": lambda packed: inflated(packed, lambda: Deflate(15), feed=_FEED, streams=False),
    "zstd": lambda packed: inflated(packed, _Zstd, feed=256, streams=False),
    "xz": lambda packed: inflated(packed, _xz, feed=256, streams=False),
    "bzip2": lambda packed: bzip2_chunks(packed, streams=False),
    "lzma": lzma_alone_chunks,
    "brotli": brotli_chunks,
}


@dataclass(slots=True)
class Opener:
    """Of one artifact. `until` is the end of what was opened last; `opened` are all of them, in order."""

    reader: Reader
    artifact: Artifact
    budget: Budget
    until: int = 0
    opened: list[tuple[int, int]] = field(default_factory=list)
    _wasted: int = 0
    _named: set[str] = field(default_factory=set)

    @property
    def exhausted(self) -> bool:
        return self._wasted > max(_WASTED, 8 * self.reader.size)

    def open(self, hit: Hit, *, certain_only: bool = False) -> Iterator[Member | Gap | Named]:
        """The members at one place, and gaps of them; nothing where a place is none.

        Code holds magics and pieces of streams as constants: `certain_only` believes what unpacks as a whole.
        """
        if hit.at < self.until or self.exhausted:
            return
        if hit.kind in _STREAMS:
            yield from self._stream(hit, certain_only=certain_only)
        elif hit.kind in OPENED:
            yield from self._archive(hit)
        elif not certain_only and hit.kind not in self._named:
            self._named.add(hit.kind)
            detail = (
                f"{hit.kind} at byte {hit.at} is not read; unpack it before, or pack it as zip, tar or 7z"
            )
            yield gap(self.artifact, Trouble(GapReason.UNSUPPORTED, detail))
        if self._wasted > max(_WASTED, 8 * self.reader.size):
            yield gap(self.artifact, _MANY)

    def _stream(self, hit: Hit, *, certain_only: bool) -> Iterator[Member | Gap | Named]:
        packed = Packed(self.reader, hit.at, block=_TRIED)
        flow = Flow(self.budget.metered(_STREAMS[hit.kind](packed), packed.packed_size))
        name = f"{hit.kind}@{hit.at}"
        if is_tar(flow.peek(512)):
            yield from stream_members(flow, name, self.artifact, self.budget)
            flow.skip(self.budget.limits.max_member_bytes)
            self._done(hit, packed)
            return
        data, cut = gather(flow, self.budget)
        if not self._believed(hit, data, cut, certain_only=certain_only):
            self._wasted += packed.taken
            return
        self._done(hit, packed)
        if trouble := self.budget.admit():
            yield gap(self.artifact, trouble)
            return
        inner = self.artifact.member(name)
        if data:
            yield Member(inner, data)
        if cut is not None:
            yield gap(inner, cut)

    def _believed(self, hit: Hit, data: bytes, cut: Trouble | None, *, certain_only: bool) -> bool:
        """A whole stream has its check sum; of a damaged one, what came out of it must be no chance."""
        if cut is None:
            return len(data) >= _LEAST or hit.kind not in _WEAK
        if cut.reason is not GapReason.MALFORMED:
            return hit.kind not in _WEAK or len(data) >= min(MIB, self.budget.limits.max_member_bytes)
        if certain_only or not data:
            return False
        return hit.kind not in _WEAK or (len(data) >= _TELLING and is_text(data[:_FEED]))

    def _done(self, hit: Hit, packed: Packed) -> None:
        self._reached(hit.at, hit.at + (packed.taken if packed.used is None else packed.used))

    def _reached(self, start: int, end: int) -> None:
        self.until = end
        self.opened.append((start, end))

    def _archive(self, hit: Hit) -> Iterator[Member | Gap | Named]:
        """The archive's bytes as one member, which is opened like a file."""
        end = min(self._end(hit), self.reader.size)
        most = self.budget.limits.max_member_bytes
        if trouble := self.budget.admit():
            yield gap(self.artifact, trouble)
            return
        try:
            data = self.reader.read(hit.at, min(end - hit.at, most))
        except OSError:
            return  # the slices meet the same error, and tell it
        self._reached(hit.at, end)
        inner = self.artifact.member(f"{hit.kind}@{hit.at}")
        yield Member(inner, data)
        if end - hit.at > most:
            yield gap(inner, too_large(most))

    def _end(self, hit: Hit) -> int:
        if hit.kind == "7z":
            head = self.reader.read(hit.at, 32)
            return hit.at + 32 + int.from_bytes(head[12:20], "little") + int.from_bytes(head[20:28], "little")
        return self._end_of_zip(hit.at) if hit.kind == "zip" else self.reader.size

    def _end_of_zip(self, start: int) -> int:
        """Behind the directory that says of itself where it stands; else the end of the file."""
        at, step = start, MIB
        while at < self.reader.size:
            block = self.reader.read(at, step + 22)
            place = block.find(_END_OF_ZIP)
            while 0 <= place < step and place + 22 <= len(block):
                size, offset, comment = (
                    int.from_bytes(block[place + low : place + high], "little")
                    for low, high in ((12, 16), (16, 20), (20, 22))
                )
                if start + offset + size == at + place:
                    return at + place + 22 + comment
                place = block.find(_END_OF_ZIP, place + 1)
            at += step
        return self.reader.size
