"""Encoded values that are longer than a slice of text."""

from __future__ import annotations

import base64
import gzip
import random
import string

import pytest

from leakgate.model.artifact import Artifact, Unit
from leakgate.model.gap import GapReason
from leakgate.model.limits import MIB, Limits
from leakgate.unpack.long_runs import cut_run
from leakgate.unpack.parts import parts
from leakgate.unpack.readers import HeldBytes
from leakgate.unpack.text import slices
from tests.formats.samples import LINE
from tests.formats.table import READ, fate, scanned, scanner

SMALL = Limits(slice_bytes=256 * 1024, slice_overlap=16 * 1024)


def words(size: int) -> bytes:
    """Text that compresses to some two thirds."""
    letters = string.ascii_lowercase + "\n"
    return "".join(random.Random(size).choices(letters, k=size)).encode()


def wrapped(data: bytes, end: bytes) -> bytes:
    coded = base64.b64encode(data)
    return b"".join(coded[at : at + 76] + end for at in range(0, len(coded), 76))


@pytest.mark.parametrize("pack", [gzip.compress, bytes], ids=["gzip", "plain"])
@pytest.mark.parametrize(
    "write",
    [
        base64.b64encode,
        lambda data: data.hex().encode(),
        lambda data: wrapped(data, b"\n"),
        lambda data: wrapped(data, b"\r\n"),
    ],
    ids=["base64", "hex", "mime", "mime with CRLF"],
)
def test_a_value_over_many_slices_is_read_to_its_end(pack, write) -> None:
    """What stands behind the first slice is found, and nothing is called damaged."""
    data = b"body=" + write(pack(words(5 * MIB) + b"\n" + LINE)) + b"\nend of log\n"

    outcome = scanned(data, "a.log")

    assert (READ, ()) == (fate(outcome), outcome.gaps)


def test_a_value_over_the_limit_is_too_large() -> None:
    """leakgate's own limit is never damage of the file."""
    data = b"body=" + base64.b64encode(words(2 * MIB)) + b"\n"
    limits = Limits(slice_bytes=256 * 1024, slice_overlap=16 * 1024, max_decoded_bytes=MIB)

    gaps = [item.reason for item in slices(HeldBytes(data), Artifact("a"), limits) if hasattr(item, "reason")]

    assert [GapReason.TOO_LARGE] == gaps


def test_what_stands_beside_a_long_value_is_decoded() -> None:
    """An encoded value on the line before and one behind it are found as ever."""
    line = base64.b64encode(LINE)
    for before, after in ((b"x: " + line + b"\n", b""), (b"", b"\ny: " + line)):
        data = before + b"body=" + base64.b64encode(gzip.compress(words(4 * MIB))) + after + b"\n"
        assert READ == fate(scanned(data, "a.log"))


def test_a_part_does_not_end_within_a_value() -> None:
    """Big texts are divided between values, so that one process has all of one."""
    data = b"a line\n" * 40_000 + b"body=" + base64.b64encode(words(2 * MIB)) + b"\n" + b"a line\n" * 200_000
    ends = [part.stop for part in parts(HeldBytes(data), Artifact("a"), SMALL) if part.stop is not None]
    start, end = data.index(b"body="), data.index(b"\n", data.index(b"body="))

    assert ends
    assert [] == [stop for stop in ends if start + 20_000 < stop < end]


def test_lines_of_a_log_are_no_value() -> None:
    """Nothing is cut out of ordinary lines, whatever their length."""
    for text in (b"2026-11-30 INFO step 1\n" * 999, b"word " * 9999, b"deadbeef\n" * 9999, b""):
        assert cut_run(text, max(0, len(text) - 100)) is None


def test_digests_on_lines_of_their_own_stay_what_they_are() -> None:
    """A long list of encoded values, one a line, is decoded value by value."""
    value = base64.b64encode(LINE)
    noise = random.Random(3)
    lines = [base64.b64encode(noise.randbytes(len(LINE))) for _ in range(40_000)]
    lines[30_000] = value
    unit = Unit(Artifact("a.log"), HeldBytes(b"\n".join(lines)))

    assert READ == fate(scanner().scan(unit, lambda: False))
