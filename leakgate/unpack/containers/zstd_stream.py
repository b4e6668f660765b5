"""Zstandard frames (RFC 8878), also several in one file."""

from __future__ import annotations

from collections.abc import Iterator

from leakgate.model.artifact import Artifact, Named, Reader
from leakgate.model.gap import Gap, GapReason
from leakgate.model.limits import MIB
from leakgate.unpack.budget import Budget, Damage
from leakgate.unpack.containers.base import Member
from leakgate.unpack.containers.compressed import stream_members
from leakgate.unpack.flow import Flow
from leakgate.unpack.inflate import TRUNCATED, Packed
from leakgate.unpack.labels import unpacked_name

_FRAME = b"\x28\xb5\x2f\xfd"
# `zstd` itself refuses larger windows without --long=31.
_WINDOW = 128 * MIB
_READ = 128 * 1024


class ZstdStream:
    name = "zstd"

    def matches(self, head: bytes) -> bool:
        return head.startswith(_FRAME) or is_skippable(head)

    def members(self, reader: Reader, artifact: Artifact, budget: Budget) -> Iterator[Member | Gap | Named]:
        packed = Packed(reader)
        flow = Flow(budget.metered(zstd_chunks(packed), packed.packed_size))
        return stream_members(flow, unpacked_name(artifact.name), artifact, budget)


def is_skippable(header: bytes) -> bool:
    """Whether a frame for other programs begins here, which decoders pass by."""
    return header[1:4] == b"\x2a\x4d\x18" and 0x50 <= header[0] <= 0x5F


class _BlockFile:
    """The blocks of `Packed` as the file that zstandard reads from; remembers where the frames end."""

    def __init__(self, packed: Packed, frames: FrameWalk) -> None:
        self._flow = Flow(iter(packed))
        self._frames = frames

    def read(self, size: int) -> bytes:
        found = self._flow.read(size)
        if self._flow.trouble is not None:
            raise Damage(self._flow.trouble.reason, self._flow.trouble.detail)
        return found[: self._frames.feed(found)]


def zstd_chunks(packed: Packed) -> Iterator[bytes]:
    """Unpacked chunks; raises Damage where a frame is damaged or ends before its last block."""
    import zstandard

    frames = FrameWalk()
    source = zstandard.ZstdDecompressor(max_window_size=_WINDOW).stream_reader(
        _BlockFile(packed, frames),  # type: ignore[arg-type]
        read_size=4096,
        read_across_frames=True,
    )
    while True:
        try:
            chunk = source.read1(_READ)
        except (zstandard.ZstdError, MemoryError) as error:
            raise Damage(GapReason.MALFORMED, TRUNCATED) from error
        if not chunk:
            break
        yield chunk
    if not frames.complete:
        raise Damage(GapReason.MALFORMED, TRUNCATED)


class FrameWalk:
    """Follows frame and block headers, because the library takes a truncated frame for a whole one.

    Source: RFC 8878, 3.1.1. Feed it the packed bytes in order.
    """

    def __init__(self) -> None:
        self._held = b""
        self._skip = 0
        self._in_frame = False
        self._checksum = 0
        self._ended = False

    @property
    def complete(self) -> bool:
        """Whether the bytes so far end where a frame ends."""
        return not self._ended and not self._in_frame and not self._skip and not self._held

    def feed(self, data: bytes) -> int:
        """How many of these bytes belong to frames: all, up to where none begins."""
        if self._ended:
            return 0
        held = self._held + data
        at = 0
        while at < len(held):
            if self._skip:
                step = min(self._skip, len(held) - at)
                self._skip -= step
                at += step
                continue
            used = self._block(held[at : at + 3]) if self._in_frame else self._frame(held[at : at + 18])
            if used < 0:
                self._ended = True
                return max(0, at - len(self._held))
            if not used:
                break
            at += used
        self._held = held[at:]
        return len(data)

    def _block(self, header: bytes) -> int:
        """Bytes of a block header, 0 where more are needed."""
        if len(header) < 3:
            return 0
        bits = int.from_bytes(header, "little")
        is_last, kind, size = bits & 1, bits >> 1 & 3, bits >> 3
        self._skip = 1 if kind == 1 else size
        if is_last:
            self._in_frame = False
            self._skip += self._checksum
        return 3

    def _frame(self, header: bytes) -> int:
        """Bytes of a frame header, 0 where more are needed, -1 where none begins."""
        if len(header) < 8:
            return 0
        if is_skippable(header):  # magic, then a length
            self._skip = int.from_bytes(header[4:8], "little")
            return 8
        if not header.startswith(_FRAME):
            return -1
        descriptor = header[4]
        is_single = descriptor >> 5 & 1
        content = (1 if is_single else 0, 2, 4, 8)[descriptor >> 6]
        length = 5 + (0 if is_single else 1) + (0, 1, 2, 4)[descriptor & 3] + content
        if len(header) < length:
            return 0
        self._in_frame = True
        self._checksum = 4 if descriptor & 4 else 0
        return length
