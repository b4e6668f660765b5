"""Printable strings of binaries."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakgate.model.artifact import Artifact
from leakgate.model.gap import Gap, GapReason
from leakgate.model.limits import Limits
from leakgate.model.segment import Segment
from leakgate.model.spans import Span
from leakgate.unpack.readers import HeldBytes
from leakgate.unpack.strings import printable_runs

JUNK = b"\x00\x01\xfe\xff\x00\x80"
ARTIFACT = Artifact("core")


def runs(raw: bytes, limits: Limits | None = None) -> list[Segment]:
    items = list(printable_runs(HeldBytes(raw), ARTIFACT, limits or Limits()))
    return [item for item in items if isinstance(item, Segment)]


def back(segment: Segment, needle: bytes) -> bytes:
    at = segment.data.index(needle)
    span = segment.trail.to_raw(Span(at, at + len(needle)))
    return segment.text.raw[span.start : span.end]


def test_counted_neighbours_are_a_name_and_its_value():
    """Their lengths stand before them, as Redis and LevelDB write them; the value keeps its place."""
    [segment] = runs(JUNK + b"\x0bdb_passwords\x0cseven-eleven" + JUNK + b"\x08fieldone\x08fieldtwo" + JUNK)

    assert (b"db_passwords\nseven-eleven\nfieldone=fieldtwo", b"fieldtwo") == (
        segment.data,
        back(segment, b"fieldtwo"),
    )


def test_runs_are_gathered_in_order():
    """Strings of a binary come one a line, short ones not at all."""
    [segment] = runs(JUNK + b"first string" + JUNK + b"short" + JUNK + b"second\tone" + JUNK)

    assert b"first string\nsecond\tone" == segment.data


def test_letters_beyond_ascii_belong_to_a_run():
    """A name with umlauts is one string."""
    name = "J\u00fcrgen \u4e2d\u6587 Stra\u00dfe".encode()

    assert name == runs(JUNK + name + JUNK)[0].data


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("pad", [b"", b"\x01"], ids=["even", "odd"])
def test_wide_strings(codec, pad):
    """UTF-16 of either byte order is read at even and odd offsets, and leads back to its bytes."""
    raw = pad + JUNK + b"\x02\x03" + "token of J\u00fcrgen=abc".encode(codec) + b"\x00\x00\x02\x03"

    wide = runs(raw)[-1]

    assert "token of J\u00fcrgen=abc".encode() == wide.data
    assert "abc".encode(codec).strip(b"\0") == back(wide, b"abc")
    assert "J\u00fcr".encode(codec).strip(b"\0") == back(wide, "J\u00fcr".encode())


@given(st.lists(st.tuples(st.binary(max_size=9), st.text("abc\u00fc ", min_size=6, max_size=12)), max_size=9))
def test_every_run_leads_back(parts):
    """Each character of each gathered run stands in the raw bytes where the map says."""
    raw = b"".join(junk + b"\x00\x01" + run.encode() + b"\x00\x01" for junk, run in parts)
    for segment in runs(raw)[:1]:
        at = 0
        for line in segment.data.split(b"\n"):
            span = segment.trail.to_raw(Span(at, at + len(line)))
            assert line == raw[span.start : span.end].replace(b"\0", b"")
            at += len(line) + 1


def test_no_strings_no_segment():
    """Zeros hold nothing."""
    assert [] == runs(bytes(5000))


def test_strings_behind_zeros_are_found():
    """A slice of a sparse file that holds nothing is passed by, the next one is not."""
    data = bytes(10_000) + b"token=behind" + bytes(10_000)
    limits = Limits(slice_bytes=4096, slice_overlap=64)

    found = list(printable_runs(HeldBytes(data), Artifact("a"), limits))

    assert {b"token=behind"} == {item.data for item in found if isinstance(item, Segment)}


def test_strings_across_slices_are_whole_in_one():
    """A string at the border of two slices stands whole in the overlap."""
    raw = bytearray(random.Random(1).randbytes(4096).translate(bytes(256)))
    for at in range(20, 4000, 51):
        raw[at : at + 16] = b"<%014d>" % at
    limits = Limits(slice_bytes=512, slice_overlap=64)

    found = runs(bytes(raw), limits)

    whole = {line for segment in found for line in segment.data.split(b"\n") if len(line) == 16}
    assert {b"<%014d>" % at for at in range(20, 4000, 51)} == whole


def test_too_large_binary_is_told():
    """The limit of an artifact holds for binaries."""
    items = list(printable_runs(HeldBytes(b"\0string" * 900), ARTIFACT, Limits(max_artifact_bytes=700)))

    assert [GapReason.TOO_LARGE] == [item.reason for item in items if isinstance(item, Gap)]
