"""One scanner and one scan of each carrier for all tests of the matrix."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from tests.carriers.document import Carrier
from tests.carriers.registry import CARRIERS
from tests.carriers.scanning import Bench, Cell

CellsOf = Callable[[str], tuple[Cell, ...]]


@pytest.fixture(scope="session")
def bench(engine_cache: Path) -> Bench:
    return Bench(engine_cache)


@pytest.fixture(scope="session")
def cells_of(bench: Bench) -> CellsOf:
    """The cells of a carrier by its name; scanned when first asked for."""
    carriers: dict[str, Carrier] = {carrier.name: carrier for carrier in CARRIERS}

    @cache
    def cells(name: str) -> tuple[Cell, ...]:
        return bench.cells(carriers[name])

    return cells
