"""Fields of a document in one buffer: their layout, their places and what is known of them."""

from __future__ import annotations

from leakgate.model.offsets import OffsetMap, Shift
from leakgate.model.segment import Context, Segment
from leakgate.model.spans import Span
from leakgate.unpack.field_batch import FieldBatch, head, label_of
from tests.kit.segments import segment

_DOCUMENT = b"name: first; other: second"


def _back(origin: int) -> OffsetMap:
    return Shift(origin)


def _context(origin: int, within: int) -> Context:
    return Context(pointer=f"/{origin}+{within}")


def _batch() -> FieldBatch[int]:
    return FieldBatch(segment(_DOCUMENT), _back, _context)


def _two() -> Segment:
    batch = _batch()
    batch.add(b"name", b"first", 6)
    batch.add(b"other", b"second", 20)
    made = batch.segment()
    assert made is not None
    return made


def test_fields_stand_in_order_between_separators() -> None:
    """Each field is a line with its label and its delimited value."""
    assert b"name: \x1ffirst\x1e\nother: \x1fsecond\x1e\n" == _two().data


def test_many_fields_at_once_are_those_fields_one_by_one() -> None:
    """Fields that are handed over together look like those that are added one by one."""
    batch = _batch()
    batch.extend([head(b"name"), b"first", head(b"other"), b"second"], [6, 20])
    made = batch.segment()

    assert made is not None
    assert _two().data == made.data


def test_a_head_gives_its_label_back() -> None:
    """The label that a head was made of can be read from it."""
    assert b"X-Api-Key" == label_of(head(b"X-Api-Key"))


def test_part_of_a_value_leads_to_its_place() -> None:
    """A span within a value leads to the very bytes of the document."""
    made = _two()
    at = made.data.index(b"econd")

    assert Span(21, 26) == made.trail.to_raw(Span(at, at + 5))


def test_label_leads_to_the_whole_value() -> None:
    """A span that is not of the value stands for all of it."""
    made = _two()
    at = made.data.index(b"other")

    assert Span(20, 26) == made.trail.to_raw(Span(at, at + 5))


def test_span_over_two_fields_covers_both() -> None:
    """A span from one field into the next covers the values of both."""
    made = _two()

    assert Span(6, 26) == made.trail.to_raw(Span(made.data.index(b"first"), made.data.index(b"second") + 6))


def test_context_is_of_the_offset_within_the_value() -> None:
    """What is known of a place is asked by the offset within its value."""
    made = _two()

    assert "/20+3" == made.contexts.at(made.data.index(b"second") + 3).pointer


def test_separators_within_a_value_become_blanks() -> None:
    """A value cannot end its own field."""
    batch = _batch()
    batch.add(b"name", b"a\x1eb\x1fc", 0)
    made = batch.segment()

    assert made is not None
    assert b"name: \x1fa b c\x1e\n" == made.data


def test_a_batch_is_empty_once_it_was_handed_over() -> None:
    """No field is handed over twice."""
    batch = _batch()
    batch.add(b"name", b"first", 6)
    batch.segment()

    assert batch.segment() is None
