"""What is opened within other bytes, what is told of them, and what is left in peace."""

from __future__ import annotations

import gzip
import io
import tarfile
import time
import zlib

import pytest

from leakgate.model.artifact import Artifact
from leakgate.model.gap import Gap, GapReason
from leakgate.model.limits import MIB, Limits
from leakgate.unpack.carving.known import Nature, known_nature
from leakgate.unpack.carving.marks import may_have_hits
from leakgate.unpack.readers import HeldBytes
from leakgate.unpack.unpacker import UnitUnpacker
from tests.formats import samples

TEXT = b"a line of a log\n" * 20
NOISE = samples.NOISE


def opened(data: bytes, limits: Limits | None = None) -> dict[str, bytes]:
    """Members by name."""
    unpacker = UnitUnpacker(limits or Limits(), lambda: False)
    items = unpacker.open(Artifact("a"), HeldBytes(data)).items
    return {
        each.artifact.members[-1]: each.data
        for each in items
        if hasattr(each, "artifact") and _is_member(each)
    }


def _is_member(item: object) -> bool:
    return not isinstance(item, Gap) and not hasattr(item, "kind")


def reasons(data: bytes, limits: Limits | None = None) -> list[GapReason]:
    items = UnitUnpacker(limits or Limits(), lambda: False).open(Artifact("a"), HeldBytes(data)).items
    return [each.reason for each in items if isinstance(each, Gap)]


def test_a_stream_is_named_by_its_place() -> None:
    """The byte at which a stream begins is part of its member's name, and each of several is opened."""
    first, second = gzip.compress(TEXT), samples.zstd(TEXT * 2)

    found = opened(bytes(100) + first + bytes(50) + second)

    assert {"gzip@100": TEXT, f"zstd@{150 + len(first)}": TEXT * 2} == found


def test_a_stream_across_blocks() -> None:
    """Streams that begin at the end of one block that is looked at, or span several, are whole."""
    for before in (MIB - 2, MIB - 18, MIB):
        assert [TEXT] == list(opened(bytes(before) + zlib.compress(TEXT) + bytes(9)).values())


def test_a_tar_within_a_stream_within_other_bytes() -> None:
    """Its members are members of the file."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        entry = tarfile.TarInfo("b.log")
        entry.size = len(TEXT)
        archive.addfile(entry, io.BytesIO(TEXT))

    assert {"b.log": TEXT} == opened(bytes(64) + gzip.compress(out.getvalue()))


def test_a_magic_alone_is_nothing() -> None:
    """Bytes that begin like a stream and are none leave neither a member nor a gap."""
    for magic in (
        b"\x1f\x8b\x08\0\0\0\0\0\0\3",
        b"x\x9c",
        b"\x28\xb5\x2f\xfd\4",
        b"BZh91AY&SY",
        b"PK\3\4",
        b"MSCF\0\0\0\0",
    ):
        data = bytes(40) + magic + bytes(200)
        assert ({}, []) == (opened(data), reasons(data))


def test_false_magics_cost_little() -> None:
    """A megabyte that is full of them is done in seconds of processor time."""
    data = bytes(16) + b"x\x9c\x63\0\0" * (MIB // 5)
    start = time.process_time()

    opened(data)

    assert time.process_time() - start < 20


def test_a_bomb_among_other_bytes_is_stopped() -> None:
    """The bounds of unpacking hold here too, and are never called damage."""
    bomb = bytes(64) + gzip.compress(bytes(40 * MIB)) + b"\0end"

    assert [GapReason.BOMB] == reasons(bomb)


def test_a_limit_is_no_damage() -> None:
    """What is over the size of a member is too large."""
    data = bytes(64) + gzip.compress(NOISE + bytes(100_000))

    assert GapReason.TOO_LARGE in reasons(data, Limits(max_member_bytes=50_000))


def test_what_is_cut_is_told() -> None:
    """A stream that ends early gives its beginning and a gap."""
    data = bytes(64) + gzip.compress(TEXT * 999 + NOISE)[:-900]

    assert GapReason.MALFORMED in reasons(data)
    assert opened(data)["gzip@64"].startswith(TEXT)


def test_noise_over_4_kib_is_told_once() -> None:
    """One gap says how much there is and where it begins; less than that, tables and code are none."""
    assert [GapReason.OPAQUE] == reasons(bytes(8192) + NOISE)
    assert [] == reasons(bytes(100) + NOISE[:2000] + bytes(100))
    assert [] == reasons(bytes(range(64)) * 999)


@pytest.mark.parametrize(
    ("data", "nature"),
    [
        (samples.png(), Nature.PICTURE),
        (samples.jpeg(), Nature.PICTURE),
        (samples.webm(), Nature.VIDEO),
        (samples.ttf(), Nature.FONT),
        (samples.elf(2), Nature.CODE),
    ],
    ids=["png", "jpeg", "webm", "ttf", "elf"],
)
def test_what_stands_behind_a_picture_is_no_picture(data: bytes, nature: Nature) -> None:
    """The structure ends where it ends: noise behind it is a gap, a stream behind it is opened."""
    known = known_nature(HeldBytes(data + NOISE), data)

    assert known is not None
    assert (nature, len(data)) == (known.nature, known.end)
    assert [] == reasons(data)
    assert [GapReason.OPAQUE] == reasons(data + NOISE)
    assert [TEXT] == list(opened(data + gzip.compress(TEXT)).values())


def test_a_magic_makes_no_picture() -> None:
    """Noise behind the first bytes of a picture is noise."""
    for magic in (
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff",
        b"GIF89a",
        b"RIFF\0\0\0\0WEBP",
        b"\x7fELF\2\1\1",
        b"wOF2",
        b"OggS",
    ):
        assert GapReason.OPAQUE in reasons(magic + NOISE)


def test_a_chunk_that_no_specification_knows_ends_a_png() -> None:
    """A private chunk may hold anything."""
    assert [GapReason.OPAQUE] == reasons(samples.png((b"prVt", NOISE)))


def test_constants_in_code_are_no_archives() -> None:
    """A library that reads archives holds their magics; that is no gap."""
    code = samples.elf(2)
    mixed = (
        code[:400] + b"Rar!\x1a\x07\1\0\x04\x22\x4d\x18\x64\x40\xa7\x1f\x8b\x08\0\0\0\0\0\0\3" + code[435:]
    )

    assert [] == reasons(mixed)


def test_clean_text_is_hardly_looked_at() -> None:
    """Slices of UTF-8 and of ASCII are told by bytes that compressed streams have."""
    assert not may_have_hits("Grüße, Łódź, 東京, ✓\n".encode() * 99)
    assert may_have_hits(b"text\n" * 9 + gzip.compress(NOISE))
