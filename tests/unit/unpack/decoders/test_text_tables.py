"""Tables drawn in text: each cell once, whatever ends a line."""

from __future__ import annotations

import time

import pytest

from leakgate.model.detection import Suspect
from leakgate.model.spans import Span
from leakgate.unpack.decoders.text_tables import TABLES, find_cells

_TABLE = ("File | Name", "-----+-----", "a | one", "b | two", "", "end")


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_each_cell_is_named_once(line_end: str) -> None:
    """A row is not read again because its line ends in CR LF."""
    data = line_end.join(_TABLE).encode()
    suspect = Suspect(TABLES.patterns[0], Span(0, len(data)))

    found = [(named.label, data[named.start : named.end]) for named in find_cells(data, [suspect])]

    assert [(b"File", b"a"), (b"Name", b"one"), (b"File", b"b"), (b"Name", b"two")] == found


def test_a_record_that_the_file_ends_in_is_read_once() -> None:
    """A last line without its line break is not found again and again behind the end."""
    data = b"-[ RECORD 1 ]-\nnick | Anna\ntown | Ulm"

    suspect = Suspect(next(p for p in TABLES.patterns if p.id.endswith("record")), Span(0, len(data)))

    assert [b"nick", b"town"] == [named.label for named in find_cells(data, [suspect])]


def test_a_line_of_dashes_is_judged_in_linear_time() -> None:
    """Also one that turns out to be no rule at its very end."""
    data = b"a | b\n" + b"-" * 8000 + b"+--x\n"
    began = time.process_time()

    list(find_cells(data, [Suspect(TABLES.patterns[0], Span(0, len(data)))]))

    assert time.process_time() - began < 1
