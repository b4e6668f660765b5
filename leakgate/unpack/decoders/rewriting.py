"""
The mechanism of every decoder that replaces escapes in a text and leaves the rest as it is.

All regions of a segment with the same kinds of escape become one child, so that they are scanned once;
what stood between them becomes a line break. Never knows an encoding itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from leakgate.model.detection import Pattern, Suspect
from leakgate.model.offsets import Edit, Edits, Lazy
from leakgate.model.segment import Segment, SegmentKind
from leakgate.model.spans import Span
from leakgate.unpack.control import without_control
from leakgate.unpack.decoders.regions import regions


class Replacement(NamedTuple):
    """Bytes `start..end` of the segment stand for `text`; `kind` names the escape."""

    start: int
    end: int
    text: bytes
    kind: str


Finder = Callable[[bytes, Span], Iterator[Replacement]]
Regions = Callable[[bytes, Sequence[Suspect]], list[Span]]


@dataclass(frozen=True, slots=True)
class Rewriting:
    """
    A decoder made of the patterns that call for it and the replacements it makes in a region.

    `repeats` says whether its own child may hold more for it; if not, its name is its only kind.
    `binaries` says whether it reads the printable runs of a binary, whose line breaks are none.
    """

    name: str
    patterns: tuple[Pattern, ...]
    replacements: Finder
    around: Regions = regions
    repeats: bool = True
    binaries: bool = True

    def decode(self, segment: Segment, suspects: Sequence[Suspect]) -> Iterator[Segment]:
        """One child per set of kinds; none where nothing changes."""
        if not self.repeats and segment.decoded[-1:] == (self.name,):
            return
        if not self.binaries and segment.kind is SegmentKind.BLOB:
            return
        groups: dict[str, list[tuple[Span, bytes]]] = {}
        for region in self.around(segment.data, suspects):
            text, kinds = rewritten(segment.data, region, self.replacements(segment.data, region))
            if kinds:
                groups.setdefault("+".join(sorted(kinds)), []).append((region, text))
        for kinds_of, parts in groups.items():
            child = segment.derived(
                b"\n".join(text for _, text in parts),
                by=kinds_of,
                back=Lazy(_edits_later(segment.data, [region for region, _ in parts], self.replacements)),
            )
            yield without_control(child) or child


def rewritten(data: bytes, region: Span, replacements: Iterable[Replacement]) -> tuple[bytes, set[str]]:
    """The text of `region` with its replacements made, and their kinds."""
    parts: list[bytes] = []
    kinds: set[str] = set()
    at = region.start
    for start, end, text, kind in replacements:
        parts += (data[at:start], text)
        kinds.add(kind)
        at = end
    parts.append(data[at : region.end])
    return b"".join(parts), kinds


def _edits_later(data: bytes, spans: Sequence[Span], finder: Finder) -> Callable[[], Edits]:
    return lambda: Edits(_edits(data, spans, finder))


def _edits(data: bytes, spans: Sequence[Span], finder: Finder) -> Iterator[Edit]:
    """What the finder replaces, and each gap between regions as the line break it became."""
    end = 0
    for number, region in enumerate(spans):
        yield Edit(end, region.start, 1 if number else 0)
        for found in finder(data, region):
            yield Edit(found.start, found.end, len(found.text))
        end = region.end
