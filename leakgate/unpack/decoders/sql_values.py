"""
Values of SQL under the names of their columns: `INSERT`, `COPY`, and what statements are bound to.

An `INSERT` without columns takes them from its `CREATE TABLE`, if that stands before it. Parameters are
looked for near their statement, as SQLAlchemy, Django, Hibernate, MyBatis, Entity Framework, TypeORM,
Sequelize and PostgreSQL log them. Sources: ISO 9075 on insert statements, PostgreSQL's documentation of
COPY (text format). Never interprets an expression.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from leakgate.model.detection import Pattern, Suspect
from leakgate.model.expressions import expression
from leakgate.unpack.decoders.labelling import Labelling, Named
from leakgate.unpack.decoders.sql_bindings import bound
from leakgate.unpack.decoders.value_lists import Item, value_list

_NAME = rb"(?:[\"`\[]?[\w$]{1,64}[\"`\]]?\.){0,2}[\"`\[]?(?P<table>[\w$]{1,64})[\"`\]]?"
_COLUMNS = rb"\((?P<columns>[\s\w$\"`\[\].,]{1,8000}+)\)"
_INSERT = expression(
    rb"(?i:insert|replace)\s{1,8}(?:\w{1,12}\s{1,4}){0,2}?(?i:into)\s{1,8}"
    + _NAME
    + rb"\s{0,8}(?:(?:(?i:as)\s{1,4})?"
    + _COLUMNS
    + rb")?\s{0,8}(?:(?i:output)\s[^()]{1,200})?"
    rb"(?:(?i:overriding)\s\w{1,8}\s(?i:value)\s{1,8})?(?i:values?)\s{0,8}\("
)
_COPY = expression(
    rb"(?i:copy)\s{1,4}"
    + _NAME
    + rb"\s{0,4}"
    + _COLUMNS
    + rb"\s{1,4}(?i:from)\s{1,4}(?i:stdin)[^\n]{0,80};\r?\n"
)
_MARKED = expression(
    rb"(?P<column>[\w$.\"`\[\]]{1,130})\s{0,3}(?:=|<|>|<=|>=|<>|(?i:i?like))\s{0,3}"
    rb"(?:\?|%s|\$\d{1,4}|@[Pp_]\w{0,20}|:\w{1,20})(?![\w'])"
)
_NEXT_ROW = expression(rb"\s{0,80}+,\s{0,80}+\(")
_DEFINED = expression(rb"(?i:create)\s[^(]{1,40}(?i:table)\s[^(]{0,40}?")
_COLUMN = expression(rb"^\s{0,8}[\"`\[]?(?P<name>[\w$]{1,64})[\"`\]]?\s{1,40}\w", re.MULTILINE)
_NO_COLUMN = frozenset(
    b"primary key unique constraint foreign check index fulltext spatial exclude like".split()
)
_LONGEST_STATEMENT = 4096
_LONGEST_DEFINITION = 64 * 1024


def find_values(data: bytes, suspects: Sequence[Suspect]) -> Iterator[Named]:
    """The values of every statement that begins in a suspect's window, each once."""
    done = 0
    for suspect in sorted(suspects, key=lambda suspect: suspect.window):
        at = max(done, suspect.window.start)
        while (hit := _ANCHOR.search(data, at, suspect.window.end)) is not None:
            at = hit.end()
            for named in _statement(data, hit.start()):
                yield named
                done = max(done, named.end)
            at = max(at, done)
        done = max(done, at)


def _statement(data: bytes, start: int) -> Iterator[Named]:
    limit = start + 16 * 1024
    if (insert := _INSERT.match(data, start, limit)) is not None:
        yield from _inserted(data, insert)
    elif (copy := _COPY.match(data, start, limit)) is not None:
        yield from _copied(data, copy.end(), names(copy["columns"]))
    else:
        marks = list(_MARKED.finditer(data, start, _end_of_statement(data, start)))
        if marks:
            columns = [names(mark["column"])[-1] for mark in marks]
            yield from bound(data, start, marks[-1].end(), columns)


