"""Digests of files: of the very bytes that a stamp stands for, or none."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from leakgate.model.artifact import Artifact, Unit
from leakgate.sources.content import FileContent, MemoryContent
from leakgate.sources.prints import FilePrints


def unit(path: Path, *, follow: bool = False) -> Unit:
    return Unit(Artifact(str(path)), FileContent(str(path), follow))


def digest(path: Path, *, follow: bool = False) -> bytes | None:
    prints, one = FilePrints(), unit(path, follow=follow)
    stamp = prints.stamp(one)
    return None if stamp is None else prints.digest(one, stamp)


@pytest.mark.parametrize("size", [0, 1, 1 << 20, (1 << 20) + 1])
def test_the_digest_is_that_of_the_bytes(tmp_path: Path, size: int) -> None:
    """SHA-256, however many there are."""
    (tmp_path / "a").write_bytes(b"x" * size)

    assert hashlib.sha256(b"x" * size).digest() == digest(tmp_path / "a")


@pytest.mark.parametrize("now", [b"other", b"longer than before", b"", None])
def test_a_file_that_changed_since_has_none(tmp_path: Path, now: bytes | None) -> None:
    """Also where its size and its time of modification are the same."""
    path, prints = tmp_path / "a", FilePrints()
    path.write_bytes(b"bytes")
    os.utime(path, ns=(1, 1))
    stamp = prints.stamp(unit(path))
    path.unlink()
    if now is not None:
        (tmp_path / "b").write_bytes(now)
        os.utime(tmp_path / "b", ns=(1, 1))
        (tmp_path / "b").rename(path)

    assert stamp is not None
    assert prints.digest(unit(path), stamp) is None


def test_what_is_no_regular_file_has_none(tmp_path: Path) -> None:
    """A pipe is not waited for, and a link is followed only where somebody asked for it."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").write_bytes(b"x")
    (tmp_path / "link").symlink_to(tmp_path / "file")

    assert [None, None, None] == [digest(tmp_path / name) for name in ("pipe", "link", "nothing")]
    assert digest(tmp_path / "file") == digest(tmp_path / "link", follow=True)


def test_what_is_in_memory_has_none() -> None:
    """It came over standard input, and is there once."""
    assert FilePrints().stamp(Unit(Artifact("-"), MemoryContent(b"x"))) is None
