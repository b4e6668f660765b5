"""Stages of a pipeline that do what a test says; they implement the protocols and nothing more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field

from leakgate.detect.detector import Detector, patterns_of
from leakgate.detect.engine.portable import PortableEngine
from leakgate.findings.fingerprint import Key
from leakgate.findings.seal import Sealer
from leakgate.model.artifact import Artifact, Reader, Unit
from leakgate.model.detection import Confidence, Decoder, Match, Pattern, Recognizer, Rule, Suspect
from leakgate.model.gap import Gap
from leakgate.model.limits import Limits
from leakgate.model.offsets import Pieces
from leakgate.model.part import Part
from leakgate.model.secret import Secret
from leakgate.model.segment import Origin, RawText, Segment, SegmentKind
from leakgate.model.spans import Span
from leakgate.model.unpacked import Box, Leaf, MemberLike
from leakgate.pipeline.ports import Unpacker
from leakgate.pipeline.unit import UnitScanner
from tests.kit.segments import SOME_RULE

LEAK = b"leak!"


@dataclass(frozen=True)
class Held:
    """A member, a reader and a content in one."""

    artifact: Artifact
    data: bytes

    @property
    def size(self) -> int:
        return len(self.data)

    def read(self, offset: int, length: int) -> bytes:
        return self.data[offset : offset + length]

    @contextmanager
    def open(self) -> Iterator[Reader]:
        yield self


@dataclass(frozen=True)
class Unopenable:
    """Content that raises when it is opened."""

    error: BaseException

    def open(self) -> AbstractContextManager[Reader]:
        raise self.error


def unit(data: bytes = LEAK, path: str = "a.log") -> Unit:
    return Unit(Artifact(path), Held(Artifact(path), data))


def text(artifact: Artifact, data: bytes, offset: int = 0) -> Segment:
    return Segment(RawText(artifact, data, "utf-8", Origin(offset=offset)), data, SegmentKind.LOG)


@dataclass
class Words:
    """Finds `word`; fails with `error` where it is given."""

    word: bytes = LEAK
    error: BaseException | None = None
    rule: Rule = SOME_RULE

    @property
    def rules(self) -> tuple[Rule, ...]:
        return (self.rule,)

    @property
    def patterns(self) -> tuple[Pattern, ...]:
        return (Pattern(f"word.{self.word.decode()}", self.word, max_width=len(self.word)),)

    def confirm(self, segment: Segment, suspects: Sequence[Suspect]) -> Iterator[Match]:
        for suspect in suspects:
            for end in suspect.ends:
                span = Span(end - len(self.word), end)
                yield Match(self.rule, span, Secret(self.word), Confidence.HIGH, "it is the word")
        if self.error is not None:
            raise self.error


@dataclass
class Brackets:
    """Decodes `<...>` to what stands between the outer brackets, upper case for lower."""

    error: Exception | None = None
    name: str = "brackets"
    patterns: tuple[Pattern, ...] = (Pattern("brackets", b"<", max_width=1),)

    def decode(self, segment: Segment, suspects: Sequence[Suspect]) -> Iterator[Segment]:
        if self.error is not None:
            raise self.error
        start, end = segment.data.find(b"<") + 1, segment.data.rfind(b">")
        yield segment.derived(segment.data[start:end].swapcase(), "brackets", Pieces([0], [_Shifted(start)]))


@dataclass(frozen=True)
class _Shifted:
    by: int

    def to_parent(self, span: Span) -> Span:
        return span.shifted(self.by)


Items = Iterable[MemberLike | Segment | Gap | BaseException]


def told(items: Items) -> Iterator[MemberLike | Segment | Gap]:
    """The items; an exception among them is raised when it is reached."""
    for item in items:
        if isinstance(item, BaseException):
            raise item
        yield item


@dataclass
class Boxes:
    """Every artifact is text, but those that `boxes` knows by name hold what it says."""

    pictures = 0

    boxes: dict[str, Items] = field(default_factory=dict)
    unopenable: dict[str, Exception] = field(default_factory=dict)
    inside: dict[bytes, Items] = field(default_factory=dict)

    def open(self, artifact: Artifact, reader: Reader) -> Leaf | Box:
        return self.open_held(artifact, reader.read(0, reader.size))

    def open_part(self, artifact: Artifact, reader: Reader, part: Part) -> Leaf:
        data = reader.read(part.origin.offset, (part.stop or reader.size) - part.origin.offset)
        return Leaf(artifact, iter([text(artifact, data, part.origin.offset)]))

    def open_held(self, artifact: Artifact, data: bytes) -> Leaf | Box:
        if artifact.name in self.unopenable:
            raise self.unopenable[artifact.name]
        if artifact.name in self.boxes:
            return Box(told(self.boxes[artifact.name]))
        return Leaf(artifact, iter([text(artifact, data)]))

    def embedded(self, segment: Segment) -> Box | None:
        return Box(told(self.inside[segment.data])) if segment.data in self.inside else None

    def documents(self, segment: Segment) -> Iterator[Segment | Gap]:
        yield from ()


@dataclass
class Leaves:
    """One leaf with the items that it is told."""

    pictures = 0

    items: Items

    def open(self, artifact: Artifact, reader: Reader) -> Leaf | Box:
        return Leaf(artifact, (item for item in told(self.items) if isinstance(item, Segment | Gap)))

    def open_part(self, artifact: Artifact, reader: Reader, part: Part) -> Leaf:
        raise AssertionError("has no parts")

    def open_held(self, artifact: Artifact, data: bytes) -> Leaf | Box:
        return Leaf(artifact, iter([text(artifact, data)]))

    def embedded(self, segment: Segment) -> Box | None:
        return None

    def documents(self, segment: Segment) -> Iterator[Segment | Gap]:
        yield from ()


def scanner(
    *recognizers: Recognizer,
    unpacker: Unpacker | None = None,
    decoders: Sequence[Decoder] = (),
    limits: Limits | None = None,
    redact: Callable[[str], str] = str,
) -> UnitScanner:
    """A scanner of the given parts; looks for LEAK where no recognizer is given."""
    owners: tuple[Recognizer, ...] = recognizers or (Words(),)
    detector = Detector(PortableEngine(patterns_of(owners, decoders)), owners, decoders)
    parts = unpacker or Boxes()
    return UnitScanner(detector, Sealer(Key(b"key", True), redact), lambda expired: parts, limits or Limits())


def never() -> bool:
    return False
