"""
Places in SARIF: the table of artifacts with their nesting, and the locations that point into it.

URIs are percent-encoded and safe as they are; names go through `for_sarif`. A member of an archive has
the URI `path!/member`, as no consumer opens archives and every consumer shows the URI to people.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from leakgate.model.expressions import expression
from leakgate.model.finding import Location, Sighting
from leakgate.model.gap import Gap
from leakgate.report import phrases
from leakgate.report.text_safety import NAME_LIMIT, PATH_LIMIT, cut, for_sarif

Json = dict[str, Any]

SOURCE_ROOT = "SRCROOT"  # the name of the checkout, which services know themselves
_URI_LIMIT = 1024
_SAFE = "/!()+,;=@~$&'*"
_NOT_A_BYTE = expression("[\ud800-\udc7f\udd00-\udfff]")


class ArtifactTable:
    """`run.artifacts`: every artifact once, containers before what is in them."""

    def __init__(self) -> None:
        self._indices: dict[tuple[str, ...], int] = {}
        self.entries: list[Json] = []

    def index(self, path: str, members: tuple[str, ...]) -> int:
        """Where the artifact stands in the table; adds it and its containers if they are new."""
        parent: int | None = None
        for depth in range(len(members) + 1):
            parent = self._entry((path, *members[:depth]), parent)
        assert parent is not None
        return parent

    def location(self, path: str, members: tuple[str, ...]) -> Json:
        """An `artifactLocation`."""
        return {"uri": uri_of(path, members), "index": self.index(path, members)}

    def _entry(self, names: tuple[str, ...], parent: int | None) -> int:
        if names not in self._indices:
            self._indices[names] = len(self.entries)
            entry: Json = {"location": {"uri": uri_of(names[0], names[1:])}}
            if parent is not None:
                entry["parentIndex"] = parent
            self.entries.append(entry)
        return self._indices[names]


def uri_of(path: str, members: tuple[str, ...]) -> str:
    """A relative reference, or a `file` URI where the path is absolute (RFC 3986, RFC 8089)."""
    plain = path
    while plain.startswith("./"):
        plain = plain[2:].lstrip("/")
    joined = cut(phrases.artifact_path(plain or ".", members), _URI_LIMIT)
    encoded = quote(_NOT_A_BYTE.sub("\ufffd", joined), safe=_SAFE, errors="surrogateescape")
    return f"file:///{encoded.lstrip('/')}" if encoded.startswith("/") else encoded


def sighting_location(sighting: Sighting, artifacts: ArtifactTable) -> Json:
    """Where a value comes from: the line of source or the test, if known, else the artifact that shows it.

    The member, field and test it was in are logical locations, and so is the artifact where source is named.
    """
    source = _source(sighting)
    location: Json = {"physicalLocation": source or _physical(sighting.location, artifacts)}
    logical = _logical(sighting, with_artifact=source is not None)
    if logical:
        location["logicalLocations"] = logical
    return location


def artifact_location(sighting: Sighting, artifacts: ArtifactTable, number: int) -> Json | None:
    """The place in the artifact, as a related location; None where the location itself is that place."""
    if _source(sighting) is None:
        return None
    where = phrases.artifact_path(sighting.location.path, sighting.location.members)
    return {
        "id": number,
        "message": {"text": f"Seen in {for_sarif(where, PATH_LIMIT)}{phrases.position(sighting.location)}"},
        "physicalLocation": _physical(sighting.location, artifacts),
    }


def _physical(at: Location, artifacts: ArtifactTable) -> Json:
    return {"artifactLocation": artifacts.location(at.path, at.members), "region": _region(at)}


def _source(sighting: Sighting) -> Json | None:
    """A `physicalLocation` below the source root: what wrote the value, else the test that ran."""
    emitter, test = sighting.emitter, sighting.test
    if emitter is not None and emitter.file is not None:
        return _in_sources(emitter.file, emitter.line)
    if test is not None and test.file is not None and test.in_sources:
        return _in_sources(test.file, test.line)
    return None


def _in_sources(file: str, line: int | None) -> Json:
    place: Json = {"artifactLocation": {"uri": uri_of(file, ()), "uriBaseId": SOURCE_ROOT}}
    return place if line is None else {**place, "region": {"startLine": line}}


def gap_location(gap: Gap, artifacts: ArtifactTable) -> Json | None:
    """Which artifact was not looked at; None for a gap of the whole run."""
    if phrases.is_of_whole_run(gap):
        return None
    return {"physicalLocation": {"artifactLocation": artifacts.location(gap.path, gap.members)}}


def _region(at: Location) -> Json:
    if at.line is None:
        return {"byteOffset": at.byte_start, "byteLength": max(0, at.byte_end - at.byte_start)}
    region = {
        "startLine": at.line,
        "startColumn": at.column,
        "endLine": at.end_line,
        "endColumn": at.end_column,
    }
    return {key: value for key, value in region.items() if value is not None}


def _logical(sighting: Sighting, *, with_artifact: bool) -> list[Json]:
    at, test = sighting.location, sighting.test
    logical = []
    if with_artifact and not at.members:
        logical.append(_named(at.path, "resource"))
    if at.members:
        whole = phrases.artifact_path(at.path, at.members)
        logical.append(_named(whole, "member", name=at.members[-1]))
    if at.pointer:
        logical.append(_named(at.pointer, "property"))
    if test is not None:
        logical.append(_named(test.id, "function"))
    return logical


def _named(qualified: str, kind: str, name: str = "") -> Json:
    named: Json = {"fullyQualifiedName": for_sarif(qualified, PATH_LIMIT), "kind": kind}
    if name:
        named["name"] = for_sarif(name, NAME_LIMIT)
    return named
