"""
Parquet files: the texts and long numbers of every column, under its name, chunk by chunk.

Reads with pyarrow, which is an extra; without it a file is a gap, for its columns are compressed. A value
has its row and column; its place is the chunk that holds it.

NOTE: pyarrow reads in a process of its own: metadata that contradicts itself makes its C++ code abort.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any, NamedTuple

from leakgate.model.expressions import expression
from leakgate.model.gap import Gap, GapReason
from leakgate.model.limits import MIB
from leakgate.model.offsets import Whole
from leakgate.model.segment import Segment
from leakgate.model.spans import Span
from leakgate.unpack.decoders.payload import is_text
from leakgate.unpack.formats.apart import Row, apart
from leakgate.unpack.formats.labelled_values import Path, Unread, Value, gap, unpacked

_MARK = b"PAR1"
_LEAST = 4  # bytes
_MOST_CHUNK = 128 * MIB  # of one column's values in one row group
_MOST_VALUES = 1_000_000  # of one chunk
_DEEPEST = 16
_PHYSICAL = ("BYTE_ARRAY", "FIXED_LEN_BYTE_ARRAY", "INT64", "INT32")
_LOGICAL = ("NONE", "STRING", "INT", "JSON", "ENUM")  # times and decimals say nothing
# Integers that may mean something: six digits or more that are no Unix time (s, ms, us, ns).
_TELLING = expression(r"-?(?!1[4-9]\d{8}(?:\d{3}){0,3}$)\d{6,19}$")


class ParquetTable:
    """By the mark of the format."""

    name = "Parquet"

    def matches(self, head: bytes, name: str) -> bool:
        return head.startswith(_MARK)

    def read(self, document: Segment) -> Iterator[Segment | Gap]:
        """A segment for each column of each row group; a gap for what could not be read."""
        try:
            pyarrow = _installed()
            yield from _segments(document, self.name, apart(lambda: _rows(pyarrow, document.data)))
        except Unread as end:
            yield gap(document, self.name, end)


class _Library(NamedTuple):
    arrow: Any
    parquet: Any


def _installed() -> _Library:
    """Imported here once, not by each process. Raises Unread."""
    try:
        return _Library(import_module("pyarrow"), import_module("pyarrow.parquet"))
    except ImportError as error:
        detail = "its columns need an extra: pip install 'leakgate-ci[parquet]'"
        raise Unread(GapReason.UNSUPPORTED, detail) from error


# What comes back from the other process: a trouble with its reason, the place of a chunk, or a value of it.
_TROUBLE, _PLACE, _VALUE = "trouble", "place", "value"


def _segments(document: Segment, name: str, rows: Iterable[Row]) -> Iterator[Segment | Gap]:
    """One for each chunk; also of the one in which the other process ended."""
    place, values = Whole(Span(0, 0)), list[Value]()
    try:
        for kind, *row in rows:
            if kind == _VALUE:
                label, data, path = row
                values.append(Value(label, data.encode("latin-1"), place, tuple(path)))
                continue
            yield from unpacked(document, "parquet", values)
            values = []
            if kind == _PLACE:
                place = Whole(Span(*row))
            else:
                yield gap(document, name, Unread(GapReason(row[0]), row[1]))
    except Unread as end:
        yield from unpacked(document, "parquet", values)
        yield gap(document, name, end)
        return
    yield from unpacked(document, "parquet", values)


def _rows(library: _Library, data: bytes) -> Iterator[Row]:
    """Of all chunks, in their order."""
    try:
        # Its own allocator reserves more address space than the process may have.
        library.arrow.set_memory_pool(library.arrow.system_memory_pool())
        file = library.parquet.ParquetFile(library.arrow.BufferReader(data))
        yield from _of_chunks(file, len(data))
    except Exception as error:  # noqa: BLE001 - whatever a library says of a damaged file
        yield _trouble(error)


def _of_chunks(file: Any, size: int) -> Iterator[Row]:
    first = 0
    for group in range(file.metadata.num_row_groups):
        rows = file.metadata.row_group(group)
        for column in range(rows.num_columns):
            try:
                yield from _of_chunk(file, group, column, first, size)
            except Exception as error:  # noqa: BLE001 - one chunk must not cost the others
                yield _trouble(error)
        first += rows.num_rows


def _of_chunk(file: Any, group: int, column: int, first: int, size: int) -> Iterator[Row]:
    chunk = file.metadata.row_group(group).column(column)
    logical = file.schema.column(column).logical_type.type
    if chunk.physical_type not in _PHYSICAL or logical not in _LOGICAL:
        return
    if chunk.total_uncompressed_size > _MOST_CHUNK or chunk.num_values > _MOST_VALUES:
        raise Unread(GapReason.TOO_LARGE, "has a column with more values than are read in one row group")
    label = chunk.path_in_schema.split(".", 1)[0]
    table = file.read_row_group(group, columns=[chunk.path_in_schema], use_threads=False)
    start = min(chunk.data_page_offset, chunk.dictionary_page_offset or chunk.data_page_offset)
    start = max(0, min(start, size))
    yield [_PLACE, start, min(size, start + max(0, chunk.total_compressed_size))]
    for name, data, path in _distinct(table.column(0).to_pylist(), label, first):
        yield [_VALUE, name, data.decode("latin-1"), path]


def _distinct(rows: list[Any], label: str, first: int) -> Iterator[tuple[str, bytes, Path]]:
    """What may mean something, the first time that it occurs."""
    seen: set[tuple[str, bytes]] = set()
    for nth, row in enumerate(rows, first):
        for name, data, path in _leaves(row, label, (nth, label), 0):
            if (name, data) not in seen:
                seen.add((name, data))
                yield name, data, path


def _leaves(value: Any, label: str, path: Path, depth: int) -> Iterator[tuple[str, bytes, Path]]:
    """The texts and numbers in lists, structures and maps, which are lists of pairs."""
    if depth > _DEEPEST:
        raise Unread(GapReason.TOO_DEEP, f"nested deeper than {_DEEPEST} levels")
    for name, inner, step in _parts(value, label):
        yield from _leaves(inner, name, (*path, *step), depth + 1)
    if (data := _written(value)) is not None:
        yield label, data, path


def _parts(value: Any, label: str) -> Iterator[tuple[str, Any, Path]]:
    """What a value is made of: label, value and the step that leads there."""
    if isinstance(value, dict):
        yield from ((str(key), inner, (str(key),)) for key, inner in value.items())
    elif isinstance(value, tuple) and len(value) == 2 and isinstance(value[0], str):
        yield value[0], value[1], (value[0],)
    elif isinstance(value, list):
        yield from ((label, inner, (nth,)) for nth, inner in enumerate(value))


def _written(value: Any) -> bytes | None:
    """A text or a number that may mean something."""
    if isinstance(value, str):
        value = value.encode("utf-8", "replace")
    if isinstance(value, bytes):
        return value if len(value) >= _LEAST and is_text(value) else None
    return str(value).encode() if type(value) is int and _TELLING.match(str(value)) else None


def _trouble(error: Exception) -> Row:
    if isinstance(error, Unread):
        return [_TROUBLE, error.reason.value, error.detail]
    detail = f"a part of it is damaged or not supported ({type(error).__name__})"
    return [_TROUBLE, GapReason.MALFORMED.value, detail]
