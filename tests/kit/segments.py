"""Segments and matches for tests, built from plain text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from leakgate.detect.engine.portable import PortableEngine
from leakgate.model.artifact import Artifact
from leakgate.model.detection import Category, Confidence, Engine, Match, Recognizer, Rule, Severity
from leakgate.model.secret import Secret
from leakgate.model.segment import Origin, RawText, Segment, SegmentKind
from leakgate.model.spans import Span

SOME_RULE = Rule(
    id="some-rule",
    name="Some rule",
    entity="SOME_ENTITY",
    category=Category.SECRET,
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    family="some",
)


def segment(text: str | bytes, path: str = "out/run.log", origin: Origin | None = None) -> Segment:
    """A log segment that is its own raw text."""
    data = text if isinstance(text, bytes) else text.encode()
    raw = RawText(Artifact(path), data, "utf-8", origin or Origin())
    return Segment(raw, data, SegmentKind.LOG)


def matches(recognizer: Recognizer, text: str | bytes, engine: Engine | None = None) -> list[Match]:
    """What `recognizer` finds in `text`, in order of place."""
    here = segment(text)
    scanner = engine or PortableEngine(recognizer.patterns)
    return sorted(recognizer.confirm(here, scanner.scan(here.data)), key=lambda match: match.span)


def found(recognizer: Recognizer, text: str | bytes) -> list[str]:
    """The values that are not known to be fake."""
    return [m.secret.reveal().decode() for m in matches(recognizer, text) if m.synthetic is None]


def match(
    start: int,
    value: str,
    rule: Rule = SOME_RULE,
    confidence: Confidence = Confidence.HIGH,
    synthetic: str | None = None,
) -> Match:
    """A match of `value` at `start`."""
    raw = value.encode()
    return Match(rule, Span(start, start + len(raw)), Secret(raw), confidence, "it fits", synthetic)


def spans(items: Iterable[Match]) -> Sequence[tuple[int, int]]:
    return [(item.span.start, item.span.end) for item in items]
