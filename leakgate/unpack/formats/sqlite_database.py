"""
SQLite: every text, blob and long number of every row, with its column as label and its exact place.

Databases, write-ahead logs and rollback journals; also pages that were freed or belong to an older state.
What a deletion left inside a page in use is left to the printable strings. Runs no SQL.
"""

from __future__ import annotations

from collections.abc import Iterator

from leakgate.model.expressions import expression
from leakgate.model.gap import Gap, GapReason
from leakgate.model.offsets import Lazy, OffsetMap, Shift, Whole
from leakgate.model.records import dataclass
from leakgate.model.segment import Segment
from leakgate.model.spans import Span
from leakgate.unpack.decoders.payload import children, is_text
from leakgate.unpack.formats.labelled_values import Through, Unread, Value, gap, gathered
from leakgate.unpack.formats.sqlite_files import MAGICS, pages_lost, pages_of
from leakgate.unpack.formats.sqlite_pages import Pages, Payload, varint
from leakgate.unpack.formats.sqlite_schema import Columns, columns_of
from leakgate.unpack.transcode import Transcoded

_CODECS = {2: "utf-16-le", 3: "utf-16-be"}
_WIDTHS = (0, 1, 2, 3, 4, 6, 8)  # bytes of integers, by serial type
_LEAST_TEXT = 4  # bytes
_LEAST_BLOB = 20
# Integers that may mean something: six digits or more that are no Unix time (s, ms, us, ns).
_TELLING = expression(r"-?(?!1[4-9]\d{8}(?:\d{3}){0,3}$)\d{6,19}$")
_MOST_COLUMNS = 32767


class SqliteDatabase:
    """By the magic of the three kinds of file."""

    name = "SQLite"

    def matches(self, head: bytes, name: str) -> bool:
        return head.startswith(MAGICS)

    def read(self, document: Segment) -> Iterator[Segment | Gap]:
        """Segments of FIELDS, and one for every blob that unpacks to something."""
        try:
            pages = pages_of(document.data)
        except Unread as end:
            yield gap(document, self.name, end)
            return
        yield from gathered(document, self.name, _values(_Rows(document, pages, _codec(pages))))
        if lost := pages_lost(document.data):
            detail = f"is cut, {lost} pages at its end are missing; what came before was read"
            yield gap(document, self.name, Unread(GapReason.UNPARSED, detail))


@dataclass(frozen=True, slots=True)
class _Table:
    name: str
    root: int
    columns: Columns


@dataclass(frozen=True, slots=True)
class _Rows:
    document: Segment
    pages: Pages
    codec: str | None

    def tables(self) -> tuple[_Table, ...]:
        """The tables of the schema, then its indexes; those without a statement are made by SQLite itself."""
        found: list[_Table] = [_Table("sqlite_schema", 1, Columns(("type", "name", "tbl_name", "", "sql")))]
        for row in self.pages.table(1):
            fields = dict(enumerate(self.texts(row)))
            kind, table, sql = (fields.get(nth, b"").decode("utf-8", "replace") for nth in (0, 2, 4))
            root = fields.get(3, b"")
            if kind in ("table", "index") and root.isdigit() and int(root) > 1:
                columns = columns_of(sql)
                found.append(_Table(table, int(root), columns if kind == "table" else _indexed(columns)))
        self.pages.seen.clear()  # the schema is read once more as a table of its own
        return tuple(found)

    def texts(self, row: Payload) -> Iterator[bytes]:
        """Every value as text, for the schema's own table."""
        for kind, at, width in _record(row.data):
            raw = row.data[at : at + width]
            if kind >= 13 and self.codec is not None:
                yield raw.decode(self.codec, "replace").encode("utf-8", "replace")
            else:
                yield raw if kind >= 12 else str(_integer(kind, raw)).encode()

    def values(self, row: Payload, table: str, key: str | int, columns: Columns) -> Iterator[Value | Segment]:
        """What may mean something of one row."""
        names = columns.names
        for nth, (kind, at, width) in enumerate(_record(row.data)):
            if kind < 13 and not (kind in (4, 5, 6) or (kind >= 12 and width >= _LEAST_BLOB)):
                continue
            label = names[nth] if nth < len(names) else f"column{nth + 1}"
            path = (table, key, label)
            raw = row.data[at : at + width]
            back = row.back(at)
            if kind < 12:
                number = str(_integer(kind, raw)) if len(raw) == width else ""  # a cut number is none
                if _TELLING.match(number):
                    yield Value(label, number.encode(), Whole(_place(back, width)), path)
            elif kind % 2 or is_text(raw):
                if len(raw) >= _LEAST_TEXT:
                    yield self._text(label, raw, back, path, kind)
            else:
                yield from children(self.document, raw, "blob", _as_map(back), 0)

    def _text(
        self, label: str, raw: bytes, back: OffsetMap | int, path: tuple[str | int, ...], kind: int
    ) -> Value:
        codec = self.codec if kind % 2 else None
        if codec is None:
            return Value(label, raw, back, path)
        data = raw.decode(codec, "replace").encode("utf-8", "replace")
        return Value(label, data, Through(_as_map(back), Lazy(lambda: Transcoded(data, codec))), path)


def _values(rows: _Rows) -> Iterator[Value | Segment]:
    """By table as the schema has them, then the pages that no table leads to."""
    tables = rows.tables()
    for table in tables:
        for count, row in enumerate(rows.pages.table(table.root), 1):
            key = row.rowid if row.rowid is not None else _indexed_row(row.data, table) or count
            yield from rows.values(row, table.name, key, table.columns)
    for start in rows.pages.strays():
        page = f"page@{start}"
        for row in rows.pages.rows(start):
            if row.rowid is not None:
                yield from rows.values(row, page, row.rowid, _likely(tables, row.data))


def _likely(tables: tuple[_Table, ...], record: bytes) -> Columns:
    """The columns of the only table whose records have as many fields; none where several have."""
    width = sum(1 for _ in _record(record))
    fitting = {t.columns for t in tables if t.columns.has_rowid and len(t.columns.names) == width}
    return fitting.pop() if len(fitting) == 1 else Columns(())


def _indexed(columns: Columns) -> Columns:
    return Columns(columns.names, False)


def _indexed_row(record: bytes, table: _Table) -> int | None:
    """The rowid that an entry of an index ends with."""
    fields = list(_record(record))
    if len(fields) != len(table.columns.names) + 1:
        return None
    kind, at, width = fields[-1]
    return _integer(kind, record[at : at + width])


def _record(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Serial type, offset and width of every field that is there."""
    size, at = varint(data, 0)
    body, end = size, min(size, len(data), 9 * _MOST_COLUMNS)
    while at < end:
        kind = data[at]
        at += 1
        if kind >= 0x80:
            kind, at = varint(data, at - 1)
        width = (kind - 12) // 2 if kind >= 12 else 8 if kind == 7 else _WIDTHS[kind] if kind < 7 else 0
        yield kind, body, width
        body += width
        if body > len(data):
            return


def _integer(kind: int, raw: bytes) -> int | None:
    if kind in (8, 9):
        return kind - 8
    return int.from_bytes(raw, "big", signed=True) if 1 <= kind <= 6 else None


def _codec(pages: Pages) -> str | None:
    first = pages.offsets.get(1)
    return (
        _CODECS.get(int.from_bytes(pages.data[first + 56 : first + 60], "big")) if first is not None else None
    )


def _as_map(back: OffsetMap | int) -> OffsetMap:
    return Shift(back) if isinstance(back, int) else back


def _place(back: OffsetMap | int, width: int) -> Span:
    return _as_map(back).to_parent(Span(0, width))
