"""
Takes from a labelled place as much as a check believes: the quoted whole, the words to the end of the
field, the beginning of a number, or a number that a line break cut.

Never decides what a name promises.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from leakgate.detect.labelled.extent import continued, decoded, encoded_token, free_text, is_encoded
from leakgate.detect.labelled.syntax import Labelled
from leakgate.detect.plausibility.credential import Plausible
from leakgate.detect.plausibility.personal import Check
from leakgate.model.expressions import expression
from leakgate.model.records import dataclass
from leakgate.model.spans import Span

_LONGEST_TOKEN = 40  # bytes of a first line that may go on in the next
# Behind a number: nothing that would make it a part of a longer token.
_ENDS = expression(r"(?![\w@]|[./:+%#-]\w)")
_MOST_CUTS = 4  # numbering plans are slow to ask: without a bound, 5 ms a line
_CUTS = expression(r"[\s/.,_-]+[^\s/.,_-]*$")


@dataclass(frozen=True, slots=True)
class Reading:
    """A value as it stands, as it reads, and what the check says of it."""

    span: Span
    text: str
    verdict: Plausible


def read(data: bytes, found: Labelled, checks: Iterable[Check]) -> Iterator[Reading | None]:
    """The value of `found` as far as each of `checks` takes it, or None; its extent is looked up once."""
    if found.quoted:
        yield from (_whole(data, found.value, check) for check in checks)
        return
    start = found.value.start
    span = free_text(data, start)
    # What opens the value may be part of it: `phone: (206) …`.
    opened = free_text(data, start - 1) if data[start - 1 : start] == b"(" else None
    for check in checks:
        reading = _unquoted(data, span, check)
        yield _unquoted(data, opened, check) if reading is None and opened is not None else reading


def _unquoted(data: bytes, span: Span, check: Check) -> Reading | None:
    raw = data[span.start : span.end]
    if check.prose:
        return _whole(data, span, check)
    if is_encoded(raw):
        return _whole(data, encoded_token(data, span), check)
    return _beginning(data, span, check) or (_wrapped(data, span, check) if check.joins else None)


def _whole(data: bytes, span: Span, check: Check) -> Reading | None:
    text = decoded(data[span.start : span.end])
    verdict = check.judge(text) if text else None
    return Reading(span, text, verdict) if verdict else None


def _beginning(data: bytes, span: Span, check: Check) -> Reading | None:
    """The longest beginning that the check believes, cut where a separator stands."""
    text = data[span.start : span.end].decode("utf-8", "replace")
    shape = check.shape.match(text)
    piece = shape[0] if shape else ""
    for _ in range(_MOST_CUTS):
        if not piece:
            break
        verdict = check.judge(piece) if _ENDS.match(text, len(piece)) else None
        if verdict:
            return Reading(Span(span.start, span.start + len(piece.encode())), piece, verdict)
        shorter = _CUTS.sub("", piece)
        piece = shorter if shorter != piece else ""
    return None


def _wrapped(data: bytes, span: Span, check: Check) -> Reading | None:
    """A value that goes on in the next line, which it has up to a blank."""
    rest = continued(data, span.end)
    if rest is None or not 0 < span.width <= _LONGEST_TOKEN:
        return None
    first = data[span.start : rest.start].splitlines()[0]  # a blank may be part of the value
    text = (first + data[rest.start : rest.end]).decode("utf-8", "replace")
    shape = check.shape.match(text)
    if shape is None or shape.end() <= len(first):
        return None
    verdict = check.judge(shape[0])
    ends = rest.start + len(shape[0].encode()) - len(first)
    return Reading(Span(span.start, ends), shape[0], verdict) if verdict else None
