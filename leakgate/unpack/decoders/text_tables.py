"""
Tables drawn in text: `psql`, `mysql`, Markdown, Gherkin, Python's tabulate and rich.

Each cell is called by its column's header, the first row of the table. Never knows what drew it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from leakgate.model.detection import Pattern, Suspect
from leakgate.model.expressions import expression
from leakgate.unpack.decoders.labelling import Labelling, Named

_BAR = expression(rb"[|]|\xe2\x94[\x82\x83]")
# NOTE: Two expressions. In one, dashes could be read in three ways: 4,000 in a line took 17 s.
_WORDLESS = expression(rb"[^\w\n]*\Z")
_STROKE = expression(rb"---|\xe2\x94[\x80\x81]|===")
_LONGEST_LINE = 8192
_MOST_ROWS = 20_000
_MOST_CELLS = 200
_LONGEST_NAME = 64
_RECORD = expression(rb"^-\[ RECORD \d+ \][-+]*\r?$", re.MULTILINE)
_PAIR = expression(rb"(?P<name>[^|\n]{1,64})\|(?P<text>[^\n]*)")

Cell = tuple[int, int]


class Line(NamedTuple):
    """A line of a segment, without its end."""

    start: int
    end: int


def find_cells(data: bytes, suspects: Sequence[Suspect]) -> Iterator[Named]:
    """The cells of each table that touches a suspect's window, once."""
    done = 0
    for suspect in sorted(suspects, key=lambda suspect: suspect.window):
        at = max(done, suspect.window.start)
        for hit in _EXACT[suspect.pattern.id].finditer(data, at, suspect.window.end):
            if hit.start() < done:
                continue
            line = _line(data, hit.start() + hit[0].startswith(b"\n"))
            if _RECORD.match(data, line.start):
                found, done = _record(data, _behind(data, line))
            else:
                found, done = _table(data, line)
            yield from found
            done = max(done, hit.end())


def _table(data: bytes, seen: Line) -> tuple[list[Named], int]:
    """The table around a line: its rule, or one of its rows."""
    header = seen
    if _is_rule(data, seen):
        above = _line(data, max(0, seen.start - 1)) if seen.start else seen
        header = above if seen.start and _BAR.search(data, *above) else _line(data, _behind(data, seen))
    columns = cells(data, header)
    labels = [data[start:end].strip(b" \t*`") for start, end in columns]
    if len(columns) < 2 or not any(label[:1].isalpha() for label in labels):
        return [], seen.end
    found: list[Named] = []
    at = _behind(data, header)
    for _ in range(_MOST_ROWS):
        line = _line(data, at)
        if at >= len(data):
            break
        row = cells(data, line)
        if len(row) == len(columns):
            found += _named(data, labels, row)
        elif not _is_rule(data, line):
            break
        at = _behind(data, line)
    return found, at


def _named(data: bytes, labels: Sequence[bytes], row: Sequence[Cell]) -> Iterator[Named]:
    for label, cell in zip(labels, row, strict=True):
        if label[:1].isalpha() and len(label) <= _LONGEST_NAME:
            yield Named(label, *_trimmed(data, *cell))


def _record(data: bytes, at: int) -> tuple[list[Named], int]:
    """`name | value`, line by line (psql's expanded display)."""
    found: list[Named] = []
    for _ in range(_MOST_ROWS):
        if at >= len(data):
            break
        line = _line(data, at)
        pair = _PAIR.match(data, line.start, line.end)
        if pair is not None:
            found.append(Named(pair["name"].strip(), *_trimmed(data, *pair.span("text"))))
        elif not _RECORD.match(data, line.start):
            break
        at = _behind(data, line)
    return found, at


def cells(data: bytes, line: Line) -> list[Cell]:
    """What stands between the bars of a line, also before the first and behind the last."""
    bars = [hit.span() for hit in _BAR.finditer(data, *line)][:_MOST_CELLS]
    starts = [line.start, *(end for _, end in bars)]
    ends = [*(start for start, _ in bars), line.end]
    return list(zip(starts, ends, strict=True)) if bars else []


def _is_rule(data: bytes, line: Line) -> bool:
    return _WORDLESS.match(data, *line) is not None and _STROKE.search(data, *line) is not None


def _trimmed(data: bytes, start: int, end: int) -> Cell:
    text = data[start:end]
    return end - len(text.lstrip()), start + len(text.rstrip()) if text.strip() else end


def _line(data: bytes, at: int) -> Line:
    """The line at `at`, bounded."""
    low = max(0, at - _LONGEST_LINE)
    start = max(low, data.rfind(b"\n", low, at) + 1)
    newline = data.find(b"\n", at, at + _LONGEST_LINE)
    end = newline if newline >= 0 else min(len(data), at + _LONGEST_LINE)
    return Line(start, max(start, end - data.endswith(b"\r", start, end)))


def _behind(data: bytes, line: Line) -> int:
    """Where the next line begins."""
    return line.end + 1 + data.startswith(b"\r\n", line.end)


TABLES = Labelling(
    name="table",
    patterns=(
        Pattern("decode/table-rule", rb"-{3,}\+-{2,}|\| ?:?-{3,}:? ?\|", max_width=32),
        Pattern(
            "decode/table-rows",
            rb"\n[ \t]*\| *[A-Za-z_][\w .-]{0,60}\| *[A-Za-z_][\w .-]{0,60}\|",
            max_width=160,
        ),
        Pattern(
            "decode/table-box",
            rb"\xe2\x94[\x80\x81]\xe2\x94[\xbc\xaa\x8a]|\xe2\x95\x90\xe2\x95[\xaa\xa1]|\xe2\x94[\x81]\xe2\x95\x87",
            max_width=32,
        ),
        Pattern("decode/table-record", rb"-\[ RECORD \d", max_width=32),
    ),
    find=find_cells,
)
_EXACT = {pattern.id: expression(pattern.expression) for pattern in TABLES.patterns}
