"""
One pass over a document's tokens, which become fields. What differs between XML and HTML is a `Grammar`.

Never raises for what a document holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field

from leakgate.model.records import dataclass
from leakgate.model.segment import Segment
from leakgate.unpack.formats.markup_batch import Run
from leakgate.unpack.formats.markup_fields import MarkupFields
from leakgate.unpack.formats.test_scopes import Dialect


@dataclass(frozen=True, slots=True)
class Grammar:
    """How elements behave.

    `inline` ones do not end the text around them, `void` ones have no content; `ended_by` says which open
    ones end where another begins. Of those whose content is not markup, `escaped` ones hold references all
    the same, `unseen` ones nothing that anybody wrote.
    """

    tokens: re.Pattern[bytes]
    folds_case: bool = False
    void: frozenset[bytes] = frozenset()
    inline: frozenset[bytes] = frozenset()
    ended_by: Mapping[bytes, frozenset[bytes]] = field(default_factory=dict)
    escaped: frozenset[bytes] = frozenset()
    unseen: frozenset[bytes] = frozenset()


def read_markup(document: Segment, grammar: Grammar, dialect: Dialect) -> Iterator[Segment]:
    """The fields of the document, in batches."""
    gathered = MarkupFields(document, dialect, grammar.ended_by)
    pass_ = _Pass(gathered, grammar)
    behind = 0
    for hit in grammar.tokens.finditer(document.data):
        start = hit.start()
        # Most of what stands between tags is their indent.
        if start > behind and (pass_.runs or not document.data[behind:start].isspace()):
            pass_.runs.append((behind, start, False))
        behind = hit.end()
        pass_.token(hit)
        if gathered.is_full:
            yield from gathered.drained()
    pass_.runs.append((behind, len(document.data), False))
    pass_.flush()
    yield from gathered.drained()


class _Pass:
    """Collects the runs of one text and tells where it ends."""

    def __init__(self, gathered: MarkupFields, grammar: Grammar) -> None:
        self._gathered = gathered
        self._grammar = grammar
        self.runs: list[Run] = []

    def flush(self) -> None:
        if self.runs:
            self._gathered.text(self.runs)
            self.runs = []

    def token(self, hit: re.Match[bytes]) -> None:
        match hit.lastgroup:
            case "inside":
                self._open(self._tag(hit["name"]), *hit.span("inside"))
            case "close":
                self._close(self._tag(hit["close"]))
            case "cdata":
                self.runs.append((*hit.span("cdata"), True))
            case "body":
                self._verbatim(hit)
            case "comment":
                self._gathered.comment(*hit.span("comment"))
            case _:
                self.flush()

    def _open(self, tag: bytes, start: int, end: int) -> None:
        if tag in self._grammar.inline:
            if start < end:
                self._gathered.open(tag, start, end, is_empty=True)
            return
        self.flush()
        slashed = self._gathered.document.data.endswith(b"/", start, end)
        self._gathered.open(tag, start, end, slashed or tag in self._grammar.void)

    def _close(self, tag: bytes) -> None:
        if tag in self._grammar.inline:
            return
        self.flush()
        self._gathered.close(tag)

    def _verbatim(self, hit: re.Match[bytes]) -> None:
        self.flush()
        tag = self._tag(hit["verbatim"])
        self._gathered.open(tag, *hit.span("verbatim_inside"), is_empty=False)
        if tag not in self._grammar.unseen:
            self._gathered.text([(*hit.span("body"), tag not in self._grammar.escaped)])
        self._gathered.close(tag)

    def _tag(self, name: bytes) -> bytes:
        return name.lower() if self._grammar.folds_case else name
