"""What unpacking yields: bytes to scan, and how every offset leads back to the artifact."""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum
from typing import Protocol

from leakgate.model.artifact import Artifact
from leakgate.model.offsets import OffsetMap, Trail
from leakgate.model.records import dataclass
from leakgate.model.spans import Span


class SegmentKind(StrEnum):
    """What the bytes are, which decides what recognizers may assume."""

    LOG = "log"  # lines of text as they stand
    FIELDS = "fields"  # the strings of a document, one per line, as `label: value`
    BLOB = "blob"  # printable runs of a binary


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a stretch of raw text begins in its member: byte offset, 1-based line and column."""

    offset: int = 0
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class RawText:
    """A stretch of an innermost member's raw bytes, against which lines and columns are counted.

    `encoding` is a Python codec name, or None where the member is not text and has no lines. `around` says
    what a document says of a place, by offset of `raw`, for values that were not found in its fields.
    `apart` are the spans of `raw` that belong to encoded values longer than it, decoded as a whole.
    """

    artifact: Artifact
    raw: bytes
    encoding: str | None
    origin: Origin = field(default_factory=Origin)
    around: ContextIndex = field(default_factory=lambda: NoContexts())  # noqa: PLW0108 - defined below
    apart: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class TestRef:
    """The test case that wrote something; `file` and `line` where its report says so.

    `in_sources` says that `file` is relative to the source root, with `/`, and exists there.
    """

    __test__ = False  # not a test class, whatever pytest thinks of the name

    id: str
    file: str | None = None
    line: int | None = None
    in_sources: bool = False


@dataclass(frozen=True, slots=True)
class Emitter:
    """Who wrote a place, as far as it says so itself; every part may be unknown.

    `file` is relative to the source root, with `/`, and exists there; `line` is 1-based. `service` and
    `span` are OpenTelemetry's names, `request` is an HTTP method and URL path.
    """

    file: str | None = None
    line: int | None = None
    service: str | None = None
    span: str | None = None
    request: str | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What a structured reader knows about a place."""

    pointer: str | None = None
    label: str | None = None
    test: TestRef | None = None
    emitter: Emitter | None = None  # its file as the document has it: of whatever machine


NO_CONTEXT = Context()


class ContextIndex(Protocol):
    """Looks up the context of an offset of a segment."""

    def at(self, offset: int) -> Context: ...


class NoContexts:
    """The index of a segment without structure."""

    def at(self, offset: int) -> Context:
        return NO_CONTEXT


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """Bytes to scan, with the way back; matches are in offsets of `data`."""

    text: RawText
    data: bytes
    kind: SegmentKind
    trail: Trail = field(default_factory=Trail)
    contexts: ContextIndex = field(default_factory=NoContexts)
    decoded: tuple[str, ...] = ()

    @property
    def artifact(self) -> Artifact:
        return self.text.artifact

    def derived(self, data: bytes, by: str, back: OffsetMap, kind: SegmentKind | None = None) -> Segment:
        """The segment that decoding `by` makes of (part of) this one; it keeps this one's context."""
        return Segment(
            text=self.text,
            data=data,
            kind=kind or self.kind,
            trail=self.trail.through(back),
            contexts=_Inherited(self.contexts, back),
            decoded=(*self.decoded, by),
        )


@dataclass(frozen=True, slots=True)
class _Inherited:
    parent: ContextIndex
    back: OffsetMap

    def at(self, offset: int) -> Context:
        return self.parent.at(self.back.to_parent(Span(offset, offset)).start)
