"""
Divides a big text into parts that can be scanned beside each other.

Looks at line ends alone. Whatever is more than lines of text (a container, a document, wide characters)
is not divided: what one place of it says may depend on another.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from leakgate.model.artifact import Artifact, Reader
from leakgate.model.limits import Limits
from leakgate.model.part import Part
from leakgate.model.segment import Origin
from leakgate.unpack.beginning import beginning_of
from leakgate.unpack.documents import is_document
from leakgate.unpack.encodings import Encoding
from leakgate.unpack.identify import container_for
from leakgate.unpack.long_runs import cut_run
from leakgate.unpack.text import advanced, cut_at_line
from leakgate.unpack.windows import Window, windows

_SLICES = 2  # of a part: small enough to keep all processes busy to the end


def parts(reader: Reader, artifact: Artifact, limits: Limits) -> Iterator[Part]:
    """The parts of a text in order, or nothing where it has to be scanned in one go. Raises OSError."""
    if reader.size < 2 * _SLICES * limits.slice_bytes:
        return
    encoding = beginning_of(reader).encoding
    if encoding is None or encoding.width > 1 or container_for(reader) is not None:
        return
    if is_document(reader, artifact, limits):
        return
    yield from _parts(reader, limits, encoding)


def _parts(reader: Reader, limits: Limits, encoding: Encoding) -> Iterator[Part]:
    """A part is known when the next one begins. Trouble is met, and told, by whoever scans the last one."""
    origin = Origin(offset=encoding.bom)
    part = Part(0, origin, 0, origin.offset)
    slices = windows(reader, limits, encoding.bom, lambda raw, overlap: cut_at_line(raw, overlap, encoding))
    for number, window in enumerate((each for each in slices if isinstance(each, Window)), 1):
        if window.following >= len(window.raw):
            break
        origin = advanced(origin, window.raw, window.following, encoding)
        if number % _SLICES == 0 and cut_run(window.raw, window.following) is None:
            end = window.offset + len(window.raw)
            middle = origin.offset + (end - origin.offset) // 2
            yield replace(part, owned_until=middle, stop=origin.offset)
            part = Part(part.number + 1, origin, middle, end)
    yield part
