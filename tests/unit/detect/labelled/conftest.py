"""A scan of a text by the recognizer of labelled personal data alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from leakgate.detect.engine.portable import PortableEngine
from leakgate.detect.labelled.personal import LabelledPersonalData
from leakgate.model.artifact import Artifact
from leakgate.model.detection import Match
from leakgate.model.segment import RawText, Segment, SegmentKind

Scan = Callable[[str], list[Match]]


@pytest.fixture(scope="session")
def scan() -> Scan:
    """Matches of a text, by place."""
    recognizer = LabelledPersonalData()
    engine = PortableEngine(recognizer.patterns)

    def matches(text: str) -> list[Match]:
        data = text.encode()
        segment = Segment(RawText(Artifact("log.txt"), data, "utf-8"), data, SegmentKind.LOG)
        found = recognizer.confirm(segment, engine.scan(data))
        return sorted(found, key=lambda match: match.span)

    return matches


@pytest.fixture(scope="session")
def values(scan: Scan) -> Callable[[str], list[tuple[str, str]]]:
    """Entities and values of a text, by place."""
    return lambda text: [(match.rule.entity, match.secret.reveal().decode()) for match in scan(text)]
