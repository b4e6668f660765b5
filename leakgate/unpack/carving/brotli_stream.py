"""
Brotli streams in files, told by what comes out of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from leakgate.model.artifact import Artifact, Named, Reader
from leakgate.model.gap import Gap, GapReason
from leakgate.unpack.brotli_codec import LEAST, beginning
from leakgate.unpack.budget import Budget, Damage
from leakgate.unpack.containers.base import Member
from leakgate.unpack.containers.compressed import stream_members
from leakgate.unpack.containers.tar_header import is_tar
from leakgate.unpack.decoders.payload import is_text
from leakgate.unpack.flow import Flow
from leakgate.unpack.inflate import CHUNK, TRUNCATED, Packed
from leakgate.unpack.labels import unpacked_name

_TRIED = 16 * 1024  # packed bytes


def is_brotli(head: bytes) -> bool:
    """Whether a stream begins here that unpacks to text or to a tar; `head` may be cut."""
    found = beginning(head[:_TRIED])
    return is_tar(found) or (len(found) >= LEAST and is_text(found))


def brotli_members(reader: Reader, artifact: Artifact, budget: Budget) -> Iterator[Member | Gap | Named]:
    """The one member of a file that is such a stream, or the members of its tar."""
    packed = Packed(reader)
    flow = Flow(budget.metered(brotli_chunks(packed, step=4096), packed.packed_size))
    yield from stream_members(flow, unpacked_name(artifact.name), artifact, budget)


def brotli_chunks(packed: Packed, step: int = 1) -> Iterator[bytes]:
    """Unpacked chunks of one stream. The library drops all of a step that holds more than the stream's end.

    With a step of one byte the end is exact: `packed.used` then says where. Raises Damage.
    """
    import brotli

    codec, used = brotli.Decompressor(), 0
    for block in packed:
        for at in range(0, len(block), step):
            try:
                chunk = codec.process(block[at : at + step], output_buffer_limit=CHUNK)
                while not codec.can_accept_more_data():
                    yield chunk
                    chunk = codec.process(b"", output_buffer_limit=CHUNK)
            except brotli.error as error:
                raise Damage(GapReason.MALFORMED, TRUNCATED) from error
            used += min(step, len(block) - at)
            if chunk:
                yield chunk
            if codec.is_finished():
                packed.used = used
                return
    raise Damage(GapReason.MALFORMED, TRUNCATED)
