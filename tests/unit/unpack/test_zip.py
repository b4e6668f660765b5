"""Zip archives."""

from __future__ import annotations

import io
import random
import struct
import zipfile

import pytest

from leakgate.model.gap import GapReason
from leakgate.model.limits import MIB, Limits
from leakgate.unpack.identify import container_for
from leakgate.unpack.readers import HeldBytes
from tests.unit.unpack.archives import LINE, encrypted, overlapping_zip, unpacked, with_flags, zip_of

METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)


@pytest.mark.parametrize("method", METHODS)
def test_methods(method):
    """Every method of the standard library is read."""
    found = unpacked(zip_of({"a/b.log": LINE * 999, "empty": b""}, method))

    assert {("a/b.log",): LINE * 999, ("empty",): b""} == found.content
    assert [] == found.gaps


@pytest.mark.parametrize("method", [9, 93, 77])
def test_unsupported_method_is_a_gap_and_the_others_go_on(method):
    """A method that is not read costs its member only."""
    archive = with_flags(zip_of({"a": LINE, "b": b"b"}), b"a", lambda flags, _: (flags, method))

    found = unpacked(archive)

    assert {("b",): b"b"} == found.content
    assert [(("a",), GapReason.UNSUPPORTED)] == found.reasons


def test_encrypted_member_is_a_gap_and_the_others_go_on():
    """An encrypted member is named."""
    found = unpacked(encrypted(zip_of({"a": LINE, "b": b"b"}), b"a"))

    assert {("b",): b"b"} == found.content
    assert [(("a",), GapReason.ENCRYPTED)] == found.reasons


def test_streamed_archive():
    """Members whose sizes stand behind them are read."""

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: int) -> int:
            raise io.UnsupportedOperation

        def tell(self) -> int:
            raise io.UnsupportedOperation

    out = Pipe()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", LINE)

    assert {("a",): LINE} == unpacked(out.getvalue()).content


@pytest.mark.parametrize("shown", [True, False], ids=["offsets adjusted", "offsets not adjusted"])
def test_prefix_is_text_of_the_archive_itself(shown):
    """A script in front of a zip is scanned as the file's own text."""
    script = b"#!/bin/sh\nexec unzip $0\n"
    if shown:
        out = io.BytesIO(script)
        with zipfile.ZipFile(out, "a") as archive:
            archive.writestr("a", LINE)
        data = out.getvalue()
    else:
        data = script + zip_of({"a": LINE})

    found = unpacked(data)

    assert {(): script, ("a",): LINE} == found.content
    assert [] == found.gaps


def test_comment_is_text_of_the_archive_itself():
    """The comment of an archive is scanned."""
    assert b"built by ci" == unpacked(zip_of({"a": LINE}, comment=b"built by ci")).content[()]


def test_empty_archive_has_nothing():
    """An archive without members is no gap."""
    found = unpacked(zip_of({}))

    assert ([], []) == (found.members, found.gaps)


@pytest.mark.parametrize("cut", [30, 80, 300])
def test_lost_directory_is_recovered(cut):
    """Members are found by their own headers, and the damage is told."""
    noise = random.Random(1).randbytes(2000)
    archive = zip_of({"a": LINE, "b": noise})

    found = unpacked(archive[:-cut])

    assert LINE == found.content[("a",)]
    assert noise.startswith(found.content[("b",)])
    assert ((), GapReason.MALFORMED) in found.reasons


def test_damaged_directory_is_recovered():
    """A directory that cannot be parsed costs no member."""
    archive = bytearray(zip_of({"a": LINE, "b": b"b"}))
    archive[archive.rfind(b"PK\x01\x02")] = 0

    found = unpacked(bytes(archive))

    assert {("a",): LINE, ("b",): b"b"} == found.content
    assert [((), GapReason.MALFORMED)] == found.reasons


def test_damaged_member_keeps_its_beginning_and_the_others():
    """Damage inside a member stays there."""
    archive = bytearray(zip_of({"a": random.Random(2).randbytes(5000), "b": b"b"}))
    archive[3000] ^= 0xFF

    found = unpacked(bytes(archive))

    assert b"b" == found.content[("b",)]
    assert [(("a",), GapReason.MALFORMED)] == found.reasons


def test_wrong_offset_is_a_gap_of_its_member():
    """A directory that points elsewhere is believed for nothing."""
    archive = bytearray(zip_of({"a": LINE, "b": b"b"}))
    struct.pack_into("<L", archive, archive.rfind(b"PK\x01\x02") + 42, 7)

    found = unpacked(bytes(archive))

    assert (("b",), GapReason.MALFORMED) in found.reasons


def test_bytes_behind_the_archive_are_told():
    """What was appended to a zip is scanned as it is, and that is said."""
    found = unpacked(zip_of({"a": LINE}) + b"appended")

    assert ([((), GapReason.MALFORMED)], b"appended") == (found.reasons, found.content[()])


def test_overlapping_members_are_a_bomb():
    """Members that share packed bytes are not inflated again and again."""
    found = unpacked(overlapping_zip(200, bytes(MIB)))

    assert [((), GapReason.BOMB)] == found.reasons
    assert len(found.members) <= 1


def test_bomb_in_a_member_does_not_stop_the_others():
    """One member over the ratio is cut; the next is read."""
    found = unpacked(zip_of({"zeros": bytes(40 * MIB), "b": b"b"}))

    assert b"b" == found.content[("b",)]
    assert [(("zeros",), GapReason.BOMB)] == found.reasons


def test_member_limit():
    """Over the limit of members the rest is one gap."""
    found = unpacked(zip_of({str(n): b"x" for n in range(9)}), limits=Limits(max_members=3))

    assert (3, [((), GapReason.TOO_MANY)]) == (len(found.members), found.reasons)


def test_hostile_names():
    """Names are labels: traversal is shown, controls are not."""
    found = unpacked(zip_of({"../../etc/x": b"1", "a\nb": b"2", "\u202etxt.exe": b"3"}))

    assert [("../../etc/x",), ("a\ufffdb",), ("\ufffdtxt.exe",)] == found.chains


def test_text_that_mentions_signatures_is_no_archive():
    """The end record alone makes no zip."""
    assert container_for(HeldBytes(b"log line PK\x05\x06" + bytes(40) + b" more\n")) is None


def commented(*comments: bytes) -> bytes:
    """A member for each of them."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number, comment in enumerate(comments):
            entry = zipfile.ZipInfo(str(number))
            entry.comment = comment
            archive.writestr(entry, b"text")
    return out.getvalue()


def test_comments_of_members_are_text_of_the_archive():
    """Whoever packs may say more than the file does."""
    assert b"one\ntwo" == unpacked(commented(b"one", b"", b"two")).content[()]


def test_comments_are_bounded():
    """A directory of comments alone is no way around the limit of a member."""
    found = unpacked(commented(b"x" * 60, b"y" * 60), limits=Limits(max_member_bytes=100))

    assert (b"x" * 60, [((), GapReason.TOO_LARGE)]) == (found.content[()], found.reasons)
