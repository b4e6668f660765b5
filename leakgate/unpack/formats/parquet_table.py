"""
Parquet files: the texts and long numbers of every column, under its name, chunk by chunk.

Reads with pyarrow, which is an extra; without it a file is a gap, for its columns are compressed. A value
has its row and column; its place is the chunk that holds it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from leakgate.model.gap import Gap, GapReason
from leakgate.model.limits import MIB
from leakgate.model.offsets import Whole
from leakgate.model.segment import Segment
from leakgate.model.spans import Span
from leakgate.unpack.decoders.payload import is_text
from leakgate.unpack.formats.labelled_values import Path, Unread, Value, gap, unpacked

_MARK = b"PAR1"
_LEAST = 4  # bytes
_MOST_CHUNK = 128 * MIB  # of one column's values in one row group
_MOST_VALUES = 1_000_000  # of one chunk
_DEEPEST = 16
_PHYSICAL = ("BYTE_ARRAY", "FIXED_LEN_BYTE_ARRAY", "INT64", "INT32")
_LOGICAL = ("NONE", "STRING", "INT", "JSON", "ENUM")  # times and decimals say nothing
# Integers that may mean something: six digits or more that are no Unix time (s, ms, us, ns).
_TELLING = re.compile(r"-?(?!1[4-9]\d{8}(?:\d{3}){0,3}$)\d{6,19}$")


class ParquetTable:
    """By the mark of the format."""

    name = "Parquet"

    def matches(self, head: bytes, name: str) -> bool:
        return head.startswith(_MARK)

    def read(self, document: Segment) -> Iterator[Segment | Gap]:
        """A segment for each column of each row group; a gap for what could not be read."""
        try:
            file = _opened(document.data)
            yield from _Chunks(document, file, self.name).segments()
        except Unread as end:
            yield gap(document, self.name, end)


def _opened(data: bytes) -> Any:
    try:
        pyarrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError as error:
        detail = "its columns need an extra: pip install 'leakgate-ci[parquet]'"
        raise Unread(GapReason.UNSUPPORTED, detail) from error
    try:
        return parquet.ParquetFile(pyarrow.BufferReader(data))
    except Exception as error:
        raise _damage(error) from error


class _Chunks:
    def __init__(self, document: Segment, file: Any, name: str) -> None:
        self._document = document
        self._file = file
        self._name = name

    def segments(self) -> Iterator[Segment | Gap]:
        metadata = self._file.metadata
        first = 0
        for group in range(metadata.num_row_groups):
            rows = metadata.row_group(group)
            for column in range(rows.num_columns):
                try:
                    logical = self._file.schema.column(column).logical_type.type
                    yield from self._chunk(group, rows.column(column), logical, first)
                except Unread as end:
                    yield gap(self._document, self._name, end)
                except Exception as error:  # noqa: BLE001 - one chunk must not cost the others
                    yield gap(self._document, self._name, _damage(error))
            first += rows.num_rows

    def _chunk(self, group: int, chunk: Any, logical: str, first: int) -> Iterator[Segment]:
        if chunk.physical_type not in _PHYSICAL or logical not in _LOGICAL:
            return
        if chunk.total_uncompressed_size > _MOST_CHUNK or chunk.num_values > _MOST_VALUES:
            raise Unread(GapReason.TOO_LARGE, "has a column with more values than are read in one row group")
        label = chunk.path_in_schema.split(".", 1)[0]
        table = self._file.read_row_group(group, columns=[chunk.path_in_schema], use_threads=False)
        values = _distinct(table.column(0).to_pylist(), label, first)
        start = min(chunk.data_page_offset, chunk.dictionary_page_offset or chunk.data_page_offset)
        size = len(self._document.data)
        start = max(0, min(start, size))
        place = Whole(Span(start, min(size, start + max(0, chunk.total_compressed_size))))
        fields = (Value(name, data, place, path) for name, data, path in values)
        yield from unpacked(self._document, "parquet", fields)


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


def _damage(error: Exception) -> Unread:
    detail = f"a part of it is damaged or not supported ({type(error).__name__})"
    return Unread(GapReason.MALFORMED, detail)
