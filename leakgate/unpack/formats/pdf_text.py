"""
The text of PDF files, page by page, with what their forms and properties say.

Reads with pypdf; without it a PDF is a gap, for its text is compressed. Pictures of
text are not read. Runs nothing that a file brings along.
"""

from __future__ import annotations

import io
import logging
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from leakgate.model.gap import Gap, GapReason
from leakgate.model.limits import MIB
from leakgate.model.offsets import Whole
from leakgate.model.segment import Segment
from leakgate.model.spans import Span
from leakgate.unpack.decoders.payload import children
from leakgate.unpack.formats.labelled_values import Path, Unread, Value, gap, unpacked

if TYPE_CHECKING:
    from pypdf import PdfReader

_MARK_WITHIN = 1024  # bytes; blanks and the like may stand before the mark
_MOST_TEXT = 32 * MIB
# A page takes 10 to 100 ms; hostile ones take what they want, so the clock is asked between pages.
_MOST_SECONDS = 60.0
_MOST_PAGES = 5_000
_MOST_ATTACHMENTS = 100


class PdfText:
    """By the mark of the format."""

    name = "PDF"

    def matches(self, head: bytes, name: str) -> bool:
        return head[:_MARK_WITHIN].lstrip(b"\xef\xbb\xbf\0\t\r\n ").startswith(b"%PDF-")

    def read(self, document: Segment) -> Iterator[Segment | Gap]:
        """One segment of all the text; a gap for what kept pages from being read."""
        texts = _Texts(document)
        found = list(texts.values())
        yield from unpacked(document, "pdf", found)
        if texts.trouble is not None:
            yield gap(document, self.name, texts.trouble)
        yield from texts.attachments()


class _Texts:
    """What one file says; `trouble` is known behind its values."""

    def __init__(self, document: Segment) -> None:
        self._document = document
        self._reader: PdfReader | None = None
        self._whole = Whole(Span(0, len(document.data)))
        self.trouble: Unread | None = None

    def values(self) -> Iterator[Value]:
        """Properties, fields of forms, pages; as far as they go."""
        size = 0
        try:
            self._reader = reader = _opened(self._document.data)
            for label, text, path in (*_properties(reader), *self._pages(reader)):
                size += len(text)
                if size > _MOST_TEXT:
                    raise Unread(GapReason.TOO_LARGE, f"has more than {_MOST_TEXT} bytes of text")
                yield Value(label, text.encode("utf-8", "replace"), self._whole, path)
        except Unread as trouble:
            self.trouble = trouble
        except Exception as exc:  # noqa: BLE001 - whatever pypdf raises, what it read before counts
            self.trouble = _damage(exc)

    def attachments(self) -> Iterator[Segment]:
        """What files that are attached hold."""
        if self._reader is None:
            return
        try:
            attached = [data for parts in self._reader.attachments.values() for data in parts]
        except Exception as exc:  # noqa: BLE001 - as above
            self.trouble = _damage(exc)
            return
        for nth, data in enumerate(attached[:_MOST_ATTACHMENTS], 1):
            yield from children(self._document, data, f"attachment {nth}", self._whole, 0)

    def _pages(self, reader: PdfReader) -> Iterator[tuple[str, str, Path]]:
        end = time.monotonic() + _MOST_SECONDS
        for nth, page in enumerate(reader.pages, 1):
            if nth > _MOST_PAGES:
                raise Unread(GapReason.TOO_MANY, f"has more than {_MOST_PAGES} pages; split it")
            if time.monotonic() > end:
                raise Unread(GapReason.TIME_LIMIT, f"takes longer than {_MOST_SECONDS:.0f} seconds to read")
            try:
                text = page.extract_text()
            except Exception as exc:  # noqa: BLE001 - one page must not cost the others
                self.trouble = _damage(exc)
                continue
            if text.strip():
                yield f"page {nth}", text, ("pages", nth)


def _opened(data: bytes) -> PdfReader:
    try:
        import pypdf
    except ImportError as error:
        raise Unread(
            GapReason.UNSUPPORTED, "its text needs pypdf, which is missing: install leakgate-ci anew"
        ) from error
    # Its warnings quote what they warn about.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)
    reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise Unread(GapReason.ENCRYPTED, "is encrypted; leave it out, or keep it without a password")
    return reader


def _properties(reader: PdfReader) -> Iterator[tuple[str, str, Path]]:
    """Author, title and such, then the fields of forms."""
    for key, value in (reader.metadata or {}).items():
        label = str(key).lstrip("/")
        yield label, str(value), ("properties", label)
    for label, value in reader.get_form_text_fields().items():
        if value is not None:
            yield label, str(value), ("form", label)


def _damage(exc: Exception) -> Unread:
    detail = f"is damaged or not read in part ({type(exc).__name__}); what could be read was scanned"
    return Unread(GapReason.MALFORMED, detail)
