"""
Names of people and places: behind a label by their form, in prose by the language model.

The model reads every masked stretch of prose once in the life of the recognizer. Its answers are
checked by `names` before they count.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from leakgate.detect.nlp.analyzer import MAX_TEXT, Entity, entities
from leakgate.detect.nlp.gate import LABELLED, PROSE, Stretch, is_conversation, labelled_names, prose
from leakgate.detect.nlp.masking import masked
from leakgate.detect.nlp.names import is_place, person_words
from leakgate.detect.plausibility.attribution import public_attribution
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
from leakgate.model.secret import Secret
from leakgate.model.segment import Segment
from leakgate.model.spans import Span

_KNOWN = ("LOCATION", "PERSON")
_REMEMBERED = 50_000  # stretches of prose whose answers are kept
_LONG_TEXT = 64 * 1024  # bytes
_BOOKISH = "a name in the running text of a long document"
_OVERLAP = 200  # bytes by which the pieces of an endless line overlap


def nlp_recognizers(entities: tuple[str, ...]) -> tuple[Recognizer, ...]:
    """The recognizer of those of `entities` that it knows: PERSON and LOCATION; empty for none."""
    kinds = tuple(kind for kind in _KNOWN if kind in entities)
    return (NamesInProse(kinds),) if kinds else ()


class NamesInProse:
    """PERSON and LOCATION; `confirm` raises ModelMissing when prose is there and no model is."""

    def __init__(self, kinds: tuple[str, ...]) -> None:
        self._kinds = kinds
        self._rule_of = {kind: _rule(kind) for kind in kinds}
        self._answers: dict[str, tuple[Entity, ...]] = {}
        self._patterns = (LABELLED, *PROSE) if "PERSON" in kinds else PROSE

    @property
    def rules(self) -> tuple[Rule, ...]:
        return tuple(self._rule_of.values())

    @property
    def patterns(self) -> tuple[Pattern, ...]:
        return self._patterns

    def confirm(self, segment: Segment, suspects: Sequence[Suspect]) -> Iterator[Match]:
        """Labelled names first, then those in prose that do not overlap one."""
        taken: list[Span] = []
        labelled = [each.window for each in suspects if each.pattern.id == LABELLED.id]
        for match in self._labelled(segment, labelled):
            taken.append(match.span)
            yield match
        in_prose = [each.window for each in suspects if each.pattern.id != LABELLED.id]
        named = set(taken)
        for match in self._in_prose(segment, in_prose):
            if match.span not in named and not any(match.span.overlaps(each) for each in taken):
                named.add(match.span)
                yield match

    def _labelled(self, segment: Segment, windows: Sequence[Span]) -> Iterator[Match]:
        seen: set[int] = set()
        for start, end in _pieces(segment.data, windows):
            for offset, raw in labelled_names(segment.data[start:end]):
                name = raw.rstrip(b" '.-")
                at = start + offset
                if at in seen or not person_words(name.decode("utf-8", "replace")):
                    continue
                seen.add(at)
                span = Span(at, at + len(name))
                because = "written like a name behind a label that says person"
                yield Match(self._rule_of["PERSON"], span, Secret(name), Confidence.MEDIUM, because)

    def _in_prose(self, segment: Segment, windows: Sequence[Span]) -> Iterator[Match]:
        found = [
            (start, text, stretch)
            for start, end in _pieces(segment.data, windows)
            for text in (segment.data[start:end].decode("utf-8", "replace"),)
            for stretch in prose(text)
        ]
        self._ask(tuple(dict.fromkeys(masked(stretch.text) for _, _, stretch in found)))
        running = _is_running_text(segment.data, sum(len(stretch.text) for _, _, stretch in found))
        for start, text, stretch in found:
            for entity in self._answers[masked(stretch.text)]:
                match = self._match(segment, start, text, stretch, entity)
                if match is not None:
                    yield replace(match, confidence=Confidence.LOW, because=_BOOKISH) if running else match

    def _ask(self, texts: tuple[str, ...]) -> None:
        """Have an answer for each text; ask the model about those that are new."""
        new = [text for text in texts if text not in self._answers]
        if not new:
            return
        if len(self._answers) + len(new) > _REMEMBERED:
            self._answers = {text: self._answers[text] for text in texts if text in self._answers}
        for text, answer in zip(new, entities(new, self._kinds), strict=True):
            self._answers[text] = answer

    def _match(
        self, segment: Segment, start: int, text: str, stretch: Stretch, entity: Entity
    ) -> Match | None:
        name = _trimmed(stretch.text[entity.start : entity.end])
        confidence = _confidence(entity.kind, name, stretch.text)
        if confidence is None or "\ufffd" in text[: stretch.start + entity.end]:
            return None
        at = start + len(text[: stretch.start + entity.start].encode())
        span = Span(at, at + len(name.encode()))
        value = Secret(segment.data[span.start : span.end])
        fake = public_attribution(segment.data, span)
        return Match(self._rule_of[entity.kind], span, value, confidence, "a name in prose", fake)


def _is_running_text(data: bytes, prose_size: int) -> bool:
    """A long text full of prose with names in it is a book or a manual, not the output of a test."""
    return len(data) >= _LONG_TEXT and prose_size * 5 >= len(data)


def _trimmed(name: str) -> str:
    """Without a genitive and what punctuation the model took along at the end."""
    return name.rstrip(" .,;:!?\"'’").removesuffix("'s").removesuffix("’s")


def _confidence(kind: str, name: str, stretch: str) -> Confidence | None:
    """Single words count in conversation alone: in reports of machines they are names of things."""
    words = person_words(name) if kind == "PERSON" else 0
    if words > 1:
        return Confidence.MEDIUM
    believed = words == 1 or (kind == "LOCATION" and is_place(name))
    return Confidence.LOW if believed and is_conversation(stretch) else None


def _pieces(data: bytes, windows: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """The lines around `windows`, each once; an endless line in pieces that overlap."""
    done = 0
    for window in sorted(windows):
        if window.end <= done:
            continue
        start = max(window.start - MAX_TEXT, data.rfind(b"\n", 0, max(window.start, 0)) + 1, 0)
        stop = _line_end(data, window.end)
        start = max(start, done) if done and done > window.start else start
        for line_start, line_end in _lines(data, start, stop):
            for at in range(line_start, line_end, MAX_TEXT - _OVERLAP):
                yield at, min(line_end, at + MAX_TEXT)
        done = stop


def _line_end(data: bytes, offset: int) -> int:
    end = data.find(b"\n", offset, offset + MAX_TEXT)
    return end if end >= 0 else min(len(data), offset + MAX_TEXT)


def _lines(data: bytes, start: int, stop: int) -> Iterator[tuple[int, int]]:
    while start < stop:
        end = data.find(b"\n", start, stop)
        end = stop if end < 0 else end
        yield start, end
        start = end + 1


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
