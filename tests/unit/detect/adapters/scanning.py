"""Runs recognizers over a text as the pipeline does: engine pass, then confirmation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from leakgate.detect.engine.portable import PortableEngine
from leakgate.model.artifact import Artifact
from leakgate.model.detection import Match, Recognizer
from leakgate.model.segment import RawText, Segment, SegmentKind


def segment(data: bytes, name: str = "run.log") -> Segment:
    """A log segment of `data`."""
    return Segment(RawText(Artifact(name), data, "utf-8"), data, SegmentKind.LOG)


def scan(recognizers: Iterable[Recognizer], text: str | bytes, name: str = "run.log") -> list[Match]:
    """Every match of `recognizers` in `text`."""
    data = text if isinstance(text, bytes) else text.encode()
    return [match for each in recognizers for match in confirmed(each, data, name)]


def confirmed(recognizer: Recognizer, data: bytes, name: str) -> Sequence[Match]:
    """What one recognizer makes of its suspects."""
    suspects = PortableEngine(recognizer.patterns).scan(data)
    return list(recognizer.confirm(segment(data, name), suspects))


def found(matches: Iterable[Match]) -> list[tuple[str, str, str]]:
    """Rule, value and confidence of each match."""
    return [(each.rule.id, each.secret.reveal().decode(), each.confidence.value) for each in matches]
