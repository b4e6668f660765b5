"""SQLite files are read row by row, without SQL, as far as they go."""

from __future__ import annotations

import gzip
import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from leakgate.model.gap import GapReason
from leakgate.unpack.formats.sqlite_database import SqliteDatabase
from leakgate.unpack.formats.sqlite_schema import columns_of
from tests.unit.unpack.formats.binary_fields_of import Field, fields_of, gaps_of, items_of, raw_of, texts_of

SQLITE = SqliteDatabase()
USERS = "CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT, note)"


def _database(*statements: str | tuple[str, tuple[object, ...]], pragma: str = "page_size=1024") -> bytes:
    with closing(sqlite3.connect(":memory:")) as base:
        base.execute(f"PRAGMA {pragma}")
        for statement in statements:
            base.execute(*([statement] if isinstance(statement, str) else statement))
        base.commit()
        return base.serialize()


def _user(name: str, note: object = None, rowid: int = 3) -> tuple[str, tuple[object, ...]]:
    return "INSERT INTO users VALUES(?, ?, ?)", (rowid, name, note)


def _rows(data: bytes) -> list[Field]:
    return [field for field in fields_of(SQLITE, data) if not (field.pointer or "").startswith("/sqlite_")]


def test_value_has_its_column_and_its_row() -> None:
    """The label is the column, the pointer goes by table, rowid and column, the place is exact."""
    assert _rows(_database(USERS, _user("Somebody"))) == [
        Field("name", b"Somebody", b"Somebody", "/users/3/name")
    ]


@pytest.mark.parametrize("encoding", ["UTF-16le", "UTF-16be"])
def test_wide_text_is_read(encoding: str) -> None:
    """Databases in UTF-16 give the same text, and lead to all its bytes."""
    [field] = _rows(_database(USERS, _user("Some größe"), pragma=f"encoding='{encoding}'"))

    assert ("Some größe".encode(), "Some größe".encode(encoding)) == (field.value, field.raw)


def test_value_over_several_pages_is_whole() -> None:
    """A long text is joined, and a part of it leads to its own place."""
    text = "".join(f"line {nth} of a long note\n" for nth in range(400))
    data = _database(USERS, _user("Somebody", text))

    [item] = [item for item in items_of(SQLITE, data) if text.encode() in getattr(item, "data", b"")]

    assert b"line 333" == raw_of(item, b"line 333")  # type: ignore[arg-type]


def test_tables_without_rowid_begin_with_their_key() -> None:
    """Their records have the columns of the primary key first."""
    made = "CREATE TABLE t(note TEXT, tag TEXT, PRIMARY KEY(tag)) WITHOUT ROWID"
    data = _database(made, "INSERT INTO t VALUES('some note', 'some tag')")

    assert [("tag", b"some tag"), ("note", b"some note")] == [(f.label, f.value) for f in _rows(data)]


def test_long_numbers_are_read_and_times_are_not() -> None:
    """A number of ten digits may be a phone's; seconds since 1970 say nothing."""
    made = "CREATE TABLE t(phone INTEGER, at INTEGER, count INTEGER)"
    data = _database(made, "INSERT INTO t VALUES(5550100199, 1700000000, 17)")

    assert [Field("phone", b"5550100199", (5550100199).to_bytes(6, "big"), "/t/1/phone")] == _rows(data)


def test_thousands_of_rows_are_all_read() -> None:
    """Inner pages of the tree are followed."""
    data = _database(USERS, *(_user(f"Somebody {nth}", None, nth) for nth in range(1, 3001)))

    assert [f"/users/{nth}/name" for nth in range(1, 3001)] == [field.pointer for field in _rows(data)]


def test_blob_of_text_is_text() -> None:
    """It has its column like any other value."""
    data = _database(USERS, _user("Somebody", b"a note of more than twenty bytes"))

    assert ("note", b"a note of more than twenty bytes") in [(f.label, f.value) for f in _rows(data)]


def test_packed_blob_is_unpacked() -> None:
    """What is compressed in a cell is a segment of its own."""
    data = _database(USERS, _user("Somebody", gzip.compress(b"a note that was packed into its cell")))

    [text] = texts_of(SQLITE, data)

    assert (b"a note that was packed into its cell", ("gzip",)) == (text.data, text.decoded[-1:])


def test_freed_pages_are_read() -> None:
    """Rows of a dropped table are still in the file, and still separate values."""
    rows = [_user(f"Somebody {nth}", "x" * 80, nth) for nth in range(1, 41)]
    data = _database("PRAGMA secure_delete=OFF", USERS, *rows, "DROP TABLE users")

    assert b"Somebody 17" in [field.value for field in _rows(data)]


