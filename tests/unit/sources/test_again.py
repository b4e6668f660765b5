"""Looking again: what changed between two walks, and what did not."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from leakgate.model.artifact import Unit
from leakgate.model.gap import Gap, GapReason
from leakgate.sources.paths import Paths, open_sources

Change = Callable[[Path], object]


@pytest.fixture
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two files, seen from beside it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "out/b").mkdir(parents=True)
    (tmp_path / "out/a.log").write_text("before")
    (tmp_path / "out/b/b.log").write_text("before")
    return tmp_path / "out"


def listed(*arguments: str) -> Paths:
    source = open_sources(arguments or ["out"], stdin=io.BytesIO())
    assert [] == [item for item in source.units() if isinstance(item, Gap)]
    return source


def told(source: Paths) -> list[tuple[str, str]]:
    """Names, with `again` where a second scan has to tell."""
    return [
        (item.artifact.path, "again") if isinstance(item, Unit) else (item.path, item.reason.value)
        for item in source.again()
    ]


def append(folder: Path) -> None:
    with (folder / "a.log").open("a") as file:
        file.write("more")


def replace(folder: Path) -> None:
    (folder / "new").write_text("behind")
    (folder / "new").replace(folder / "a.log")


def same_size(folder: Path) -> None:
    """Other bytes, and the old time."""
    path = folder / "a.log"
    status = path.stat()
    path.write_text("behind")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def clock_set_back(folder: Path) -> None:
    append(folder)
    os.utime(folder / "a.log", ns=(0, 0))


@pytest.mark.parametrize("change", [append, replace, clock_set_back])
def test_a_file_that_was_written_is_a_gap(out, change):
    """Growing, shrinking and replacing are seen, whatever the clock says."""
    source = listed()

    change(out)

    assert [("out/a.log", "changed")] == told(source)


def test_a_file_that_shrank_is_a_gap(out):
    """The same for one that was cut."""
    source = listed()

    os.truncate(out / "a.log", 2)

    assert [("out/a.log", "changed")] == told(source)


@pytest.mark.parametrize("change", [same_size, lambda out: (out / "a.log").touch()])
def test_where_only_times_differ_the_bytes_decide(out, change):
    """Whether something else stands there now only another scan can tell, also with the old time restored."""
    source = listed()

    change(out)

    assert [("out/a.log", "again")] == told(source)


def test_new_and_lost_files_are_gaps(out):
    """Files and folders that come or go during the scan."""
    source = listed()

    (out / "c").mkdir()
    (out / "c/c.log").write_text("new")
    (out / "b/b.log").unlink()

    assert [("out/c/c.log", "changed"), ("out/b/b.log", "changed")] == told(source)


def test_a_glob_is_matched_again(out):
    """A file that a glob would have taken is new; another one is none of its business."""
    source = listed("out/*.log")

    (out / "z.log").write_text("new")
    (out / "z.txt").write_text("new")

    assert [("out/z.log", "changed")] == told(source)


def test_a_file_that_became_something_else_is_a_gap(out):
    """A pipe in the place of a file."""
    source = listed()

    (out / "a.log").unlink()
    os.mkfifo(out / "a.log")

    assert [("out/a.log", "changed")] == told(source)


def test_what_stands_still_is_not_told(out):
    """Reading changes nothing, and what was a gap is no news."""
    os.mkfifo(out / "pipe")
    source = open_sources(["out", "out/b", "out/a.log"], stdin=io.BytesIO())
    for item in source.units():
        if isinstance(item, Unit):
            with item.content.open() as reader:
                reader.read(0, 9)

    assert [] == told(source)


def test_a_redirected_file_is_looked_at_again(out):
    """Standard input that is a file may grow like any other."""
    with (out / "a.log").open("rb") as stream:
        source = open_sources(["-"], stdin=stream)
        list(source.units())
        append(out)

        assert [("stdin", GapReason.CHANGED.value)] == told(source)
