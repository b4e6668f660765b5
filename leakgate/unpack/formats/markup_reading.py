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


def read_markup(  # noqa: C901 - one loop: calls for each token would take as long as all else
    document: Segment, grammar: Grammar, dialect: Dialect
) -> Iterator[Segment]:
    """The fields of the document, in batches."""
    gathered = MarkupFields(document, dialect, grammar.ended_by)
    batch, data, inline, folds_case = gathered.batch, document.data, grammar.inline, grammar.folds_case
    runs: list[Run] = []  # of the text that has not ended yet
    behind = 0
    for hit in grammar.tokens.finditer(data):
        start, end = hit.span()
        # Most of what stands between tags is their indent.
        if start > behind and (runs or not data[behind:start].isspace()):
            runs.append((behind, start, False))
        behind, kind = end, hit.lastgroup
        if kind == "inside":
            tag = hit["name"].lower() if folds_case else hit["name"]
            start, end = hit.span("inside")
            if tag not in inline:
                runs = runs and gathered.text(runs)
                gathered.open(tag, start, end, data.endswith(b"/", start, end) or tag in grammar.void)
            elif start < end:
                gathered.open(tag, start, end, is_empty=True)
        elif kind == "close":
            tag = hit["close"].lower() if folds_case else hit["close"]
            if tag not in inline:
                runs = runs and gathered.text(runs)
                gathered.close(tag)
        elif kind == "cdata":
            runs.append((*hit.span("cdata"), True))
        elif kind == "comment":
            gathered.comment(*hit.span("comment"))
        else:
            runs = runs and gathered.text(runs)
            if kind == "body":
                _verbatim(gathered, grammar, hit)
        if batch.is_full:
            yield from gathered.drained()
    gathered.text([*runs, (behind, len(data), False)])
    yield from gathered.drained()


def _verbatim(gathered: MarkupFields, grammar: Grammar, hit: re.Match[bytes]) -> None:
    """An element whose content is no markup."""
    tag = hit["verbatim"].lower() if grammar.folds_case else hit["verbatim"]
    gathered.open(tag, *hit.span("verbatim_inside"), is_empty=False)
    if tag not in grammar.unseen:
        gathered.text([(*hit.span("body"), tag not in grammar.escaped)])
    gathered.close(tag)
