"""
JSON documents: every string with its name, its pointer and its place, whatever tool wrote them.

Plain lines of a JSON log are left to the scan of the raw text; only those with escapes, or with names
beside their values, have more to tell. Never loads a document.
"""

from __future__ import annotations

from collections.abc import Iterator

from leakgate.model.expressions import expression
from leakgate.model.gap import Gap, GapReason, Stage
from leakgate.model.segment import Segment
from leakgate.unpack.formats import json_base64, json_emitters, json_labels
from leakgate.unpack.formats.json_gather import gathered
from leakgate.unpack.formats.json_kind import ANY_JSON, JsonKind
from leakgate.unpack.formats.json_kinds.registry import kind_of
from leakgate.unpack.formats.json_reader import DEEPEST, Line, TooDeep, documents
from leakgate.unpack.formats.json_syntax import count_lines, is_json, is_lines, lines
from leakgate.unpack.identify import HEAD

_NAMES = (*json_labels.NAMES, *json_base64.NAMES)
# Escapes but of quotes, and values whose name stands elsewhere.
TELLS_MORE = expression(rb'\\[^"]|"(?:[Vv]alues?|stringValue|equalTo|contains|matches)"\s*+:')


class JsonDocument:
    """JSON, lines of JSON, and JSON that was cut."""

    name = "JSON"

    def matches(self, head: bytes, name: str) -> bool:
        return is_json(head)

    def read(self, document: Segment) -> Iterator[Segment | Gap]:
        """Segments of FIELDS; a gap where nesting goes too deep."""
        data = document.data
        head = data[:HEAD]
        kind = kind_of(head)
        wanted = (*_NAMES, *kind.names, *json_emitters.names(head))
        rows = _rows(data, kind) if is_lines(head) else None
        try:
            for batch in documents(data, rows, wanted, json_emitters.noted):
                yield from gathered(document, batch, kind)
        except TooDeep:
            artifact = document.artifact
            detail = f"{kind.name}: nested deeper than {DEEPEST} levels; the rest is scanned as text only"
            yield Gap(artifact.path, artifact.members, Stage.UNPACK, GapReason.TOO_DEEP, detail)


def _rows(data: bytes, kind: JsonKind) -> Iterator[Line]:
    """The lines worth reading: all of an artifact's, some of a log's."""
    if kind is ANY_JSON:
        return telling_lines(data)
    return ((number, start, end) for number, (start, end) in enumerate(lines(data)))


def telling_lines(data: bytes) -> Iterator[Line]:
    """The lines of a log that tell more than their plain text does, numbered among all that are not empty."""
    number = counted = at = 0
    while (hit := TELLS_MORE.search(data, at)) is not None:
        start = data.rfind(b"\n", at, hit.start()) + 1 or at
        end = data.find(b"\n", hit.start())
        end = end if end >= 0 else len(data)
        if TELLS_MORE.search(data, start, end):  # within the line: it may have told because of the next one
            number += count_lines(data, counted, start)
            counted = start
            yield number, start, end
        at = end + 1
