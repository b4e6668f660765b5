"""
Encoded values that are longer than a slice of text: decoded as a whole, up to `limits.max_decoded_bytes`.

A slice alone sees a piece, which decodes to the middle of something and would look damaged. Base64 and hex,
on one line or on lines of one width. Never guesses more than the decoders do: what is no text and no archive
is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from leakgate.model.artifact import Artifact, Reader
from leakgate.model.gap import Gap, GapReason
from leakgate.model.limits import MIB, Limits
from leakgate.model.offsets import OffsetMap, Shift
from leakgate.model.segment import Origin, RawText, Segment, SegmentKind
from leakgate.model.spans import Span
from leakgate.unpack.budget import Trouble
from leakgate.unpack.containers.base import gap
from leakgate.unpack.decoders.base64_runs import decoded as from_base64
from leakgate.unpack.decoders.grouped import Groups
from leakgate.unpack.decoders.payload import children, is_packed, is_text
from leakgate.unpack.decoders.wrapping import Alphabet

_HEX = Alphabet(b"0123456789abcdefABCDEF")
_BASE64 = Alphabet(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_")
_TAIL = 4096  # bytes that tell how a run is laid out
_NARROWEST, _WIDEST = 32, 1024  # characters of a line
_SHOWN = (
    48 * 1024
)  # characters that tell whether a run is worth decoding; whole lines of 64 and 96, whole quads


@dataclass(frozen=True, slots=True)
class Layout:
    """Lines of `width` characters, the next one `stride` bytes further; one line where `width` is 0."""

    alphabet: Alphabet
    width: int = 0
    stride: int = 0

    @property
    def by(self) -> str:
        return "hex" if self.alphabet is _HEX else "base64"


def layout_of(tail: bytes) -> Layout | None:
    """How a run that fills the end of a slice is laid out; None where there is none."""
    first = tail.find(b"\n")
    alphabet = _HEX if not tail.translate(None, _HEX.characters + b"\r\n") else _BASE64
    if first < 0:
        return None if tail.translate(None, alphabet.characters) else Layout(alphabet)
    if tail.translate(None, alphabet.characters + b"\r\n"):
        return None
    second = tail.find(b"\n", first + 1)
    stride = second - first
    width = len(tail[first + 1 : second].rstrip(b"\r"))
    if second < 0 or not _NARROWEST <= width <= _WIDEST:
        return None
    return Layout(alphabet, width, stride)


def start_of_run(raw: bytes, layout: Layout) -> int:
    """Where the run that reaches the end of `raw` begins."""
    if not layout.width:
        return layout.alphabet.start(raw, len(raw))
    newline = raw.rfind(b"\n")
    at = newline + 1
    while at - layout.stride >= 0 and _is_line(raw, at - layout.stride, layout):
        at -= layout.stride
    # The first line may stand behind a name, as in `data: SGVs...`.
    first = raw[:at].rstrip(b"\r\n")
    begin = layout.alphabet.start(first, len(first))
    return begin if len(first) - begin == layout.width and at - begin == layout.stride else at


def _is_line(raw: bytes, at: int, layout: Layout) -> bool:
    end = at + layout.width
    return (
        raw[end : at + layout.stride] in (b"\n", b"\r\n")
        and not raw[at:end].translate(None, layout.alphabet.characters)
        and (at == 0 or raw[at - 1 : at] == b"\n")
    )


def cut_run(raw: bytes, following: int) -> tuple[int, Layout] | None:
    """Where a run begins that no slice has as a whole; the next slice begins at `following`."""
    layout = layout_of(raw[-_TAIL:]) if following < len(raw) else None
    if layout is None:
        return None
    start = start_of_run(raw, layout)
    return (start, layout) if start < following else None


@dataclass(slots=True)
class LongRuns:
    """Of one text. `until` is where the run that was met last ends, as an offset of the artifact."""

    reader: Reader
    artifact: Artifact
    limits: Limits
    until: int = 0
    _apart: list[Span] = field(default_factory=list)
    _decoded: int = 0

    def apart(self, offset: int, raw: bytes) -> tuple[Span, ...]:
        """The parts of a slice at `offset` that were decoded as parts of something longer."""
        whole = (
            Span(max(0, run.start - offset), min(len(raw), run.end - offset)) for run in self._apart[-8:]
        )
        return tuple(span for span in whole if span.start < span.end)

    def met(self, offset: int, start: int, layout: Layout, origin: Origin) -> Iterator[Segment | Gap]:
        """What the run at `start` of the slice at `offset` decodes to. Raises OSError.

        `origin` is the place of the run itself.
        """
        begin = offset + start
        if begin < self.until:
            return
        self.until, whole = self._end(begin, layout)
        shown = self._characters(begin, min(self.until, begin + _SHOWN), layout)
        if not _is_worth(_raw(shown, layout)):
            return
        self._apart.append(Span(begin, self.until))
        text = RawText(self.artifact, self.reader.read(begin, whole - begin), "utf-8", origin)
        coded = _unwrapped(text.raw, layout)
        raw = _raw(coded, layout)
        self._decoded += len(raw)
        carrier = Segment(text, text.raw, SegmentKind.LOG)
        octets, characters = (1, 2) if layout.by == "hex" else (3, 4)
        lines: OffsetMap = Wrapped(layout.width, layout.stride) if layout.width else Shift(0)
        yield from children(carrier, raw, layout.by, Groups(octets, characters, len(coded), lines), 0)
        if whole < self.until:
            most = self.limits.max_decoded_bytes
            detail = f"an encoded value decodes to over {most} bytes (limits.max_decoded_bytes); split it"
            yield gap(self.artifact, Trouble(GapReason.TOO_LARGE, detail))

    def _end(self, begin: int, layout: Layout) -> tuple[int, int]:
        """Where the run ends, and up to where it is decoded."""
        at = begin if not layout.width else self._behind_lines(begin, layout)
        while block := self.reader.read(at, layout.width or MIB):
            left = len(block.lstrip(layout.alphabet.characters))
            at += len(block) - left
            if left or layout.width:
                break
        most = max(0, self.limits.max_decoded_bytes - self._decoded)
        room = most * 2 if layout.by == "hex" else most // 3 * 4
        return at, min(at, begin + room)

    def _behind_lines(self, at: int, layout: Layout) -> int:
        """Where the first line begins that is not of the run's width."""
        step = MIB // layout.stride * layout.stride
        while block := self.reader.read(at, step):
            place = 0
            while _is_line(block, place, layout):
                place += layout.stride
            at += place
            if place < step:
                break
        return at

    def _characters(self, begin: int, end: int, layout: Layout) -> bytes:
        return _unwrapped(self.reader.read(begin, end - begin), layout)


def _unwrapped(raw: bytes, layout: Layout) -> bytes:
    return raw.translate(None, b"\r\n") if layout.width else raw


def _raw(coded: bytes, layout: Layout) -> bytes:
    if layout.by == "hex":
        return bytes.fromhex(coded[: len(coded) & ~1].decode("ascii"))
    return from_base64(coded)


def _is_worth(raw: bytes) -> bool:
    return is_text(raw) or is_packed(raw)


@dataclass(frozen=True, slots=True)
class Wrapped:
    """Lines of one width, joined: where they stand in the text, line ends between them."""

    width: int
    stride: int

    def to_parent(self, span: Span) -> Span:
        start = self._place(span.start)
        return Span(start, max(start, self._place(span.end - 1) + 1) if span.width else start)

    def _place(self, at: int) -> int:
        return at // self.width * self.stride + at % self.width
