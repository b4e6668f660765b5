"""
Tables as text: CSV and TSV with a header row, JMeter's result tables among them.

Each cell is called by its column. Quotes may hold line breaks; a row that is cut is read as far as it goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from leakgate.model.expressions import expression
from leakgate.model.gap import Gap
from leakgate.model.offsets import OffsetMap, Shift
from leakgate.model.segment import Segment
from leakgate.unpack.formats.edited import edited
from leakgate.unpack.formats.json_fields import JsonFields
from leakgate.unpack.formats.json_nodes import ONLY, Node

_SUFFIXES = (".csv", ".tsv", ".jtl")
_BATCH = 8192
_SHORTEST = 3
_MOST_COLUMNS = 20_000
_LONGEST_NAME = 72
# A name begins with a letter: in a row of values alone some cell does not.
_NAME = rb"(?:\"[A-Za-z_\x80-\xff][^\"\r\n]{0,70}\"|[A-Za-z_\x80-\xff][^,;\t\"\r\n]{0,70})"
_HEADER = expression(
    rb"\s*+" + _NAME + rb"(?:(?P<mark>[,;\t])" + _NAME + rb"(?:(?P=mark)" + _NAME + rb")*+)\r?\n"
)
# A header of thousands of names does not end within the head of a file.
_LONG_HEADER = expression(
    rb"\s*+" + _NAME + rb"(?P<mark>[,;\t])" + _NAME + rb"(?:(?P=mark)" + _NAME + rb"){60,}+"
)
_DOUBLED = expression(rb'""')

# Column, and where the text of the cell stands.
_Cell = tuple[int, int, int]


class Table:
    """CSV by its name and its header: names, separated by commas, semicolons or tabs."""

    name = "table"

    def matches(self, head: bytes, name: str) -> bool:
        if not name.lower().endswith(_SUFFIXES):
            return False
        begins = _HEADER if b"\n" in head else _LONG_HEADER
        return begins.match(head) is not None

    def read(self, document: Segment) -> Iterator[Segment | Gap]:
        data = document.data
        header = _HEADER.match(data)
        if header is None:
            return
        rows = _rows(data, header["mark"])
        names = [_text(data, cell)[0].strip()[:_LONGEST_NAME] for cell in next(rows, ())][:_MOST_COLUMNS]
        root = Node(None, ONLY, array=True)
        fields = JsonFields(document, lambda node: None)
        count = 0
        for number, row in enumerate(rows, 1):
            node = Node(root, number, array=False)
            for cell in islice(row, len(names)):
                if cell[2] - cell[1] >= _SHORTEST:
                    name = names[cell[0]]
                    fields.add(name.decode("utf-8", "replace"), *_text(data, cell), ((0, node, name),))
                    count += 1
            if count >= _BATCH:
                yield from _made(fields)
                fields = JsonFields(document, lambda node: None)
                count = 0
        yield from _made(fields)


def _made(fields: JsonFields) -> Iterator[Segment]:
    if (segment := fields.segment()) is not None:
        yield segment


def _rows(data: bytes, mark: bytes) -> Iterator[tuple[_Cell, ...]]:
    """The cells of each row; empty lines are none."""
    bare = rb"[^" + re.escape(mark) + rb"\r\n]*+"
    cells = re.compile(
        rb'(?:"(?P<quoted>[^"]*+(?:""[^"]*+)*+)(?:"' + bare + rb"|\Z)|(?P<bare>" + bare + rb"))"
        rb"(?P<end>" + re.escape(mark) + rb"|\r?\n|\r|\Z)"
    )
    row: list[_Cell] = []
    for hit in cells.finditer(data):
        row.append((len(row), *hit.span("quoted" if hit["quoted"] is not None else "bare")))
        if hit["end"] != mark:
            if len(row) > 1 or row[0][2] > row[0][1]:
                yield tuple(row)
            row = []


def _text(data: bytes, cell: _Cell) -> tuple[bytes, OffsetMap]:
    _, start, end = cell
    if data.find(b'""', start, end) < 0:
        return data[start:end], Shift(start)
    return edited(data, start, end, _DOUBLED, lambda hit: b'"')
