"""
Names of people and places in prose: by lists of names and what stands around them, and where that leaves
doubt, by the language model.

The model reads every masked stretch once in the life of the recognizer, and its answers are checked by the
lists before they count. A text that is a book is read by the lists alone.
"""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from itertools import chain

from leakgate.detect.nlp.analyzer import Entity, entities, model_name
from leakgate.detect.nlp.company import in_company
from leakgate.detect.nlp.gate import (
    ALONE,
    CUES,
    PATTERNS,
    TELLING,
    Manner,
    Stretch,
    conversation,
    has_given_name,
    manner,
    pieces,
)
from leakgate.detect.nlp.masking import masked
from leakgate.detect.nlp.names import is_place, person_words
from leakgate.detect.nlp.people import Sureness, is_like_a_name, people
from leakgate.detect.plausibility.personal_samples import sample_reason
from leakgate.model.detection import (
    Category,
    Confidence,
    Match,
    Pattern,
    Recognizer,
    Rule,
    Severity,
    Suspect,
)
from leakgate.model.records import dataclass
from leakgate.model.secret import Secret
from leakgate.model.segment import Segment
from leakgate.model.spans import Span

_KNOWN = ("LOCATION", "PERSON")
_REMEMBERED = 50_000  # stretches of prose whose answers are kept
_LONG_TEXT = 64 * 1024  # bytes
_BOOKISH = "a name in the running text of a long document"
_LISTED = "words of a name as lists of names know them"
_READ = "a name in prose to a language model"
_BESIDE = "a name in one record with another identifier of a person"


def nlp_recognizers(entities: tuple[str, ...]) -> tuple[Recognizer, ...]:
    """The recognizer of those of `entities` that it knows: PERSON and LOCATION; empty for none."""
    kinds = tuple(kind for kind in _KNOWN if kind in entities)
    # Before anything imports numpy: its threads take twice the processor time, and all cores are busy.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    return (NamesInProse(kinds),) if kinds else ()


@dataclass(frozen=True, slots=True)
class _Line:
    """A line, or a piece of a long one, and where it begins (bytes)."""

    start: int
    text: str
    known: bool  # whether the lists may know somebody in it
    prose: bool  # whether it reads like sentences

    def span(self, start: int, end: int) -> Span:
        """The bytes of some of its characters."""
        at = self.start + len(self.text[:start].encode())
        return Span(at, at + len(self.text[start:end].encode()))


class NamesInProse:
    """PERSON and LOCATION; `confirm` raises ModelMissing, last, when there is prose and no model."""

    def __init__(self, kinds: tuple[str, ...]) -> None:
        self._kinds = kinds
        self._rule_of = {kind: _rule(kind) for kind in kinds}
        self._answers: dict[str, tuple[Entity, ...]] = {}

    @property
    def rules(self) -> tuple[Rule, ...]:
        return tuple(self._rule_of.values())

    @property
    def patterns(self) -> tuple[Pattern, ...]:
        return PATTERNS

    def confirm(self, segment: Segment, suspects: Sequence[Suspect]) -> Iterator[Match]:
        """Whom the lists are sure of first, then whom the model adds; no two matches overlap."""
        book = _is_book(segment.data)
        lines = list(_lines(segment.data, suspects, named_only=book))
        taken: dict[int, list[Span]] = {}
        found = (match for line in lines for match in self._listed(segment.data, line, book))
        read = () if book or not lines else self._read(segment.data, lines)
        for match in chain(found, read):
            spans = taken.setdefault(match.span.start >> 10, [])
            if any(match.span.overlaps(each) for each in spans):
                continue
            spans.append(match.span)
            yield match

    def _listed(self, data: bytes, line: _Line, book: bool) -> list[Match]:
        if "PERSON" not in self._kinds or not line.known:
            return []
        sure = [named for named in people(line.text) if named.sureness is Sureness.SURE]
        because = _BOOKISH if book else _LISTED
        return [self._person(data, line.span(each.start, each.end), because, sure=not book) for each in sure]

    def _person(self, data: bytes, span: Span, because: str, *, sure: bool) -> Match:
        value = data[span.start : span.end]
        fake = sample_reason("PERSON", value.decode("utf-8", "replace"))
        confidence = Confidence.MEDIUM if sure else Confidence.LOW
        if fake is None and in_company(data, span):
            confidence, because = (Confidence.HIGH, _BESIDE) if sure else (Confidence.MEDIUM, _BESIDE)
        return Match(self._rule_of["PERSON"], span, Secret(value), confidence, because, fake)

    def _read(self, data: bytes, lines: Sequence[_Line]) -> Iterator[Match]:
        model_name()  # prose without a model is said, also where the lists leave no doubt
        doubtful = [(line, each) for line in lines if line.prose for each in conversation(line.text)]
        self._ask(tuple(dict.fromkeys(masked(stretch.text) for _, stretch in doubtful)))
        for line, stretch in doubtful:
            for entity in self._answers[masked(stretch.text)]:
                match = self._match(data, line, stretch, entity)
                if match is not None:
                    yield match

    def _ask(self, texts: tuple[str, ...]) -> None:
        """Have an answer for each text; ask the model about those that are new."""
        new = [text for text in texts if text not in self._answers]
        if not new:
            return
        if len(self._answers) + len(new) > _REMEMBERED:
            self._answers = {text: self._answers[text] for text in texts if text in self._answers}
        for text, answer in zip(new, entities(new, self._kinds), strict=True):
            self._answers[text] = answer

    def _match(self, data: bytes, line: _Line, stretch: Stretch, entity: Entity) -> Match | None:
        name = _trimmed(stretch.text[entity.start : entity.end])
        start = stretch.start + entity.start
        span = line.span(start, start + len(name))
        if "\ufffd" in line.text[: start + len(name)]:
            return None
        if entity.kind == "LOCATION":
            value = Secret(data[span.start : span.end])
            place = Match(self._rule_of["LOCATION"], span, value, Confidence.LOW, _READ)
            return place if is_place(name) else None
        words = person_words(name)
        if words == 0 or not is_like_a_name(name):
            return None
        return self._person(data, span, _READ, sure=words > 1 or _is_doubtful(line, start))


