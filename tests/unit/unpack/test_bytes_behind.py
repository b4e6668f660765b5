"""What stands behind an archive is scanned or told, whatever the archive."""

from __future__ import annotations

import pytest

from leakgate.model.artifact import Artifact
from leakgate.model.gap import Gap, GapReason
from leakgate.model.limits import Limits
from leakgate.unpack.budget import Budget
from leakgate.unpack.containers.base import Container, Member
from leakgate.unpack.containers.registry import CONTAINERS
from leakgate.unpack.containers.zip_archive import ZipArchive
from leakgate.unpack.identify import HEAD
from leakgate.unpack.readers import HeldBytes
from tests.fuzz.seeds import Seed, seeds
from tests.fuzz.target import CANARIES
from tests.unit.unpack.archives import zip_of

BEHIND = b"\n some text behind, longer than the checksum of a pack\n"
_CASES = [
    (container, seed)
    for seed in seeds()
    for container in CONTAINERS
    if container.name != "unread" and container.matches(seed.data[:HEAD])
]


def _items(container: Container, data: bytes, limits: Limits | None = None) -> list[Member | Gap]:
    return list(container.members(HeldBytes(data), Artifact("a"), Budget(limits or Limits())))


def _beside(container: Container, data: bytes) -> list[Member]:
    """Bytes of the archive itself."""
    items = _items(container, data)
    return [item for item in items if isinstance(item, Member) and item.artifact == Artifact("a")]


def test_every_kind_of_archive_is_tried() -> None:
    """A new one needs a seed."""
    assert {c.name for c in CONTAINERS} - {"unread"} == {container.name for container, _ in _CASES}


@pytest.mark.parametrize(("container", "seed"), _CASES, ids=lambda case: case.name)
def test_bytes_behind_are_scanned_or_told(container: Container, seed: Seed) -> None:
    """Nobody hides a leak by putting it there."""
    items = _items(container, seed.data + BEHIND)

    scanned = any(isinstance(item, Member) and BEHIND in item.data for item in items)
    assert scanned or any(isinstance(item, Gap) for item in items)


@pytest.mark.parametrize(
    ("container", "seed"),
    [case for case in _CASES if case[0].name in ("zip", "7z", "lzma", "git object", "git pack")],
    ids=lambda case: case.name,
)
def test_text_behind_an_end_that_is_told_is_scanned(container: Container, seed: Seed) -> None:
    """Where the archive says where it ends, as text of the archive itself."""
    texts = [item.data for item in _beside(container, seed.data + BEHIND)]

    assert any(text.endswith(BEHIND) for text in texts)


@pytest.mark.parametrize(("container", "seed"), _CASES, ids=lambda case: case.name)
def test_nothing_is_behind_a_whole_archive(container: Container, seed: Seed) -> None:
    """Its own end is no text; what a zip has in front and in its comment is."""
    known = {b"#!/bin/sh\nexit\n", *(canary.encode() for canary in CANARIES)}

    assert set() == {item.data for item in _beside(container, seed.data)} - known


def test_what_is_too_large_is_told() -> None:
    """Only its beginning is held in memory."""
    limits = Limits(max_member_bytes=100)

    items = _items(ZipArchive(), zip_of({"a": b"b"}) + bytes(1000), limits)

    assert 100 == len(next(i.data for i in items if isinstance(i, Member) and i.artifact == Artifact("a")))
    assert GapReason.TOO_LARGE in {item.reason for item in items if isinstance(item, Gap)}
