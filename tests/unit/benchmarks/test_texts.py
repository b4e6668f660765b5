"""The benchmark's work: of the size asked for, made again from its seed, varied where it is repeated."""

from __future__ import annotations

import base64
import io
import re
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.throughput.archives import write_nested
from benchmarks.throughput.corpus import generated
from benchmarks.throughput.templates import KINDS
from benchmarks.throughput.texts import Text, read, shares
from benchmarks.throughput.variation import Variable
from benchmarks.throughput.workloads import FULL, QUICK, Ground, Workload, maker, token

LINE = b"2025-03-01T10:11:12.345Z [abc12345deadbeef] worker answered in 1234 ms, try 2 of 5\n"
LINES = b"".join(LINE.replace(b"1234", b"%d" % (1000 + n)) for n in range(500))


def ground(home: Path) -> Ground:
    corpus = home / "a.log"
    corpus.write_bytes(LINES)
    return Ground(corpus, None, 1, home)


def made_of(key: str, home: Path) -> Workload:
    make = maker(key)
    assert make is not None
    return make(ground(home))


def members(path: Path) -> Iterator[io.BytesIO]:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            yield io.BytesIO(archive.read(name))


def test_generated_logs_have_the_wanted_size() -> None:
    """To the byte, over all kinds of logs."""
    made = generated(100_000, seed=1)

    assert (100_000, set(KINDS)) == (sum(map(len, made.values())), set(made))


def test_generated_logs_can_be_made_again() -> None:
    """The same seed gives the same bytes, another one others."""
    first, again, other = (generated(50_000, seed)["server.log"] for seed in (1, 1, 2))

    assert (True, False) == (first == again, first == other)


def test_generated_logs_fill_every_field() -> None:
    """No placeholder of a template is left in a line."""
    assert b"{word}" not in b"".join(generated(100_000, seed=1).values())


def test_copy_has_the_length_of_the_text() -> None:
    """And the first copy is the text."""
    variable = Variable(LINES)

    assert (LINES, len(LINES)) == (variable.copy(0), len(variable.copy(3)))


@pytest.mark.parametrize("text", [b"", b"\n", b"1", b"12", b"abcdef", b"\xff\x00\n", b":10:11"])
def test_copies_of_odd_texts(text: bytes) -> None:
    """Nothing to vary, or next to nothing, is no trouble."""
    assert len(text) == len(Variable(text).copy(5))


def test_copies_are_the_same_every_time() -> None:
    """Another process makes the same bytes of the same text."""
    assert Variable(LINES).copy(2) == Variable(LINES).copy(2)


def test_no_line_of_a_copy_is_in_another() -> None:
    """So that who remembers lines gains nothing."""
    variable = Variable(LINES)
    first, second, third = (set(variable.copy(number).splitlines()) for number in range(3))

    assert (set(), set(), set()) == (first & second, first & third, second & third)


def test_no_line_of_a_copy_is_in_another_with_digits_masked() -> None:
    """Nor who remembers lines by their words."""
    variable = Variable(LINES)
    first, second = (
        {re.sub(rb"[0-9a-f]", b"", line) for line in variable.copy(n).splitlines()} for n in (0, 1)
    )

    assert set() == first & second


def test_copied_time_stamps_remain_time_stamps() -> None:
    """Years, months, days, hours and minutes stay, and so do numbers of one or two digits."""
    shape = rb"2025-03-01T10:11:1\d\.3\d\dZ \[[0-9a-f]{16}\] \w+ \w+ in 1\d{3} ms, try 2 of 5"

    assert [] == [line for line in Variable(LINES).copy(7).splitlines() if not re.fullmatch(shape, line)]


def test_what_may_be_encoded_is_left_alone() -> None:
    """An archive in base64 would be damaged, and a damaged one is read in another way."""
    line = base64.b64encode(bytes(range(57))) + b"\n"

    assert line == Variable(line).copy(3)


@pytest.mark.parametrize("size", [0, 1, 5_000, 40_000, len(LINES), len(LINES) + 1, 5 * len(LINES) + 77])
def test_cut_has_the_wanted_size(size: int) -> None:
    """To the byte, less than the text or more."""
    assert size == sum(map(len, Text("a.log", LINES).cut(size)))


