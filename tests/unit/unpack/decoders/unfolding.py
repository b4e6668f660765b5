"""Everything that decoding makes of a text, level by level, with the portable engine."""

from __future__ import annotations

from collections.abc import Iterator

from leakgate.detect.detector import Decoding, Detector, patterns_of
from leakgate.detect.engine.portable import PortableEngine
from leakgate.model.artifact import Artifact
from leakgate.model.detection import Decoder
from leakgate.model.segment import RawText, Segment, SegmentKind
from leakgate.model.spans import Span
from leakgate.unpack.decoders.registry import decoders

_ALL = decoders()
_DETECTOR = Detector(PortableEngine(patterns_of((), _ALL)), (), _ALL)


def segment(text: str | bytes) -> Segment:
    data = text if isinstance(text, bytes) else text.encode()
    return Segment(RawText(Artifact("out/run.log"), data, "utf-8"), data, SegmentKind.LOG)


def unfolded(text: str | bytes | Segment, depth: int = 8) -> Iterator[Segment]:
    """The children of `text`, theirs, and so on."""
    here = text if isinstance(text, Segment) else segment(text)
    for task in _DETECTOR.tasks(here):
        assert isinstance(task, Decoding)
        for child in task.owner.decode(here, task.suspects):
            yield child
            if depth > 1:
                yield from unfolded(child, depth - 1)


def texts(text: str | bytes) -> list[str]:
    return [child.data.decode("utf-8", "replace") for child in unfolded(text)]


def children(decoder: Decoder, text: str | bytes) -> list[Segment]:
    """What one decoder alone makes of `text`, one level deep."""
    here = segment(text)
    return list(decoder.decode(here, PortableEngine(decoder.patterns).scan(here.data)))


def raw_of(child: Segment, part: str | bytes) -> bytes:
    """The raw bytes that the first `part` of `child` came from."""
    wanted = part if isinstance(part, bytes) else part.encode()
    start = child.data.index(wanted)
    span = child.trail.to_raw(Span(start, start + len(wanted)))
    return child.text.raw[span.start : span.end]
