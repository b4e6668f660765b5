"""
Finds the values that the pipeline holds, whole or in long parts, in any of their forms.

Compares bytes; needs no opinion on whether a value looks like a secret. What is found is one finding
for one value, however it was written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from leakgate.detect.engine.literals import Literals
from leakgate.detect.known.forms import Form, forms
from leakgate.detect.known.values import KnownValue
from leakgate.model.detection import Category, Confidence, Engine, Match, Pattern, Rule, Severity, Suspect
from leakgate.model.errors import UsageError
from leakgate.model.secret import Secret
from leakgate.model.segment import Segment
from leakgate.model.spans import Span

_PARTS = 40_000  # pieces; once there are so many, further values are known as a whole only
_MOST = 400_000  # pieces, about 1 GiB and 15 seconds of compiling
_REPEATS = 8  # places of one piece in one form; a value that repeats itself would be compared with itself
_ALONE = 12  # a shorter value counts only where no letter or digit is joined to it

RULE = Rule(
    id="known-value",
    name="Value that the pipeline holds",
    entity="KNOWN_SECRET",
    category=Category.SECRET,
    severity=Severity.CRITICAL,
    confidence=Confidence.HIGH,
    family="known-values",
    cwe="CWE-532",
    reference="https://cwe.mitre.org/data/definitions/532.html",
    remediation="Replace the secret where it was issued, store the new value in the pipeline, and find out "
    "which step printed it.",
    specificity=4,
)
_PATTERN = Pattern("known-value", b"")


class KnownValues:
    """The recognizer; its one pattern stands for all values, which no rule or cache ever sees."""

    rules: tuple[Rule, ...] = (RULE,)
    patterns: tuple[Pattern, ...] = (_PATTERN,)

    def __init__(self, values: Sequence[KnownValue]) -> None:
        """Raises UsageError for more values than can be looked for."""
        self._values = tuple(values)
        self._pieces: dict[bytes, list[tuple[Form, int]]] = {}
        for number, known in enumerate(self._values):
            self._add(number, known)
        self._sizes = sorted({len(piece) for piece in self._pieces})
        self._literals = Literals(tuple(self._pieces))

    def _add(self, number: int, known: KnownValue) -> None:
        by_parts = known.pure and len(self._pieces) < _PARTS
        for form in forms(number, known.secret.reveal(), pure=by_parts):
            seen: Counter[bytes] = Counter()
            for at, piece in form.pieces():
                seen[piece] += 1
                if seen[piece] <= _REPEATS:
                    self._pieces.setdefault(piece, []).append((form, at))
        if len(self._pieces) > _MOST:
            raise UsageError(
                f"{len(self._values):,} known values are more than can be looked for",
                hint="leave out what is no secret, such as certificates, or scan with some of them at a time",
            )

    def suspects(self, data: bytes) -> tuple[Suspect, ...]:
        """One for all places, if there is any."""
        ends = self._literals.ends(data)
        return (Suspect(_PATTERN, Span(0, len(data)), ends),) if ends else ()

    def confirm(self, segment: Segment, suspects: Sequence[Suspect]) -> Iterator[Match]:
        data = segment.data
        done: dict[int, int] = {}  # where the last run of a value ended
        for end in (end for suspect in suspects for end in suspect.ends):
            best: tuple[Span, Form] | None = None
            for form, at, start in self._candidates(data, end):
                if start < done.get(form.value, 0):
                    continue
                run = _run(data, form, at, start)
                if run is not None and (best is None or run.width > best[0].width):
                    best = run, form
            if best is not None:
                run, form = best
                done[form.value] = run.end
                yield self._match(run, form)

    def _candidates(self, data: bytes, end: int) -> Iterator[tuple[Form, int, int]]:
        for size in self._sizes:
            start = end - size
            if start >= 0:
                for form, at in self._pieces.get(data[start:end], ()):
                    yield form, at, start

    def _match(self, run: Span, form: Form) -> Match:
        known = self._values[form.value]
        part = "" if run.width == len(form.text) else "part of "
        writing = f", {form.writing}" if form.writing else ""
        because = f"is {part}the value of {known.name}, which the pipeline holds{writing}"
        return Match(RULE, run, Secret(known.secret.reveal()), Confidence.HIGH, because)


def _run(data: bytes, form: Form, at: int, start: int) -> Span | None:
    """All of the form around its piece at `start` that is there, if it is long enough."""
    text = form.text
    first, left = start, at
    while left > 0 and first > 0 and data[first - 1] == text[left - 1]:
        first, left = first - 1, left - 1
    last, right = start, at
    while right < len(text) and last < len(data) and data[last] == text[right]:
        last, right = last + 1, right + 1
    if last - first < form.least:
        return None
    if len(text) < _ALONE and (_joined(data, first - 1, first) or _joined(data, last - 1, last)):
        return None
    return Span(first, last)


def _joined(data: bytes, left: int, right: int) -> bool:
    """Whether letters or digits stand on both sides of a border."""
    return (
        left >= 0
        and right < len(data)
        and data[left : left + 1].isalnum()
        and data[right : right + 1].isalnum()
    )


class EngineWithKnownValues:
    """Another engine's suspects, then those of the known values."""

    def __init__(self, engine: Engine, known: KnownValues) -> None:
        self._engine = engine
        self._known = known

    def scan(self, data: bytes) -> Sequence[Suspect]:
        return (*self._engine.scan(data), *self._known.suspects(data))
