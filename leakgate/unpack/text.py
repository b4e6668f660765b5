"""
Text in slices: bytes to scan, and where each slice begins in lines and columns.

Never looks for anything in the text; never holds more than a slice.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import assert_never

from leakgate.model.artifact import Artifact, Reader
from leakgate.model.gap import Gap
from leakgate.model.limits import Limits
from leakgate.model.offsets import Lazy, Trail
from leakgate.model.part import Part
from leakgate.model.segment import ContextIndex, NoContexts, Origin, RawText, Segment, SegmentKind
from leakgate.unpack.beginning import Beginning, beginning_of
from leakgate.unpack.budget import Trouble
from leakgate.unpack.containers.base import gap
from leakgate.unpack.encodings import UTF8, Encoding
from leakgate.unpack.formats.json_around import JsonAround
from leakgate.unpack.long_runs import LongRuns, cut_run
from leakgate.unpack.strings import narrow_runs, printable_runs, wide_runs
from leakgate.unpack.transcode import Transcoded
from leakgate.unpack.windows import Cut, Window, windows


def slices(
    reader: Reader, artifact: Artifact, limits: Limits, beginning: Beginning | None = None
) -> Iterator[Segment | Gap]:
    """The segments of an artifact that is no container: slices of text, or the strings of a binary."""
    try:
        encoding = (beginning or beginning_of(reader)).encoding
    except OSError:
        encoding = UTF8  # the first window meets the same error and reports it
    if encoding is None:
        return printable_runs(reader, artifact, limits)
    return _text_slices(reader, artifact, limits, encoding)


def _around(window: Window, origin: Origin, encoding: Encoding) -> ContextIndex:
    """What a document says of its places can be read from its beginning only."""
    begins = origin.offset == encoding.bom and encoding.width == 1
    return JsonAround(window.raw) if begins else NoContexts()


def part_slices(reader: Reader, artifact: Artifact, limits: Limits, part: Part) -> Iterator[Segment | Gap]:
    """The slices of one part of a text. Raises OSError."""
    encoding = beginning_of(reader).encoding
    if encoding is not None:
        yield from _text_slices(reader, artifact, limits, encoding, part)


def _text_slices(
    reader: Reader, artifact: Artifact, limits: Limits, encoding: Encoding, part: Part | None = None
) -> Iterator[Segment | Gap]:
    origin = part.origin if part is not None else Origin(offset=encoding.bom)

    def cut(raw: bytes, overlap: int) -> Cut:
        return cut_at_line(raw, overlap, encoding)

    runs = LongRuns(reader, artifact, limits)
    for window in windows(reader, limits, origin.offset, cut):
        match window:
            case Window():
                whole = list(_whole_runs(runs, window, origin, encoding))
                around = _around(window, origin, encoding)
                apart = runs.apart(window.offset, window.raw)
                text = RawText(artifact, window.raw, encoding.codec, origin, around, apart)
                yield _segment(text, encoding)
                yield from whole
                if encoding.width == 1 and b"\0" in window.raw:
                    # PowerShell appends UTF-16 to files that began as UTF-8.
                    yield from wide_runs(text)
                if encoding.width > 1:
                    # `>>` of a Windows shell appends single bytes to files that began as UTF-16.
                    yield from narrow_runs(text)
                    # Behind an odd number of them, UTF-16 stands where the whole text is no UTF-16.
                    yield from wide_runs(text, sides=(1 if encoding.codec == "utf-16-le" else 0,))
                if window.following < len(window.raw):
                    origin = advanced(origin, window.raw, window.following, encoding)
                if part is not None and part.stop is not None and origin.offset >= part.stop:
                    return
            case Trouble():
                yield gap(artifact, window)
            case _:
                assert_never(window)


def _whole_runs(
    runs: LongRuns, window: Window, origin: Origin, encoding: Encoding
) -> Iterator[Segment | Gap]:
    """What an encoded value decodes to that begins in this window and ends in another."""
    found = cut_run(window.raw, window.following) if encoding.width == 1 else None
    if found is not None:
        start, layout = found
        with suppress(OSError):  # the next window meets the same error, and tells it
            yield from runs.met(window.offset, start, layout, advanced(origin, window.raw, start, encoding))


def _segment(text: RawText, encoding: Encoding) -> Segment:
    if encoding.width == 1:
        return Segment(text, text.raw, SegmentKind.LOG)
    data = encoding.decode(text.raw).encode("utf-8", "replace")
    back = Lazy(lambda: Transcoded(data, encoding.codec))
    return Segment(text, data, SegmentKind.LOG, Trail((back,)))


def cut_at_line(raw: bytes, overlap: int, encoding: Encoding) -> Cut:
    """Behind a line end near the end of `raw`; the next slice begins with a line before the overlap.

    Where lines are too long for that, between two characters.
    """
    newline = encoding.newline
    end = _behind_line(raw, newline, max(1, len(raw) - overlap), len(raw)) or _between(
        raw, len(raw), encoding
    )
    latest = end - overlap
    following = _behind_line(raw, newline, max(1, latest - overlap), latest) or _between(
        raw, latest, encoding
    )
    return Cut(end, following)


def _behind_line(raw: bytes, newline: bytes, low: int, high: int) -> int | None:
    """The last place in `low..high` where a line has just ended, in whole units of the encoding."""
    at = raw.rfind(newline, low, high)
    while at >= 0 and at % len(newline):
        at = raw.rfind(newline, low, at + len(newline) - 1)
    return at + len(newline) if at >= 0 else None


def _between(raw: bytes, at: int, encoding: Encoding) -> int:
    """`at`, or up to one character before it."""
    at -= at % encoding.width
    if encoding.width == 1:
        back = next((n for n in range(4) if at - n >= 0 and not _continues(raw, at - n)), 0)
        return at - back
    if encoding.width == 2 and 2 <= at < len(raw):
        high_byte = raw[at + 1] if encoding.codec == "utf-16-le" else raw[at]
        return at - 2 if high_byte & 0xFC == 0xDC else at  # a low surrogate belongs to the unit before
    if encoding.width == 2 and at == len(raw) and at >= 4:
        high_byte = raw[at - 1] if encoding.codec == "utf-16-le" else raw[at - 2]
        return at - 2 if high_byte & 0xFC == 0xD8 else at  # a high one to the unit behind
    return at


def _continues(raw: bytes, at: int) -> bool:
    """Whether a cut at `at` would split a UTF-8 character; at the end nobody knows but its last bytes."""
    if at < len(raw):
        return raw[at] & 0xC0 == 0x80
    tail = raw[-3:]
    lead = max((place for place in range(len(tail)) if tail[place] >= 0xC0), default=None)
    if lead is None:
        return False
    wanted = 2 if tail[lead] < 0xE0 else 3 if tail[lead] < 0xF0 else 4
    return len(tail) - lead < wanted


def advanced(origin: Origin, raw: bytes, length: int, encoding: Encoding) -> Origin:
    """The origin of what stands behind the first `length` bytes of `raw`, which begins at `origin`."""
    if encoding.width > 1:
        text = encoding.decode(raw[:length])
        lines, line_at = text.count("\n"), text.rfind("\n") + 1
        characters = len(text) - line_at
    else:
        lines, line_at = raw.count(b"\n", 0, length), raw.rfind(b"\n", 0, length) + 1
        characters = len(encoding.decode(raw[line_at:length]))
    column = characters + (1 if lines else origin.column)
    return Origin(origin.offset + length, origin.line + lines, column)
