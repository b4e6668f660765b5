"""Objects of Git are read without git."""

from __future__ import annotations

import random
import zlib

from leakgate.model.artifact import Artifact
from leakgate.model.gap import Gap, GapReason
from leakgate.model.limits import Limits
from leakgate.unpack.budget import Budget
from leakgate.unpack.containers.base import Container, Member
from leakgate.unpack.containers.git_objects import GitObject, GitPack
from leakgate.unpack.readers import HeldBytes

LOOSE, PACK = GitObject(), GitPack()
BASE = b"some text that is long enough to be a base\n" * 9


def _items(known: Container, data: bytes) -> list[Member | Gap]:
    return list(known.members(HeldBytes(data), Artifact("some"), Budget(Limits())))


def _members(known: Container, data: bytes) -> list[tuple[str, bytes]]:
    return [(i.artifact.name, i.data) for i in _items(known, data) if isinstance(i, Member)]


def _gaps(known: Container, data: bytes) -> list[GapReason]:
    return [item.reason for item in _items(known, data) if isinstance(item, Gap)]


def _entry(kind: int, body: bytes, between: bytes = b"") -> bytes:
    size = len(body)
    head = [kind << 4 | size & 15]
    size >>= 4
    while size:
        head[-1] |= 0x80
        head.append(size & 0x7F)
        size >>= 7
    return bytes(head) + between + zlib.compress(body)


def _pack(*entries: bytes, missing: int = 0) -> bytes:
    count = (len(entries) + missing).to_bytes(4, "big")
    return b"PACK\0\0\0\2" + count + b"".join(entries) + bytes(20)


def _size(value: int) -> bytes:
    return bytes([value & 0x7F | 0x80, value >> 7])


def _change() -> bytes:
    """Ten bytes of the base from the fifth on, then a new word."""
    return _size(len(BASE)) + _size(14) + bytes([0x91, 5, 10]) + b"\4new\n"


def test_loose_blob_is_its_file() -> None:
    """Without the header that stands before it."""
    data = zlib.compress(b"blob 9\0some text")

    assert (True, [("blob", b"some text")]) == (LOOSE.matches(data), _members(LOOSE, data))


def test_other_streams_are_no_objects() -> None:
    """A zlib stream of anything else is not taken."""
    assert [False, False] == [LOOSE.matches(zlib.compress(b"some text")), LOOSE.matches(b"x\x9cnoise!!!")]


def test_cut_object_is_read_as_far_as_it_goes() -> None:
    """What comes before the cut is a member, and a gap says that there was more."""
    noise = random.Random(1).randbytes(4000).hex().encode()
    data = zlib.compress(b"blob 8000\0" + noise)[:2000]

    [(_, found)] = _members(LOOSE, data)

    assert (True, [GapReason.MALFORMED]) == (noise.startswith(found) and len(found) > 0, _gaps(LOOSE, data))


def test_objects_of_a_pack_are_members() -> None:
    """Each is named by its kind and its place; trees are left out."""
    data = _pack(_entry(3, BASE), _entry(2, b"names"), _entry(1, b"author somebody"))

    assert [("blob", BASE), ("commit", b"author somebody")] == [
        (name.split("@")[0], body) for name, body in _members(PACK, data)
    ]


def test_changes_are_put_together() -> None:
    """A changed file is whole, by its base at an offset before it."""
    first = _entry(3, BASE)

    [_, (_, body)] = _members(PACK, _pack(first, _entry(6, _change(), bytes([len(first)]))))

    assert BASE[5:15] + b"new\n" == body


def test_change_without_its_base_is_a_gap() -> None:
    """A thin pack refers to objects elsewhere."""
    assert [GapReason.UNSUPPORTED] == _gaps(PACK, _pack(_entry(7, _change(), bytes(20))))


def test_cut_pack_is_a_gap() -> None:
    """Objects before the cut are read."""
    data = _pack(_entry(3, BASE), _entry(3, b"another"))[:-25]

    assert (["blob@12"], [GapReason.MALFORMED]) == (
        [name for name, _ in _members(PACK, data)],
        _gaps(PACK, data),
    )


def test_noise_does_not_stop_the_reading() -> None:
    """Changed bytes cost objects, never an exception."""
    first = _entry(3, BASE)
    data = _pack(first, _entry(6, _change(), bytes([len(first)])), _entry(1, b"author"))
    for seed in range(300):
        broken = bytearray(data)
        broken[random.Random(seed).randrange(12, len(data))] ^= 1 << seed % 8

        _items(PACK, bytes(broken))
