"""
Documents: a member that is read with its own meaning, besides being scanned as it stands.

A reader that gives up leaves a gap; the raw text has been scanned all the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from leakgate.model.artifact import Artifact, Reader
from leakgate.model.gap import Gap, GapReason, Stage
from leakgate.model.limits import Limits
from leakgate.model.offsets import Lazy, Trail
from leakgate.model.segment import NoContexts, Origin, RawText, Segment, SegmentKind
from leakgate.unpack.beginning import Beginning, beginning_of
from leakgate.unpack.encodings import Encoding
from leakgate.unpack.formats.base import Format
from leakgate.unpack.formats.json_around import JsonAround
from leakgate.unpack.formats.registry import format_for
from leakgate.unpack.transcode import Transcoded


def fields(
    reader: Reader, artifact: Artifact, limits: Limits, beginning: Beginning | None = None
) -> Iterator[Segment | Gap]:
    """The fields of a document, nothing for anything else. Raises OSError."""
    head, encoding = beginning or beginning_of(reader)
    codec = encoding.codec if encoding is not None else None
    known = _format(head, encoding, artifact)
    if known is None:
        return
    if reader.size > limits.max_document_bytes:
        detail = f"over {limits.max_document_bytes} bytes (limits.max_document_bytes): scanned as text only"
        yield Gap(
            artifact.path, artifact.members, Stage.UNPACK, GapReason.TOO_LARGE, f"{known.name}: {detail}"
        )
        return
    skip = encoding.bom if encoding is not None else 0
    data = reader.read(skip, reader.size)
    around = JsonAround(data) if encoding is not None and encoding.width == 1 else NoContexts()
    raw = RawText(artifact, data, codec, Origin(offset=skip), around)
    yield from read_as(known, _document(raw))


def is_document(reader: Reader, artifact: Artifact, limits: Limits) -> bool:
    """Whether `fields` would read it: of a known format, and not too large. Raises OSError."""
    known = _format(*beginning_of(reader), artifact)
    return known is not None and reader.size <= limits.max_document_bytes


def format_name(beginning: Beginning, artifact: Artifact) -> str:
    """Of the format that `fields` would read it as; empty where there is none."""
    known = _format(*beginning, artifact)
    return "" if known is None else known.name


def _format(head: bytes, encoding: Encoding | None, artifact: Artifact) -> Format | None:
    return format_for(_plain(head, encoding) if encoding else head, artifact.name)


def _plain(head: bytes, encoding: Encoding) -> bytes:
    """The beginning in UTF-8, what is none replaced."""
    text = head[encoding.bom :]
    if encoding.width == 1 and text.isascii():
        return text
    return text.decode(encoding.codec, "replace").encode()


def _document(raw: RawText) -> Segment:
    if raw.encoding is None or raw.encoding.startswith("utf-8"):
        return Segment(raw, raw.raw, SegmentKind.LOG)
    codec = raw.encoding
    data = raw.raw.decode(codec, "replace").encode("utf-8", "replace")
    return Segment(raw, data, SegmentKind.LOG, Trail((Lazy(lambda: Transcoded(data, codec)),)))


def read_as(known: Format, document: Segment) -> Iterator[Segment | Gap]:
    """The fields of a document; a gap where its reader gives up."""
    artifact = document.artifact
    try:
        yield from known.read(document)
    except Exception as exc:  # noqa: BLE001 - a damaged document must not cost the scan of its raw text
        detail = f"not read as {known.name} ({type(exc).__name__}); scanned as text only"
        yield Gap(artifact.path, artifact.members, Stage.UNPACK, GapReason.UNPARSED, detail)
