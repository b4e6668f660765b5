"""Parquet columns are read where their reader is installed, and a gap where not."""

from __future__ import annotations

import io
import random
import sys
from typing import Any

import pytest

from leakgate.model.gap import GapReason
from leakgate.unpack.formats.parquet_table import ParquetTable
from tests.unit.unpack.formats.binary_fields_of import fields_of, gaps_of, items_of

PARQUET = ParquetTable()


def _parquet(columns: dict[str, list[Any]]) -> bytes:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    out = io.BytesIO()
    parquet.write_table(pyarrow.table(columns), out, compression="zstd")
    return out.getvalue()


def test_value_has_its_column_and_its_row() -> None:
    """The label is the column; of equal values the first counts."""
    data = _parquet({"id": [1, 2, 3], "login": ["first", "second", "first"]})

    assert [("login", b"first", "/0/login"), ("login", b"second", "/1/login")] == [
        (field.label, field.value, field.pointer) for field in fields_of(PARQUET, data)
    ]


def test_nested_values_have_their_names() -> None:
    """Lists and structures are walked through."""
    data = _parquet({"who": [{"login": "first", "notes": ["note one", "note two"]}]})

    assert {("login", b"first"), ("notes", b"note one"), ("notes", b"note two")} == {
        (field.label, field.value) for field in fields_of(PARQUET, data)
    }


def test_long_numbers_are_read() -> None:
    """A phone may be stored as one."""
    assert [b"5550100199"] == [f.value for f in fields_of(PARQUET, _parquet({"phone": [5550100199]}))]


def test_place_is_the_chunk() -> None:
    """Values of different columns have different places."""
    data = _parquet({"one": ["first"], "two": ["second"]})

    first, second = (field.raw for field in fields_of(PARQUET, data))

    assert 0 < len(first) < len(data) / 2
    assert first != second


def test_noise_does_not_stop_the_reading() -> None:
    """A cut or changed file costs values and is a gap, never an exception."""
    data = _parquet({"login": [f"some body {nth}" for nth in range(50)]})
    for length in range(4, len(data), 37):
        assert GapReason.MALFORMED in [gap.reason for gap in gaps_of(PARQUET, data[:length])]
    for seed in range(100):
        broken = bytearray(data)
        broken[random.Random(seed).randrange(4, len(data))] ^= 0xFF

        items_of(PARQUET, bytes(broken))


def test_without_its_reader_a_file_is_a_gap_that_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its columns are compressed, so nothing else has looked at them."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)

    [gap] = gaps_of(PARQUET, b"PAR1 and more")

    assert (GapReason.UNSUPPORTED, True) == (gap.reason, "leakgate-ci[parquet]" in gap.detail)
