"""Tar archives."""

from __future__ import annotations

import io
import tarfile

import pytest

from leakgate.model.gap import GapReason
from leakgate.model.limits import Limits
from leakgate.unpack.budget import Budget
from tests.unit.unpack.archives import LINE, tar_of, unpacked

FORMATS = (tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT)


@pytest.mark.parametrize("how", FORMATS)
def test_long_names(how):
    """Names beyond a header's hundred bytes are whole in every format."""
    name = "d" * 90 + "/" + "f" * 90

    assert [(name,)] == unpacked(tar_of({name: LINE}, how)).chains


def test_names_are_labels():
    """Traversal stays to be seen, leading slashes and controls do not."""
    names = ["../etc/x", "/abs/y", "a\x1b[31mb", "win\\c", "bad\udcffbyte"]

    found = unpacked(tar_of(dict.fromkeys(names, LINE), tarfile.GNU_FORMAT))

    assert [("../etc/x",), ("abs/y",), ("a\ufffd[31mb",), ("win/c",), ("badÿbyte",)] == found.chains


def test_members_of_one_name_are_all_read():
    """A name that comes twice hides nothing."""
    archive = tar_of({"a": b"1"})[:1024] + tar_of({"a": b"2"})

    assert [b"1", b"2"] == [member.data for member in unpacked(archive).members]


def test_links_folders_and_devices_are_passed_by():
    """What holds no bytes of its own is neither member nor gap."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for kind in (tarfile.DIRTYPE, tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE):
            entry = tarfile.TarInfo("n")
            entry.type, entry.linkname = kind, "/etc/passwd"
            archive.addfile(entry)

    found = unpacked(out.getvalue())

    assert ([], []) == (found.members, found.gaps)


def test_truncated_member_keeps_its_beginning():
    """An archive that ends inside a member gives what there is, and a gap of that member."""
    found = unpacked(tar_of({"a": LINE * 100})[:1000])

    assert [("a",)] == found.chains
    assert [(("a",), GapReason.MALFORMED), ((), GapReason.MALFORMED)] == found.reasons


def test_missing_end_is_told():
    """An archive that stops between two members may have lost some."""
    assert [((), GapReason.MALFORMED)] == unpacked(tar_of({"a": LINE})[:1024]).reasons


def test_damaged_header_costs_one_member():
    """The walk goes on to the next good header, and says that something is missing."""
    archive = bytearray(tar_of({"a": b"1", "b": b"2", "c": b"3"}))
    archive[1024 + 150] ^= 0x07

    found = unpacked(bytes(archive))

    assert [("a",), ("c",)] == found.chains
    assert [((), GapReason.MALFORMED)] == found.reasons


def test_archives_one_behind_the_other_are_read_on():
    """Zeros in the middle do not hide what follows."""
    assert [("a",), ("b",)] == unpacked(tar_of({"a": LINE}) + tar_of({"b": LINE})).chains


def test_huge_size_is_bounded():
    """A header that claims more than there is allocates nothing for it."""
    out = io.BytesIO()
    entry = tarfile.TarInfo("a")
    entry.size = 1 << 60
    out.write(entry.tobuf(tarfile.GNU_FORMAT) + b"beginning")

    found = unpacked(out.getvalue())

    assert {("a",): b"beginning"} == found.content
    assert (("a",), GapReason.MALFORMED) in found.reasons


def test_member_limit():
    """Over the limit of members the rest is one gap."""
    found = unpacked(tar_of({str(n): b"x" for n in range(9)}), limits=Limits(max_members=3))

    assert (3, [((), GapReason.TOO_MANY)]) == (len(found.members), found.reasons)


def test_total_limit():
    """Over the limit of all unpacked bytes the rest is not read."""
    archive = tar_of({str(n): bytes(1 << 20) for n in range(9)})

    found = unpacked(archive, limits=Limits(max_unpacked_bytes=3 << 20))

    assert GapReason.TOO_LARGE in {gap.reason for gap in found.gaps}
    assert len(found.members) < 6


def test_deadline():
    """When the time is up, unpacking stops with a gap."""
    found = unpacked(tar_of({"a": LINE}), budget=Budget(Limits(), lambda: True))

    assert {GapReason.TIME_LIMIT} == {gap.reason for gap in found.gaps}
