"""A big text in parts: the slices are those of the whole text, and each match has one owner."""

from __future__ import annotations

from leakgate.model.artifact import Artifact
from leakgate.model.limits import Limits
from leakgate.model.part import Part
from leakgate.model.segment import Segment
from leakgate.unpack.parts import parts
from leakgate.unpack.readers import HeldBytes
from leakgate.unpack.unpacker import UnitUnpacker

LIMITS = Limits(slice_bytes=4096, slice_overlap=256)
TEXT = b"".join(b"line %d of a long log\n" % number for number in range(4000))
LOG = Artifact("a.log")


def divided(data: bytes, limits: Limits = LIMITS, name: str = "a.log") -> list[Part]:
    return list(parts(HeldBytes(data), Artifact(name), limits))


def begins(items: object) -> list[tuple[int, int, int]]:
    assert hasattr(items, "__iter__")
    return [
        (item.text.origin.offset, item.text.origin.line, len(item.data))
        for item in items
        if isinstance(item, Segment)
    ]


def test_parts_have_the_slices_of_the_text() -> None:
    """Offset, line and length of each slice are those of a scan in one go."""
    unpacker = UnitUnpacker(LIMITS, lambda: False)
    whole = unpacker.open(LOG, HeldBytes(TEXT))

    piecewise = [
        slice_
        for part in divided(TEXT)
        for slice_ in begins(unpacker.open_part(LOG, HeldBytes(TEXT), part).items)
    ]

    assert begins(whole.items) == piecewise


def test_every_offset_has_one_owner() -> None:
    """Also where slices overlap."""
    found = divided(TEXT)

    assert len(found) > 3
    assert {1} == {sum(part.owns(offset) for part in found) for offset in range(0, len(TEXT), 7)}


def test_what_is_more_than_text_is_not_divided() -> None:
    """A document, wide characters, binaries, short texts."""
    document = b'{"a": "' + TEXT.replace(b"\n", b" ") + b'"}'
    wide = TEXT.decode().encode("utf-16-le")

    assert [[], [], [], []] == [
        divided(document, name="a.json"),
        divided(wide),
        divided(bytes(range(256)) * 400),
        divided(TEXT[:9000]),
    ]
