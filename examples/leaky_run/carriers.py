"""Files of the run and what is planted in them, kept together so that the manifest cannot lie."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

_ZIP_DATE = (2026, 3, 4, 9, 30, 0)  # fixed: the same seed makes the same bytes


@dataclass(frozen=True, slots=True)
class Plant:
    """A value that a scan should see. `carrier` is what stands in the file where the value is encoded."""

    type: str
    value: str
    synthetic: bool = False
    carrier: str | None = None

    @property
    def visible(self) -> str:
        return (self.carrier or self.value).partition("\n")[0]


@dataclass(frozen=True, slots=True)
class Document:
    """One file, or one member of an archive."""

    path: str
    content: bytes
    plants: tuple[Plant, ...] = ()

    @classmethod
    def of_text(cls, path: str, text: str, *plants: Plant) -> Document:
        """Raises ValueError for a plant that is not in the text: the generator is wrong then."""
        for plant in plants:
            if plant.visible not in text:
                raise ValueError(f"{path} does not contain its {plant.type}")
        return cls(path, text.encode(), plants)

    def sightings(self) -> Iterator[tuple[int, Plant]]:
        """Every line (from 1) that shows a plant, in order."""
        for number, line in enumerate(self.content.decode("utf-8", "replace").split("\n"), 1):
            for plant in self.plants:
                if plant.visible in line:
                    yield number, plant


@dataclass(frozen=True, slots=True)
class Archive:
    """A zip of documents."""

    path: str
    members: tuple[Document, ...]

    def packed(self) -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for member in self.members:
                archive.writestr(
                    zipfile.ZipInfo(member.path, _ZIP_DATE), member.content, zipfile.ZIP_DEFLATED
                )
        return buffer.getvalue()


@dataclass(frozen=True, slots=True)
class Compressed:
    """One document in a gzip file, whose name without `.gz` is the member's name."""

    path: str
    inner: Document

    def packed(self) -> bytes:
        return gzip.compress(self.inner.content, mtime=0)


Carrier = Document | Archive | Compressed
