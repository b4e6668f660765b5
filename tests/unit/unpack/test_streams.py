"""Gzip, bzip2, xz, lzma and zstd."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib

import pytest
import zstandard

from leakgate.model.gap import GapReason
from leakgate.model.limits import MIB, Limits
from tests.unit.unpack.archives import LINE, tar_of, unpacked, zip_of

STREAMS = {
    "x.log.gz": gzip.compress,
    "x.log.bz2": lambda data: bz2.compress(data, 1),
    "x.log.xz": lzma.compress,
    "x.log.lzma": lambda data: lzma.compress(data, lzma.FORMAT_ALONE),
    "x.log.zst": lambda data: zstandard.ZstdCompressor().compress(data),
}
SEVERAL = [name for name in STREAMS if not name.endswith(".lzma")]


@pytest.mark.parametrize("name", STREAMS)
def test_member_has_the_outer_name_without_its_suffix(name):
    """A compressed log is one member that is called as the file without the suffix."""
    found = unpacked(STREAMS[name](LINE), f"out/{name}")

    assert {("x.log",): LINE} == found.content
    assert [] == found.gaps


@pytest.mark.parametrize("name", STREAMS)
def test_tar_in_a_stream_is_transparent(name):
    """The members of a compressed tar are members of the file itself."""
    found = unpacked(STREAMS[name](tar_of({"./a/ci.log": LINE, "b.log": b"b"})))

    assert {("a/ci.log",): LINE, ("b.log",): b"b"} == found.content
    assert [] == found.gaps


@pytest.mark.parametrize("name", SEVERAL)
def test_streams_one_behind_the_other_are_one_member(name):
    """What was appended as a stream of its own is read on."""
    found = unpacked(STREAMS[name](LINE) + STREAMS[name](b"second\n"), name)

    assert {("x.log",): LINE + b"second\n"} == found.content
    assert [] == found.gaps


@pytest.mark.parametrize("name", STREAMS)
def test_truncated_stream_gives_its_beginning_and_a_gap(name):
    """What was unpacked before the end is kept, and the missing rest is told."""
    noise = b"".join(b"%d %x\n" % (n, n * n * 2654435761 % 2**64) for n in range(60_000))
    packed = STREAMS[name](noise)

    found = unpacked(packed[: len(packed) * 2 // 3], name)

    assert [(("x.log",), GapReason.MALFORMED)] == found.reasons
    assert all(noise.startswith(member.data) for member in found.members)
    assert sum(len(member.data) for member in found.members) > 0


@pytest.mark.parametrize("name", SEVERAL)
def test_bytes_behind_a_stream_are_told(name):
    """Trailing garbage leaves the member whole, and a gap."""
    found = unpacked(STREAMS[name](LINE) + b"garbage that is no stream", name)

    assert {("x.log",): LINE} == found.content
    assert [(("x.log",), GapReason.MALFORMED)] == found.reasons


def test_zero_padding_behind_gzip_is_no_garbage():
    """Tapes and block devices pad with zeros."""
    found = unpacked(gzip.compress(LINE) + bytes(700), "x.log.gz")

    assert {("x.log",): LINE} == found.content
    assert [] == found.gaps


def test_gzip_names_its_member():
    """The name in the header wins over the name of the file, without its folders."""
    out = io.BytesIO()
    with gzip.GzipFile("/var/tmp/inner.log", "wb", fileobj=out) as file:
        file.write(LINE)

    found = unpacked(out.getvalue(), "out/artifact-17")

    assert [("inner.log",)] == found.chains


def test_what_a_gzip_header_says_is_text_of_the_file_itself():
    """The extra field and the comment, behind which the name is still the name."""
    plain = gzip.compress(b"text", mtime=0)
    header = plain[:3] + b"\x1c" + plain[4:10] + b"\5\0extra" + b"a/name.log\0" + b"a comment\0"

    found = unpacked(header + plain[10:])

    assert {("name.log",): b"text", (): b"extra\na comment"} == found.content
    assert [] == found.gaps


def test_stream_without_a_telling_name_holds_data():
    """Where neither header nor file name say so, the member is called `data`."""
    assert [("data",)] == unpacked(bz2.compress(LINE), "out/17").chains


def test_damaged_checksum_keeps_the_text():
    """A wrong checksum costs nothing of what was unpacked."""
    packed = bytearray(gzip.compress(LINE))
    packed[-8] ^= 0xFF

    found = unpacked(bytes(packed), "x.log.gz")

    assert {("x.log",): LINE} == found.content
    assert [(("x.log",), GapReason.MALFORMED)] == found.reasons


def test_bomb_gives_its_beginning_and_a_gap():
    """Zeros without end are not inflated."""
    packer = zlib.compressobj(9, wbits=31)
    packed = b"".join(packer.compress(bytes(MIB)) for _ in range(200)) + packer.flush()

    found = unpacked(packed, "x.log.gz")

    assert [(("x.log",), GapReason.BOMB)] == found.reasons
    assert len(found.members[0].data) < 32 * MIB


def test_bomb_in_a_tar_in_a_stream_is_stopped():
    """The ratio holds for a streamed tar, too."""
    found = unpacked(gzip.compress(tar_of({"zeros": bytes(40 * MIB)})), "x.tgz")

    assert [("zeros",)] == found.chains
    assert (("zeros",), GapReason.BOMB) in found.reasons


def test_repetitive_log_is_no_bomb():
    """Short logs may compress by more than the ratio."""
    found = unpacked(gzip.compress(LINE * 100_000), "x.log.gz")

    assert [] == found.gaps


def test_large_member_gives_its_beginning_and_a_gap():
    """Over the limit of a member the rest is left out, and told."""
    found = unpacked(gzip.compress(LINE * 100), "x.log.gz", Limits(max_member_bytes=1000))

    assert {("x.log",): (LINE * 100)[:1000]} == found.content
    assert [(("x.log",), GapReason.TOO_LARGE)] == found.reasons


def test_large_member_of_a_streamed_tar_does_not_end_it():
    """The limit is per member: the next one is read."""
    archive = gzip.compress(tar_of({"big": LINE * 100, "small": b"s"}))

    found = unpacked(archive, "x.tgz", Limits(max_member_bytes=1000))

    assert b"s" == found.content[("small",)]
    assert [(("big",), GapReason.TOO_LARGE)] == found.reasons


def test_zip_in_a_stream_is_a_member():
    """Only a tar is transparent."""
    found = unpacked(gzip.compress(zip_of({"a": LINE})), "x.zip.gz")

    assert [("x.zip",)] == found.chains
