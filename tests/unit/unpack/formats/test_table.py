"""Tables: cells under the name of their column."""

from __future__ import annotations

import pytest

from leakgate.unpack.formats.registry import format_for
from leakgate.unpack.formats.table import Table
from tests.unit.unpack.formats.reading import Read, fields, gaps, pairs, place


def test_cells_are_called_by_their_column() -> None:
    """A cell has its column's name, its row and its column as pointer, and its place."""
    assert [
        Read("name", "alice", "alice", "/1/name", None),
        Read("password", "hunter2x", "hunter2x", "/2/password", None),
    ] == fields(Table(), "name,password\nalice,\n,hunter2x\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a,b\n"x, y",zzz\n', [("a", "x, y"), ("b", "zzz")]),
        ('a,b\n"x ""q"" y",zzz\n', [("a", 'x "q" y'), ("b", "zzz")]),
        ('a,b\n"x\ny",zzz\n', [("a", "x\ny"), ("b", "zzz")]),
        ("a\tb\r\nxxx\tyyy\r\n", [("a", "xxx"), ("b", "yyy")]),
        ("a;b\nxxx;yyy", [("a", "xxx"), ("b", "yyy")]),
        ('"a b",c\nxxx,yyy\n\nzzz,"cut', [("a b", "xxx"), ("c", "yyy"), ("a b", "zzz"), ("c", "cut")]),
        ("a,b\nxxx,yyy,zzz\n", [("a", "xxx"), ("b", "yyy")]),
    ],
)
def test_cells(text: str, expected: list[tuple[str, str]]) -> None:
    """Separators, quotes and line ends of all kinds; a cell without a name is left to the text."""
    assert expected == pairs(Table(), text)


def test_places() -> None:
    """A value behind doubled quotes leads back to itself."""
    assert "hunter2x" == place(Table(), 'a,b\n"say ""hunter2x""",c\n', "hunter2x", "hunter2x")


@pytest.mark.parametrize(
    "tail", [b'"' * 100_001, b"," * 100_000, b'"a' * 50_000, b"\n" * 100_000, b"\xff\x00"]
)
def test_hostile_tables_are_bounded(tail: bytes) -> None:
    """Quotes and rows without end cost time in proportion, and no error."""
    assert gaps(Table(), b"a,b\n" + tail) == []


@pytest.mark.parametrize(
    ("head", "name", "expected"),
    [
        (b"name,mail\nx,y\n", "users.csv", "table"),
        (b"timeStamp,elapsed,label\n1,2,x\n", "load.jtl", "table"),
        (b"1,2,3\n4,5,6\n", "numbers.csv", None),
        (b"name,mail\nx,y\n", "run.log", None),
    ],
)
def test_what_is_a_table(head: bytes, name: str, expected: str | None) -> None:
    """A name that says so, and a header of names."""
    known = format_for(head, name)

    assert expected == (known.name if known is not None else None)


def test_a_header_of_ten_thousand_names_is_read() -> None:
    """The last of many columns has its name, though the header is longer than the head of a file."""
    header = ",".join([*(f"column{number}" for number in range(10_000)), "email"])
    text = f"{header}\n{',' * 10_000}somebody\n"

    assert Table().matches(text[:4096].encode(), "wide.csv")
    assert [("email", "somebody")] == pairs(Table(), text)