def test_cut_begins_with_whole_lines() -> None:
    """Pieces from all over the text begin where a line does."""
    pieces = list(Text("a.log", LINES).cut(20_000))

    assert (True, True) == (len(pieces) > 1, all(piece.startswith(b"2025-") for piece in pieces))


def test_shares_are_in_proportion() -> None:
    """The mixture is the same at every size, and the sum is exact."""
    texts = (Text("a", b"x" * 300), Text("b", b"y" * 100))

    assert [(300, 100), (7, 3)] == [tuple(share for _, share in shares(texts, size)) for size in (400, 10)]


def test_real_logs_are_read_by_folder(tmp_path: Path) -> None:
    """One text for each folder and each file; no binary files, no empty ones."""
    (tmp_path / "ci").mkdir()
    (tmp_path / "ci" / "1.log").write_bytes(b"one")
    (tmp_path / "ci" / "2.log").write_bytes(b"two\n")
    (tmp_path / "b.txt").write_bytes(b"three\n")
    (tmp_path / "c.bin").write_bytes(b"\0\1")
    (tmp_path / "empty").mkdir()

    assert [Text("b.txt", b"three\n"), Text("ci.log", b"one\ntwo\n")] == list(read(tmp_path))


def test_clean_workload_has_its_size_and_its_witnesses(tmp_path: Path) -> None:
    """A megabyte, and one line at the end of each file."""
    made = made_of("clean-1", tmp_path)
    [log] = (path.read_bytes() for path in made.target.iterdir())
    [witness] = made.witnesses
    last = log.splitlines()[-1]

    assert (1_000_000, True) == (len(log) - len(last) - 2, last.endswith(b" " + witness.encode()))
    assert (len(log), 1, 1) == (made.described().size, made.described().witnesses, made.described().scale)


@pytest.mark.parametrize("key", ["clean", "clean-", "clean-0", "clean-x", "small-1.5", "other", "tree-1"])
def test_unknown_work_has_no_maker(key: str) -> None:
    """A typing error is said, not measured."""
    assert maker(key) is None


def test_named_sets_are_of_works_that_there_are() -> None:
    """Quick and full."""
    assert [] == [key for key in (*QUICK, *FULL) if maker(key) is None]


def test_witnesses_differ_from_file_to_file(tmp_path: Path) -> None:
    """So that a scanner that tells of a value once sees each."""
    assert 2 == len({ground(tmp_path).witness("clean-1", name) for name in "ab"})


def test_small_files_are_many_and_small(tmp_path: Path) -> None:
    """As many as were asked for, each within its bounds."""
    made = made_of("small-100", tmp_path)

    sizes = [path.stat().st_size for path in made.target.rglob("*-a.log")]
    assert (100, True) == (len(sizes), 2_000 <= min(sizes) <= max(sizes) < 20_000)


def test_witness_has_a_checksum() -> None:
    """As GitHub makes it: CRC-32 of the body in base 62, so that tools that check it take it for one."""
    made = token("any")
    alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    checksum = 0
    for letter in made[-6:]:
        checksum = checksum * 62 + alphabet.index(letter)

    assert (40, zlib.crc32(made[4:-6].encode())) == (len(made), checksum)


def test_nested_archives_hold_the_files(tmp_path: Path) -> None:
    """In a zip in a tar.gz in a zip, and the same bytes every time."""
    files = [tmp_path / f"{number}.log" for number in range(5)]
    for path in files:
        path.write_bytes(path.name.encode())
    for name in ("a", "b"):
        write_nested(tmp_path / name, files)
    names = set()
    for packed in members(tmp_path / "a" / "artifacts.zip"):
        with tarfile.open(fileobj=packed) as tar:
            for member in tar:
                content = tar.extractfile(member)
                assert content is not None
                names |= set(zipfile.ZipFile(io.BytesIO(content.read())).namelist())

    assert {path.name for path in files} == names
    assert (tmp_path / "a/artifacts.zip").read_bytes() == (tmp_path / "b/artifacts.zip").read_bytes()
