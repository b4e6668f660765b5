"""The carrier matrix: every value in every carrier is found, and its place is right."""

from __future__ import annotations

import pytest

from tests.carriers.conftest import CellsOf
from tests.carriers.known_gaps import KNOWN_GAPS
from tests.carriers.registry import CARRIERS
from tests.carriers.table import PAGE, page
from tests.carriers.values import VALUES

_NAMES = [carrier.name for carrier in CARRIERS]


@pytest.mark.parametrize("name", _NAMES)
def test_every_value_is_found_in_its_place(cells_of: CellsOf, name: str) -> None:
    """What is not a known gap is found."""
    missing = {cell.value: cell.trouble for cell in cells_of(name) if cell.trouble is not None}

    assert {} == {value: trouble for value, trouble in missing.items() if (name, value) not in KNOWN_GAPS}


@pytest.mark.parametrize("name", _NAMES)
def test_no_gap_is_claimed_that_is_none(cells_of: CellsOf, name: str) -> None:
    """A cell that works leaves the table of known gaps."""
    working = {cell.value for cell in cells_of(name) if cell.trouble is None}

    assert set() == {value for value in working if (name, value) in KNOWN_GAPS}


def test_known_gaps_name_cells_of_the_matrix() -> None:
    """A carrier or value that was renamed takes its gaps with it."""
    cells = {(carrier.name, value.name) for carrier in CARRIERS for value in VALUES}

    assert set() == set(KNOWN_GAPS) - cells


def test_carriers_have_names_of_their_own() -> None:
    """Two carriers of one name would share their gaps."""
    assert len(_NAMES) == len(set(_NAMES))


def test_nearly_all_cells_are_found(cells_of: CellsOf) -> None:
    """At least 98 of a hundred."""
    cells = [cell for name in _NAMES for cell in cells_of(name)]
    found = sum(cell.trouble is None for cell in cells)

    assert found / len(cells) >= 0.98


def test_page_is_what_the_matrix_gives(cells_of: CellsOf) -> None:
    """docs/carriers.md is written by `python -m tests.carriers.table`."""
    assert page(cells_of) == PAGE.read_text(encoding="utf-8")
