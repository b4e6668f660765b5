"""Documents within decoded values and fields are read with their labels, pointers and tests."""

from __future__ import annotations

import base64
import json

from hypothesis import given
from hypothesis import strategies as st

from leakgate.model.gap import Gap
from leakgate.model.offsets import Shift
from leakgate.model.segment import Context, Segment, SegmentKind, TestRef
from leakgate.model.spans import Span
from leakgate.unpack.embedded import embedded_documents, may_be_document
from leakgate.unpack.formats.base import Fields
from leakgate.unpack.formats.registry import format_for
from tests.kit.segments import segment

XML = b"<r><town>Ulm on the river</town><nick>Anna of Ulm</nick></r>"


def _decoded(raw: bytes, by: str = "base64") -> Segment:
    coded = base64.b64encode(raw)
    return segment(coded).derived(raw, by, Shift(0), SegmentKind.LOG)


def _field(value: bytes, test: TestRef | None = None) -> Segment:
    fields = Fields(segment(b"...." + value))
    fields.add("body", value, Shift(4), "/body", test)
    found = fields.segment()
    assert found is not None
    return found


def _read(outer: Segment) -> list[Segment]:
    return [item for item in embedded_documents(outer) if isinstance(item, Segment)]


def test_a_decoded_value_is_read_as_what_it_is() -> None:
    """XML without a declaration is told by how it begins and ends."""
    [found] = _read(_decoded(XML))

    assert b"nick: \x1fAnna of Ulm\x1e" in found.data


def test_lines_put_together_are_no_document() -> None:
    """What escapes were replaced in begins anywhere."""
    assert [] == _read(_decoded(XML, "json"))


def test_a_field_that_is_a_document_is_read() -> None:
    """Its pointer leads through the document around it; the test that wrote it stays known."""
    inner = json.dumps({"items": [{"name": "nick", "rank": 1, "value": "Anna of Ulm"}]}).encode()
    [found] = _read(_field(inner, TestRef("t::a")))

    at = found.contexts.at(found.data.index(b"Anna"))
    assert Context("/body#/items/0/value", "nick", TestRef("t::a")) == at


def test_the_place_of_an_inner_value_is_in_the_file() -> None:
    """A span of the inner document leads back to the raw bytes."""
    [found] = _read(_field(XML))
    start = found.data.index(b"Anna")

    raw = found.trail.to_raw(Span(start, start + 4))
    assert b"Anna" == found.text.raw[raw.start : raw.end]


def test_a_field_that_looks_like_a_document_and_is_none_yields_nothing() -> None:
    """Braces in a message are frequent."""
    assert [] == _read(_field(b"{not json at all, just a message in braces}"))


def test_damage_within_a_value_stops_nothing() -> None:
    """A cut document is read as far as it goes."""
    found = list(embedded_documents(_decoded(b'{"nick": "Anna of Ulm", "town": {"a": ')))

    assert [b"nick: \x1fAnna of Ulm\x1e"] == [
        line for item in found if not isinstance(item, Gap) for line in item.data.split(b"\n") if line
    ]


@given(
    st.sampled_from(["{", "[", "<", " {", "\n["]),
    st.lists(
        st.sampled_from(
            ["{", "}", "[", "]", '"a"', ": ", "1, ", "x", "\n", " ", "<testsuite ", "\0", "//", "é"]
        )
    ),
)
def test_a_value_that_can_be_no_document_is_none(lead: str, rest: list[str]) -> None:
    """What is refused at sight is of no format that is known."""
    value = (lead + "".join(rest)).encode()

    if not may_be_document(value, 0, len(value)):
        assert format_for(value, "") is None