def _with_log(folder: Path, mode: str, name: str) -> bytes:
    """The file beside a database in the middle of its work."""
    path = folder / "some.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as base:
        base.execute(f"PRAGMA journal_mode={mode}")
        base.execute(USERS)
        base.execute(*_user("Somebody"))
        base.execute("BEGIN")
        base.execute("UPDATE users SET name = 'Another one'")
        base.execute("PRAGMA cache_spill = 1")
        base.execute("COMMIT")
        return (folder / name).read_bytes()


def test_write_ahead_log_is_read(tmp_path: Path) -> None:
    """The newest state has its names; older ones are read too."""
    fields = _rows(_with_log(tmp_path, "WAL", "some.db-wal"))

    assert "/users/3/name" in [field.pointer for field in fields if field.value == b"Another one"]
    assert b"Somebody" in [field.value for field in fields]


def test_rollback_journal_is_read() -> None:
    """The pages of before the transaction hold what it changed."""
    page = _database(USERS, _user("Somebody"))[1024:2048]
    header = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"".join(
        number.to_bytes(4, "big") for number in (1, 0, 2, 512, 1024)
    )
    journal = header.ljust(512, b"\0") + (2).to_bytes(4, "big") + page + bytes(4)

    assert [b"Somebody"] == [field.value for field in _rows(journal)]


def test_damaged_header_is_a_gap() -> None:
    """A page size that cannot be ends the reading, and says so."""
    [gap] = gaps_of(SQLITE, b"SQLite format 3\0" + bytes([3, 7]) + bytes(600))

    assert (GapReason.UNPARSED, "SQLite: its header is damaged; scanned as text only") == (
        gap.reason,
        gap.detail,
    )


def test_cut_database_is_read_as_far_as_it_goes() -> None:
    """Rows on pages that are there are read, though the tree is broken."""
    data = _database(USERS, *(_user(f"Somebody {nth}", None, nth) for nth in range(1, 3001)))

    values = [field.value for field in _rows(data[: len(data) // 2])]

    assert len(values) > 1000


def test_a_cut_database_is_a_gap() -> None:
    """The header says how many pages there were; a whole one has them all."""
    data = _database(USERS, *(_user(f"Somebody {nth}", None, nth) for nth in range(1, 300)))

    assert [[GapReason.UNPARSED], []] == [
        [gap.reason for gap in gaps_of(SqliteDatabase(), some)] for some in (data[:-1], data)
    ]


def test_noise_does_not_stop_the_reading() -> None:
    """Bytes changed at random cost values, never an exception, and never much time."""
    data = _database(USERS, *(_user(f"Somebody {nth}", "y" * 900, nth) for nth in range(1, 50)))
    for seed in range(60):
        noise = random.Random(seed)
        broken = bytearray(data)
        for _ in range(200):
            broken[noise.randrange(100, len(broken))] = noise.randrange(256)

        items_of(SQLITE, bytes(broken))


def test_cells_that_overlap_are_not_multiplied() -> None:
    """A page whose cells all point to one long record gives no more than a page of values."""
    page = bytearray(4096)
    cell = b"\x9e\x3f\x01" + b"\x03\xbd\x05" + b"z" * 3900  # sizes and rowid; header; text
    page[0] = 0x0D
    page[3:5] = (80).to_bytes(2, "big")
    page[8:168] = (180).to_bytes(2, "big") * 80
    page[180 : 180 + len(cell)] = cell
    data = _database(USERS, pragma="page_size=4096") + page

    assert [3900] == [len(field.value) for field in _rows(data)]


@pytest.mark.parametrize(
    ("sql", "names"),
    [
        ("CREATE TABLE t(a, b TEXT, c)", ("a", "b", "c")),
        ('CREATE TABLE "my, t" ("a, b" TEXT, [c (d)] INT DEFAULT (1+2), `e``f`)', ("a, b", "c (d)", "e`f")),
        ("CREATE TABLE t(a -- first, really\n, b /* , */ , c CHECK (c IN ('x,y', 2)))", ("a", "b", "c")),
        ("CREATE TABLE t(a, b, PRIMARY KEY (b, a), UNIQUE(a), FOREIGN KEY(a) REFERENCES u(x))", ("a", "b")),
        ("CREATE TABLE t(a, b AS (a + 1), c GENERATED ALWAYS AS (a) STORED)", ("a", "c")),
        ("CREATE INDEX i ON t(a, b DESC)", ("a", "b")),
        ("CREATE TABLE t(a, b, c, PRIMARY KEY(c, a)) WITHOUT ROWID", ("c", "a", "b")),
        ("nonsense", ()),
        ("CREATE TABLE t(a, 'unclosed", ("a", "'unclosed")),
    ],
)
def test_columns_are_named(sql: str, names: tuple[str, ...]) -> None:
    """Quoted in any way, with comments, checks, keys and computed columns."""
    assert names == columns_of(sql).names
