"""The values that cross boundaries keep their promises."""

from __future__ import annotations

import copy
import json
import pickle
from dataclasses import asdict, dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakgate.model.offsets import Edit, Edits, Pieces, Shift, Trail
from leakgate.model.secret import Secret
from leakgate.model.spans import Span


@dataclass
class _Holder:
    secret: Secret


def test_a_secret_does_not_print() -> None:
    """No formatting shows the value."""
    secret = Secret(b"raw value")

    assert {"<secret>"} == {str(secret), repr(secret), f"{secret}", f"{secret!r}", "%s" % secret}  # noqa: UP031


@pytest.mark.parametrize(
    "leak", [pickle.dumps, copy.copy, copy.deepcopy, lambda s: asdict(_Holder(s)), json.dumps]
)
def test_a_secret_is_not_copied_or_stored(leak: object) -> None:
    """Serialising it is an error."""
    with pytest.raises(TypeError):
        leak(Secret(b"raw value"))  # type: ignore[operator]


def test_a_span_does_not_run_backwards() -> None:
    """Coordinates are checked where they are made."""
    with pytest.raises(ValueError, match="not a span"):
        Span(3, 2)


@st.composite
def _edited(draw: st.DrawFn) -> tuple[bytes, bytes, list[Edit]]:
    """A text, what replacing some places makes of it, and the edits."""
    parent, derived, edits = b"", b"", []
    for kept, gone, put in draw(
        st.lists(
            st.tuples(st.binary(max_size=5), st.binary(min_size=1, max_size=4), st.binary(max_size=4)),
            max_size=6,
        )
    ):
        parent += kept
        derived += kept
        edits.append(Edit(len(parent), len(parent) + len(gone), len(put)))
        parent += gone
        derived += put
    return parent + b"end", derived + b"end", edits


@given(_edited(), st.data())
def test_edits_lead_every_span_to_what_it_came_from(
    case: tuple[bytes, bytes, list[Edit]], data: st.DataObject
) -> None:
    """Untouched bytes map to themselves; replaced ones to the whole replaced place."""
    parent, derived, edits = case
    start = data.draw(st.integers(0, len(derived) - 1))
    end = data.draw(st.integers(start + 1, len(derived)))

    back = Edits(edits).to_parent(Span(start, end))

    inside = [edit for edit in edits if back.start <= edit.start and edit.end <= back.end]
    rebuilt, at = b"", back.start
    for edit in inside:
        rebuilt += parent[at : edit.start] + b"\0" * edit.length
        at = edit.end
    rebuilt += parent[at : back.end]
    assert len(rebuilt) >= end - start
    if not inside:
        assert derived[start:end] == parent[back.start : back.end]


def test_pieces_cover_a_span_over_several() -> None:
    """From the first piece's place to the last one's."""
    back = Pieces([0, 4], [Shift(100), Shift(200)])

    assert Span(101, 103) == back.to_parent(Span(1, 3))
    assert Span(103, 202) == back.to_parent(Span(3, 6))


def test_a_trail_leads_through_all_its_maps() -> None:
    """The innermost map is asked first."""
    trail = Trail().through(Shift(10)).through(Shift(5))

    assert Span(15, 17) == trail.to_raw(Span(0, 2))
