r"""
Names and values that follow each other without a sign between them: PowerShell's tables of two columns
(`Name  Value`), Node's `rawHeaders: [ 'k', 'v' ]`, Redis commands (`$1\r\nk\r\n$1\r\nv`), and values of
several words in Go's `{Name:Ada Byron Age:36}`.

Says what is called what; never what it is worth.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from leakgate.model.detection import Pattern, Suspect
from leakgate.model.expressions import expression
from leakgate.unpack.decoders.labelling import Labelling, Named
from leakgate.unpack.decoders.value_lists import value_list

_MOST_ROWS = 2000
_LONGEST_LINE = 4096

_HEADING = expression(rb"(?:Name|Key)(?P<gap> +)Value *\r?\n-{3,4} +-{5} *\r?(?=\n)")
_RAW_HEADERS = expression(rb"rawHeaders['\"]?\s?[:=]\s?\[")
_COMMAND = expression(
    rb"\$\d{1,2}\r?\n(?P<name>[A-Za-z_][\w.:-]{1,60})\r?\n(?=\$\d{1,6}\r?\n(?P<value>[^\r\n]{1,4096}))"
)
_STRUCT = expression(rb"[{\[]&?(?=[A-Z][A-Za-z0-9]{1,40}:[\w+])")
_WORDS = expression(
    rb"(?<=[{ ])(?P<name>[A-Z][A-Za-z0-9]{1,40}):(?P<value>[^\s:{}\[\]]+(?: [^\s:{}\[\]]+){1,8})"
    rb"(?= [A-Z][A-Za-z0-9]{1,40}:|\})"
)


def _table(data: bytes, heading: re.Match[bytes]) -> Iterator[Named]:
    """The rows below a heading up to an empty line; the second column begins where its name does."""
    column = heading.start("gap") - heading.start() + len(heading["gap"])
    at = heading.end() + 1
    for _ in range(_MOST_ROWS):
        newline = data.find(b"\n", at, at + _LONGEST_LINE)
        end = newline if newline >= 0 else min(len(data), at + _LONGEST_LINE)
        name, value = data[at : at + column], data[at + column : end].rstrip()
        if not name.strip() or not name.endswith(b" ") or b"\n" in name:
            return
        yield Named(name.strip(), at + column, at + column + len(value))
        if newline < 0:
            return
        at = newline + 1


def _headers(data: bytes, opening: re.Match[bytes]) -> Iterator[Named]:
    found = value_list(data, opening.end())
    items = found[0] if found is not None else []
    for name, value in zip(items[::2], items[1::2], strict=False):
        if name.quote:
            yield Named(data[name.start : name.end], value.start, value.end, value.quote)


def _command(data: bytes, hit: re.Match[bytes]) -> Iterator[Named]:
    yield Named(hit["name"], *hit.span("value"))


def _struct(data: bytes, opening: re.Match[bytes]) -> Iterator[Named]:
    newline = data.find(b"\n", opening.end(), opening.end() + _LONGEST_LINE)
    end = newline if newline >= 0 else opening.end() + _LONGEST_LINE
    for hit in _WORDS.finditer(data, opening.start(), end):
        yield Named(hit["name"], *hit.span("value"))


_SYNTAXES: dict[str, tuple[re.Pattern[bytes], Callable[[bytes, re.Match[bytes]], Iterator[Named]]]] = {
    "decode/list-table": (_HEADING, _table),
    "decode/list-headers": (_RAW_HEADERS, _headers),
    "decode/list-command": (_COMMAND, _command),
    "decode/list-struct": (_STRUCT, _struct),
}


def find_listed(data: bytes, suspects: Sequence[Suspect]) -> Iterator[Named]:
    """Each value once, whichever place called for it."""
    seen: set[int] = set()
    for suspect in suspects:
        expression, read = _SYNTAXES[suspect.pattern.id]
        for hit in expression.finditer(data, suspect.window.start, suspect.window.end):
            for named in read(data, hit):
                if named.start not in seen:
                    seen.add(named.start)
                    yield named


PAIR_LISTS = Labelling(
    name="pairs",
    patterns=(
        Pattern("decode/list-table", rb"Value *\r?\n-{3,4} +-{5}", max_width=320),
        Pattern("decode/list-headers", rb"rawHeaders['\"]?\s?[:=]\s?\[", max_width=32),
        Pattern("decode/list-command", rb"\$\d{1,2}\r?\n[A-Za-z_][\w.:-]{1,60}\r?\n\$\d", max_width=4300),
        Pattern("decode/list-struct", rb"[{\[]&?[A-Z][A-Za-z0-9]{1,40}:[\w+]", max_width=64),
    ),
    find=find_listed,
)
