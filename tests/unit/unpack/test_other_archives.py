"""7z and ar; formats that are known but not read; what is no archive."""

from __future__ import annotations

import io

import py7zr
import pytest

from leakgate.model.gap import GapReason
from leakgate.model.limits import MIB, Limits
from leakgate.unpack.identify import container_for
from leakgate.unpack.readers import HeldBytes
from tests.unit.unpack.archives import LINE, unpacked


def sevenzip_of(files: dict[str, bytes], password: str | None = None, hide_names: bool = False) -> bytes:
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w", password=password, header_encryption=hide_names) as archive:
        for name, data in files.items():
            archive.writestr(data, name)
    return out.getvalue()


def test_7z_members():
    """Every member of a solid archive is read, also an empty one."""
    found = unpacked(sevenzip_of({"a/b.log": LINE * 99, "c": b"c", "empty": b""}))

    assert {("a/b.log",): LINE * 99, ("c",): b"c", ("empty",): b""} == found.content
    assert [] == found.gaps


def test_7z_encrypted_members_are_named():
    """Where the names are to be read, each encrypted member is a gap."""
    found = unpacked(sevenzip_of({"a": LINE, "b": LINE}, password="x" * 9))

    assert [(("a",), GapReason.ENCRYPTED), (("b",), GapReason.ENCRYPTED)] == found.reasons


def test_7z_with_encrypted_names():
    """Where they are not, the archive is one gap."""
    found = unpacked(sevenzip_of({"a": LINE}, password="x" * 9, hide_names=True))

    assert [((), GapReason.ENCRYPTED)] == found.reasons


def test_7z_truncated():
    """The directory stands at the end: without it there is one gap."""
    assert [((), GapReason.MALFORMED)] == unpacked(sevenzip_of({"a": LINE})[:-9]).reasons


def test_7z_bomb_is_stopped():
    """A member over the ratio is cut, and what is packed behind it is told."""
    found = unpacked(sevenzip_of({"a": LINE, "zeros": bytes(40 * MIB), "z": LINE}))

    assert LINE == found.content[("a",)]
    assert len(found.content[("zeros",)]) < 40 * MIB
    assert [(("zeros",), GapReason.BOMB), ((), GapReason.BOMB)] == found.reasons


def test_7z_large_member_does_not_stop_the_others():
    """The limit of a member is its own."""
    found = unpacked(sevenzip_of({"a": LINE * 99, "b": b"b"}), limits=Limits(max_member_bytes=500))

    assert b"b" == found.content[("b",)]
    assert [(("a",), GapReason.TOO_LARGE)] == found.reasons


def ar_of(files: dict[str, bytes]) -> bytes:
    parts = [b"!<arch>\n"]
    for name, data in files.items():
        header = f"{name + '/':16}{0:<12}{0:<6}{0:<6}{644:<8}{len(data):<10}`\n"
        parts += [header.encode(), data, b"\n" * (len(data) % 2)]
    return b"".join(parts)


def test_ar_members():
    """Debian packages are ar archives."""
    assert {("a",): b"odd", ("b",): LINE} == unpacked(ar_of({"a": b"odd", "b": LINE})).content


def test_ar_truncated():
    """A member that is cut short is kept and told."""
    found = unpacked(ar_of({"a": LINE})[:-5])

    assert [(("a",), GapReason.MALFORMED)] == found.reasons


@pytest.mark.parametrize(
    "magic", [b"Rar!\x1a\x07\x01\x00", b"\x04\x22\x4d\x18", b"MSCF\0\0\0\0", b"\x1f\x9d\x90"]
)
def test_formats_that_are_not_read_are_a_gap(magic):
    """An archive of a format that is not read is not scanned as if it were one's content."""
    assert [((), GapReason.UNSUPPORTED)] == unpacked(magic + bytes(50)).reasons


@pytest.mark.parametrize("data", [b"", b"BZh9 is the magic of bzip2\n", b"PK is short\n", bytes(2000), LINE])
def test_no_archive(data):
    """Text, zeros and nothing are no archive."""
    assert container_for(HeldBytes(data)) is None
