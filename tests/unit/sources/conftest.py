"""Trees to scan and a short way to see what a source makes of them."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from leakgate.model.artifact import Unit
from leakgate.model.gap import Gap, GapReason
from leakgate.sources.paths import open_sources


@dataclass(frozen=True)
class Seen:
    """What one pass over a source gave."""

    units: tuple[Unit, ...]
    gaps: tuple[Gap, ...]
    skipped: int

    @property
    def paths(self) -> list[str]:
        return [unit.artifact.path for unit in self.units]

    @property
    def reasons(self) -> list[tuple[str, GapReason]]:
        return [(gap.path, gap.reason) for gap in self.gaps]

    def text(self, path: str) -> bytes:
        [unit] = [unit for unit in self.units if unit.artifact.path == path]
        with unit.content.open() as reader:
            return reader.read(0, reader.size)


Look = Callable[..., Seen]


@pytest.fixture
def look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Look:
    """Scans as from a shell whose working directory is `tmp_path`."""
    monkeypatch.chdir(tmp_path)

    def run(
        *paths: str,
        include: Sequence[str] = (),
        exclude: Sequence[str] = (),
        stdin: bytes = b"",
        name: str | None = None,
        max_bytes: int = 1 << 20,
    ) -> Seen:
        source = open_sources(
            paths,
            include=include,
            exclude=exclude,
            stdin=io.BytesIO(stdin),
            stdin_name=name,
            max_bytes=max_bytes,
        )
        items = tuple(source.units())
        units = tuple(item for item in items if isinstance(item, Unit))
        return Seen(units, tuple(item for item in items if isinstance(item, Gap)), source.skipped)

    return run


@pytest.fixture
def plant(tmp_path: Path) -> Callable[..., None]:
    """Writes small files, each with its own name as content."""

    def write(*names: str) -> None:
        for name in names:
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(name)

    return write
