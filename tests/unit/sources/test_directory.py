"""Directories: what is in scope, in which order, and what becomes a gap."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from leakgate.model.gap import GapReason
from leakgate.sources.directory import Directory
from leakgate.sources.ledger import Ledger
from leakgate.sources.listing import Listing
from leakgate.sources.scope import DirectoryRoot, Scope
from leakgate.sources.selection import Selection


def test_everything_below_is_found(look, plant):
    """Hidden, git-ignored and `.git` files are in scope like any other."""
    plant("out/.env", "out/.git/config", "out/.gitignore", "out/a/b/c.log", "out/z")

    seen = look("out")

    assert ["out/.env", "out/.git/config", "out/.gitignore", "out/a/b/c.log", "out/z"] == seen.paths


def test_order_is_of_bytes(look, plant):
    """Entries come in byte order of their names, whatever the locale says."""
    plant("out/b", "out/B", "out/a", "out/é", "out/10", "out/9")

    seen = look("out")

    assert ["out/10", "out/9", "out/B", "out/a", "out/b", "out/é"] == seen.paths


def test_content_is_of_the_file(look, plant):
    """A unit opens the file it is named after."""
    plant("out/a/x.log")

    assert b"out/a/x.log" == look("out").text("out/a/x.log")


def test_name_that_is_not_utf8_is_printable_and_opens(look, tmp_path):
    """A name of arbitrary bytes is shown escaped, and its file is read all the same."""
    (tmp_path / "out").mkdir()
    with (tmp_path / "out" / os.fsdecode(b"bad-\xff.log")).open("wb") as file:
        file.write(b"content")

    seen = look("out")

    assert ["out/bad-\\xff.log"] == seen.paths
    assert b"content" == seen.text("out/bad-\\xff.log")


def test_fifo_and_socket_are_gaps(look, tmp_path):
    """What is not a file is reported and never opened, so that nothing hangs."""
    (tmp_path / "out").mkdir()
    os.mkfifo(tmp_path / "out" / "pipe")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("out/s")
        seen = look("out")

    assert [("out/pipe", GapReason.NOT_A_FILE), ("out/s", GapReason.NOT_A_FILE)] == seen.reasons


@pytest.mark.skipif(os.geteuid() == 0, reason="root may list everything")
def test_directory_without_permission_is_a_gap(look, plant, tmp_path):
    """A directory that cannot be listed is a gap; its neighbours are scanned."""
    plant("out/closed/x", "out/open")
    (tmp_path / "out/closed").chmod(0)

    seen = look("out")
    (tmp_path / "out/closed").chmod(0o700)

    assert [("out/closed", GapReason.DENIED)] == seen.reasons
    assert ["out/open"] == seen.paths


def test_entry_that_vanishes_while_walking_is_a_gap(plant, tmp_path):
    """A file and a directory deleted between listing and looking are gaps, not errors."""
    plant("out/a", "out/b", "out/c/x", "out/d")
    root = DirectoryRoot(str(tmp_path / "out"), str(tmp_path / "out"), "out")
    walk = Directory(root, Scope((root,), Selection()), Ledger(remember=False), Listing()).units()

    first = next(walk)
    (tmp_path / "out/b").unlink()
    (tmp_path / "out/c/x").unlink()
    (tmp_path / "out/c").rmdir()
    rest = [(getattr(item, "reason", None)) for item in walk]

    assert "out/a" == first.artifact.path
    assert [GapReason.VANISHED, GapReason.VANISHED, None] == rest


def test_tree_deeper_than_the_stack(look, tmp_path, monkeypatch):
    """Folders below the longest path that the system takes at once are walked, and their files read."""
    inner = tmp_path / "out"
    inner.mkdir()
    monkeypatch.chdir(inner)
    for _ in range(2100):
        Path("d").mkdir()
        os.chdir("d")
    Path("deep.log").write_text("deep")
    os.chdir(tmp_path)

    seen = look("out")
    [path] = seen.paths
    text = seen.text(path)
    os.chdir(tmp_path / "out")
    for _ in range(2100):
        os.chdir("d")
    Path("deep.log").unlink()
    os.chdir(tmp_path)
    _remove_deep(tmp_path / "out", 2100)

    assert ([], b"deep") == (seen.reasons, text)
    assert "out/" + "d/" * 2100 + "deep.log" == path


def _remove_deep(root: Path, depth: int) -> None:
    """shutil.rmtree and pytest's own cleaning recurse, or need short paths."""
    os.chdir(root)
    for _ in range(depth):
        os.chdir("d")
    for _ in range(depth):
        os.chdir("..")
        Path("d").rmdir()
