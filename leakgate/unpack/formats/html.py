"""
HTML pages: texts, also where inline markup splits them, attributes, scripts, and the JSON in both; tables of
names and values.

Never runs anything; what a script would write is not seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from leakgate.model.expressions import expression
from leakgate.model.gap import Gap
from leakgate.model.segment import Segment
from leakgate.unpack.formats.html_json import embedded
from leakgate.unpack.formats.json_document import JsonDocument
from leakgate.unpack.formats.markup import HTML
from leakgate.unpack.formats.markup_reading import Grammar, read_markup


def _names(words: str) -> frozenset[bytes]:
    return frozenset(words.encode().split())


_GRAMMAR = Grammar(
    HTML,
    folds_case=True,
    void=_names("area base br col embed hr img input link meta param source track wbr"),
    inline=_names(
        "a abbr b bdi bdo cite code em font i ins kbd mark q s samp small span strong sub sup tt u var wbr"
    ),
    ended_by={
        b"p": _names("p"),
        b"li": _names("li"),
        b"option": _names("option"),
        b"dt": _names("dt dd"),
        b"dd": _names("dt dd"),
        b"td": _names("td th"),
        b"th": _names("td th"),
        b"tr": _names("td th tr"),
    },
    escaped=_names("textarea title"),
    unseen=_names("style"),
)
_BEGINNING = expression(
    rb"(?:\s|<!--[^-]*+(?:-(?!->)[^-]*+)*+-->)*+(?:<!doctype\s+html|<html[\s>])", re.IGNORECASE
)
_JSON = JsonDocument()
_SUFFIXES = (".html", ".htm", ".xhtml")


class Html:
    """HTML by its doctype or root, or by its name where it begins with a tag."""

    name = "html"

    def matches(self, head: bytes, name: str) -> bool:
        if _BEGINNING.match(head) is not None:
            return True
        return name.lower().endswith(_SUFFIXES) and head.lstrip().startswith(b"<")

    def read(self, document: Segment) -> Iterator[Segment | Gap]:
        yield from read_markup(document, _GRAMMAR, {})
        for part in embedded(document):
            yield from _JSON.read(part)
