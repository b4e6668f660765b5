"""Arguments: paths, globs, duplicates, names, and those that lead nowhere."""

from __future__ import annotations

import io
import os

import pytest

from leakgate.model.artifact import Unit
from leakgate.model.errors import SourceError, UsageError
from leakgate.model.gap import GapReason
from leakgate.sources.paths import open_sources


@pytest.mark.parametrize(
    "path", ["missing", "out/x.log/below", "", "nul\0", "none/*.log", "out/*.xml", "loop"]
)
def test_argument_that_leads_nowhere_is_an_error(look, plant, tmp_path, path):
    """A typo stops the run, even next to a good path."""
    plant("out/x.log")
    (tmp_path / "loop").symlink_to("loop")

    with pytest.raises(SourceError) as caught:
        look("out", path)

    assert "" != caught.value.hint


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("out", "out/x.log"),
        ("out/", "out/x.log"),
        ("./out", "out/x.log"),
        (".", "out/x.log"),
        ("out//x.log", "out/x.log"),
        ("out/../out", "out/x.log"),
    ],
)
def test_a_file_has_one_name(look, plant, given, expected):
    """The same file has the same path however its directory was written."""
    plant("out/x.log")

    assert [expected] == look(given).paths


def test_an_absolute_path_within_is_relative(look, plant, tmp_path):
    """Reports for code hosts name files that the project has."""
    plant("out/x.log")

    assert ["out/x.log"] == look(str(tmp_path / "out")).paths


def test_names_are_relative_to_the_repository(look, plant, tmp_path, monkeypatch):
    """From a folder of the repository the same files have the same names."""
    plant("shop/out/x.log", "shop/.git/HEAD")
    (tmp_path / "shop/sub").mkdir()
    (tmp_path / "linked").symlink_to("shop")

    def names(folder: str, argument: str) -> list[str]:
        with monkeypatch.context() as there:
            there.chdir(tmp_path / folder)
            source = open_sources([argument], stdin=io.BytesIO())
            return [item.artifact.path for item in source.units()]

    assert ["out/x.log"] == names("shop/sub", "../out")
    assert ["out/x.log"] == names("shop/out", ".")
    assert ["out/x.log"] == names("linked", "out")
    assert ["out/x.log"] == names("shop", f"{tmp_path}/linked/out")


def test_what_lies_outside_is_absolute_and_resolved(look, plant, tmp_path, monkeypatch):
    """A name outside can be followed from anywhere; what lies inside keeps its name there, too."""
    plant("other/x.log", "shop/out/y.log")
    (tmp_path / "linked").symlink_to("other")
    monkeypatch.chdir(tmp_path / "shop")

    outside = [
        one for one in open_sources(["../linked"], stdin=io.BytesIO()).units() if isinstance(one, Unit)
    ]
    walked = open_sources([".."], exclude=["linked"], stdin=io.BytesIO()).units()
    both = [one for one in walked if isinstance(one, Unit)]

    assert [f"{tmp_path}/other/x.log"] == [item.artifact.path for item in outside]
    assert [f"{tmp_path}/other/x.log", "out/y.log"] == [item.artifact.path for item in both]


def test_own_reports_are_left_out(look, plant):
    """What the run itself writes is neither scanned nor counted as new."""
    plant("out/a", "out/report.json")
    source = open_sources(["out"], stdin=io.BytesIO(), own=["out/report.json", "out/late.html"])

    names = [item.artifact.path for item in source.units()]
    plant("out/late.html")

    assert (["out/a"], []) == (names, list(source.again()))


def test_file_reached_twice_is_scanned_once(look, plant):
    """The first argument to reach a file names it."""
    plant("out/a", "out/b")

    assert ["out/b", "out/a"] == look("out/b", "out", "./out", "out/a").paths


def test_gap_reached_twice_is_reported_once(look, tmp_path):
    """Overlapping arguments do not repeat a gap."""
    (tmp_path / "out").mkdir()
    os.mkfifo(tmp_path / "out/pipe")

    assert [("out/pipe", GapReason.NOT_A_FILE)] == look("out/pipe", "out").reasons


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("*.log", ["top.log"]),
        ("out/*.log", ["out/a.log"]),
        ("out/**/*.log", ["out/a.log", "out/deep/er/b.log"]),
        ("**/*.log", ["out/a.log", "out/deep/er/b.log", "top.log"]),
        ("o?t/d*", ["out/deep/c.xml", "out/deep/er/b.log"]),
        ("out/[ab].*", ["out/a.log"]),
        ("./out/*.log", ["out/a.log"]),
    ],
)
def test_glob_that_no_shell_expanded(look, plant, pattern, expected):
    """Wildcards stay within a component, `**` crosses them, a matched directory is walked."""
    plant("top.log", "out/a.log", "out/deep/c.xml", "out/deep/er/b.log")

    assert expected == look(pattern).paths


def test_existing_path_is_not_a_glob(look, plant):
    """A name with brackets in it means itself."""
    plant("test[a].log", "testa.log")

    assert ["test[a].log"] == look("test[a].log").paths


def test_pipe_as_an_argument_is_a_gap(look, tmp_path):
    """A process substitution is reported instead of waited on."""
    os.mkfifo(tmp_path / "pipe")

    assert [("pipe", GapReason.NOT_A_FILE)] == look("pipe").reasons


def test_include_keeps_what_fits(look, plant):
    """With an include, everything else is skipped and counted."""
    plant("out/a.log", "out/deep/b.log", "out/c.xml", "out/deep/d.bin")

    seen = look("out", include=["*.log"])

    assert (["out/a.log", "out/deep/b.log"], 2) == (seen.paths, seen.skipped)


def test_exclude_wins_over_include(look, plant):
    """A file that fits both is out."""
    plant("out/a.log", "out/b.log")

    assert ["out/a.log"] == look("out", include=["*.log"], exclude=["b.*"]).paths


def test_excluded_directory_counts_as_one(look, plant):
    """A pruned directory is not walked, so that its files cannot be counted."""
    plant("out/node_modules/a/x", "out/node_modules/y", "out/z")

    seen = look("out", exclude=["node_modules/"])

    assert (["out/z"], 1) == (seen.paths, seen.skipped)


def test_explicit_file_needs_no_include(look, plant):
    """A file that was named is wanted; an exclude of its name still counts."""
    plant("a.txt", "b.txt")

    seen = look("a.txt", "b.txt", include=["*.log"], exclude=["b.txt"])

    assert (["a.txt"], 1) == (seen.paths, seen.skipped)


def test_what_another_argument_brings_in_is_not_skipped(look, plant):
    """The count is of files nobody scanned."""
    plant("out/a.log", "out/b.txt")

    seen = look("out", "out/b.txt", include=["*.log"])

    assert (["out/a.log", "out/b.txt"], 0) == (seen.paths, seen.skipped)


@pytest.mark.parametrize("pattern", ["", "/", "[z-a]"])
def test_pattern_that_means_nothing_is_an_error(look, plant, pattern):
    """An unset variable or a bad range does not silently select everything or nothing."""
    plant("out/a")

    with pytest.raises(UsageError):
        look("out", exclude=[pattern])
