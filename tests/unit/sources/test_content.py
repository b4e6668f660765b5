"""Bytes by position: files that change, grow, shrink or are not files."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest

from leakgate.sources.content import FileContent, MemoryContent


def test_read_by_position(tmp_path):
    """A read gives what lies there, and less at the end."""
    path = tmp_path / "x"
    path.write_bytes(b"0123456789")

    with FileContent(str(path)).open() as reader:
        assert (10, b"345", b"89", b"") == (
            reader.size,
            reader.read(3, 3),
            reader.read(8, 99),
            reader.read(20, 5),
        )


def test_file_that_shrinks_ends_early(tmp_path):
    """Truncation during the scan is a short read, not a dead process."""
    path = tmp_path / "x"
    path.write_bytes(b"a" * 100_000)

    with FileContent(str(path)).open() as reader:
        os.truncate(path, 10)
        assert b"a" * 10 == reader.read(0, 100_000)


def test_file_that_grows_ends_where_it_ended(tmp_path):
    """What is appended after opening is not read, so that size and bytes agree."""
    path = tmp_path / "x"
    path.write_bytes(b"old")

    with FileContent(str(path)).open() as reader, path.open("ab") as appended:
        appended.write(b"new")
        appended.flush()
        assert b"old" == reader.read(0, 100)


def test_fifo_is_refused_at_once(tmp_path):
    """A file that became a FIFO after the walk is an error and does not wait for a writer."""
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(OSError, match="regular"), FileContent(str(tmp_path / "pipe")).open():
        pass


def test_file_that_became_a_link_is_refused(tmp_path):
    """A link put in place of a file after the walk is not followed."""
    (tmp_path / "target").write_text("x")
    (tmp_path / "link").symlink_to("target")

    with pytest.raises(OSError, match="symbolic"), FileContent(str(tmp_path / "link")).open():
        pass


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs procfs")
def test_file_that_lies_about_its_size_is_refused():
    """A file that says it is empty and is not never passes as empty."""
    with pytest.raises(OSError, match="says it is empty"), FileContent("/proc/self/status").open():
        pass


def test_no_descriptor_is_left_open(tmp_path):
    """Leaving the context closes the file."""
    path = tmp_path / "x"
    path.write_bytes(b"x")
    with FileContent(str(path)).open() as reader:
        pass

    with pytest.raises(OSError, match="Bad file descriptor"):
        reader.read(0, 1)


def test_content_travels_to_another_process(tmp_path):
    """A unit of work can be handed to a worker."""
    path = tmp_path / "x"
    path.write_bytes(b"abc")

    copy = pickle.loads(pickle.dumps(FileContent(str(path))))

    with copy.open() as reader:
        assert b"abc" == reader.read(0, 3)


def test_memory_reads_like_a_file():
    """Bytes in memory answer as a file would."""
    with MemoryContent(bytearray(b"0123")).open() as reader:
        assert (4, b"12", b"3", b"") == (reader.size, reader.read(1, 2), reader.read(3, 9), reader.read(9, 1))