def _is_doubtful(line: _Line, start: int) -> bool:
    """Whether the lists, too, think that a name may begin there: two opinions make one sure."""
    return any(
        each.start <= start < each.end and each.sureness is Sureness.DOUBTFUL for each in people(line.text)
    )


def _lines(data: bytes, suspects: Sequence[Suspect], *, named_only: bool) -> Iterator[_Line]:
    telling, cues = _ends(suspects, TELLING), _ends(suspects, CUES)
    for start, end in pieces(data, _ends(suspects, ALONE)):
        raw = data[start:end]
        known = has_given_name(raw, cue=_any_within(cues, start, end))
        how = Manner.OTHER if named_only else manner(raw)
        if not known and not named_only:
            known = how is Manner.SPEECH or _any_within(telling, start, end)
        if known or how is not Manner.OTHER:
            yield _Line(start, raw.decode("utf-8", "replace"), known, how is not Manner.OTHER)


def _ends(suspects: Sequence[Suspect], ids: Collection[str]) -> list[int]:
    """Where hits of some patterns end, ascending, each place once."""
    return sorted(set(chain.from_iterable(each.ends for each in suspects if each.pattern.id in ids)))


def _any_within(ends: Sequence[int], start: int, end: int) -> bool:
    at = bisect_left(ends, start)
    return at < len(ends) and ends[at] <= end


_BOOK_STEP = 8  # every n-th kilobyte is looked at
_MARKUP = b'{}[]<>=_|\\/"0123456789'


def _is_book(data: bytes) -> bool:
    """
    Whether a long text is running text throughout: a novel or a manual, not the output of a test.

    That is letters and blanks, with hardly a digit or a sign of markup: a novel has 0.2 of them in a hundred
    bytes, the wordiest of 1,900 real logs 4.
    """
    if len(data) < _LONG_TEXT:
        return False
    sample = b"".join(data[at : at + 1024] for at in range(0, len(data), _BOOK_STEP * 1024))
    return len(sample) - len(sample.translate(None, _MARKUP)) < len(sample) * 0.02


def _trimmed(name: str) -> str:
    """Without a genitive and what punctuation the model took along at the end."""
    return name.rstrip(" .,;:!?\"'’").removesuffix("'s").removesuffix("’s")


def _rule(kind: str) -> Rule:
    name, severity = {
        "PERSON": ("Name of a person", Severity.MEDIUM),
        "LOCATION": ("Place in prose", Severity.LOW),
    }[kind]
    return Rule(
        id=f"nlp/{kind.lower()}",
        name=name,
        entity=kind,
        category=Category.PII,
        severity=severity,
        confidence=Confidence.MEDIUM if kind == "PERSON" else Confidence.LOW,
        family="pii-name",
        cwe="CWE-532",
        reference="https://microsoft.github.io/presidio/supported_entities/",
        remediation="Use made-up names in tests, or mask the value before it is written.",
        specificity=1,
    )
