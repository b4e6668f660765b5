"""
Arrays of text in numpy's `.npy` files, which are UTF-32 with zeros behind, so no printable string.

Source: NEP 1, and numpy.lib.format. Arrays of objects are pickles: their strings are read, nothing is
unpickled. Arrays of bytes are left to the printable strings. Never imports numpy.
"""

from __future__ import annotations

from collections.abc import Iterator

from leakgate.model.expressions import expression
from leakgate.model.gap import Gap, GapReason
from leakgate.model.offsets import Whole
from leakgate.model.segment import Segment
from leakgate.model.spans import Span
from leakgate.unpack.formats.labelled_values import Unread, Value, gap, gathered
from leakgate.unpack.formats.pickle_strings import strings

_MARK = b"\x93NUMPY"
_LEAST = 4  # characters
_MOST_HEADER = 1 << 20
_TYPE = expression(rb"'descr':\s*'(?P<order>[<>|=])(?P<kind>[UO])(?P<width>\d{0,9})'")


class NumpyArray:
    """By the mark of the format."""

    name = "numpy array"

    def matches(self, head: bytes, name: str) -> bool:
        return head.startswith(_MARK)

    def read(self, document: Segment) -> Iterator[Segment | Gap]:
        """Segments of FIELDS, for arrays of text and of objects."""
        data = document.data
        width = 2 if data[6:7] == b"\1" else 4
        start = 8 + width + int.from_bytes(data[8 : 8 + width], "little")
        if start > min(len(data), _MOST_HEADER):
            yield gap(document, self.name, Unread(GapReason.UNPARSED, "its header is damaged"))
            return
        known = _TYPE.search(data, 8, start)
        if known is None:
            return
        if known["kind"] == b"O":
            yield from gathered(document, self.name, strings(data, start))
        else:
            codec = "utf-32-be" if known["order"] == b">" else "utf-32-le"
            values = _texts(data, start, 4 * int(known["width"] or 0), codec)
            yield from gathered(document, self.name, values)


def _texts(data: bytes, start: int, size: int, codec: str) -> Iterator[Value]:
    if not size:
        return
    for nth, at in enumerate(range(start, len(data) - size + 1, size)):
        text = data[at : at + size].decode(codec, "replace").rstrip("\0")
        if len(text) >= _LEAST:
            place = Whole(Span(at, at + 4 * len(text)))
            yield Value("text", text.encode("utf-8", "replace"), place, (nth,))