def _end_of_statement(data: bytes, start: int) -> int:
    newline = data.find(b"\n", start, start + _LONGEST_STATEMENT)
    return newline if newline >= 0 else min(len(data), start + _LONGEST_STATEMENT)


def _inserted(data: bytes, insert: re.Match[bytes]) -> Iterator[Named]:
    columns = names(insert["columns"]) if insert["columns"] else _defined(data, insert)
    at = insert.end()
    while columns and (row := value_list(data, at)) is not None:
        items, end = row
        marks = [name for name, item in zip(columns, items, strict=False) if _is_mark(data, item)]
        if marks:
            yield from bound(data, insert.start(), end, marks)
        yield from (Named(name, *item) for name, item in zip(columns, items, strict=False))
        following = _NEXT_ROW.match(data, end)
        if following is None:
            break
        at = following.end()


def _is_mark(data: bytes, item: Item) -> bool:
    """Whether a value stands elsewhere: `?`, `%s`, `$1`, `:name`, `@p0`."""
    return not item.quote and data[item.start : item.start + 1] in (b"?", b"%", b"$", b":", b"@")


def names(listed: bytes) -> list[bytes]:
    """The columns of a list, without their quotes and tables."""
    return [name.strip(b' \t\r\n"`[]').rpartition(b".")[2].strip(b'"`[]') for name in listed.split(b",")]


def _defined(data: bytes, insert: re.Match[bytes]) -> list[bytes]:
    """The columns of the table as it was created before."""
    table = insert["table"]
    at = insert.start()
    for _ in range(8):
        at = data.rfind(table, max(0, at - _LONGEST_DEFINITION * 16), at)
        if at < 0:
            break
        lead = data[max(0, at - 60) : at]
        opening = data.find(b"(", at, at + len(table) + 8)
        if opening >= 0 and re.search(rb"(?i:table)[^(;]{0,50}\Z", lead):
            return _columns_of(data, opening + 1)
    return []


def _columns_of(data: bytes, start: int) -> list[bytes]:
    end = data.find(b";", start, start + _LONGEST_DEFINITION)
    body = data[start : end if end >= 0 else start + _LONGEST_DEFINITION]
    found = [hit["name"] for hit in _COLUMN.finditer(body)]
    return [name for name in found if name.lower() not in _NO_COLUMN]


def _copied(data: bytes, at: int, columns: list[bytes]) -> Iterator[Named]:
    """Rows of tabs up to `\\.`; `\\N` is no value."""
    while at < len(data):
        newline = data.find(b"\n", at)
        end = newline if newline >= 0 else len(data)
        if data.startswith(b"\\.", at):
            return
        for name in columns:
            tab = data.find(b"\t", at, end)
            stop = tab if tab >= 0 else end
            yield Named(name, at, stop - (stop == end and data.endswith(b"\r", at, end)))
            at = stop + 1
            if tab < 0:
                break
        at = end + 1


SQL = Labelling(
    name="sql",
    patterns=(
        Pattern(
            "decode/sql-insert", rb"(?i:insert|replace)\s{1,4}(?:\w{1,12}\s){0,2}(?i:into)\s", max_width=64
        ),
        Pattern("decode/sql-copy", rb"(?i:from)\s(?i:stdin)", max_width=2048),
        Pattern("decode/sql-update", rb"(?i:update)\s[^\n]{1,80}\s(?i:set)\s", max_width=128),
        Pattern("decode/sql-where", rb"(?i:where)\s[^\n]{1,80}=\s?(?:\?|%s|\$\d|@\w|:\w)", max_width=128),
    ),
    find=find_values,
)
_ANCHOR = expression(
    rb"(?i:(?:insert|replace)\s{1,4}(?:\w{1,12}\s){0,2}into\s|copy\s[^\n;]{1,1800}\sfrom\sstdin"
    rb"|update\s[^\n]{1,80}\sset\s|where\s[^\n]{1,80}=\s?(?:\?|%s|\$\d|@\w|:\w))"
)
