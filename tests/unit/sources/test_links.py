"""Symbolic links: no double scan, no way out, no silent loss."""

from __future__ import annotations

from leakgate.model.gap import GapReason


def test_link_to_a_file_in_scope_is_not_scanned_twice(look, plant, tmp_path):
    """A link inside the root is left to its target."""
    plant("out/real.log")
    (tmp_path / "out/link.log").symlink_to("real.log")

    seen = look("out")

    assert (["out/real.log"], [], 0) == (seen.paths, seen.reasons, seen.skipped)


def test_link_to_a_directory_in_scope_is_not_walked_twice(look, plant, tmp_path):
    """`latest` next to the run it points to adds nothing."""
    plant("out/run-42/x.log")
    (tmp_path / "out/latest").symlink_to("run-42", target_is_directory=True)

    seen = look("out")

    assert (["out/run-42/x.log"], []) == (seen.paths, seen.reasons)


def test_link_to_an_ancestor_ends(look, plant, tmp_path):
    """A directory link back to the root neither loops nor leaves a gap."""
    plant("out/a/x.log")
    (tmp_path / "out/a/up").symlink_to("..", target_is_directory=True)

    seen = look("out")

    assert (["out/a/x.log"], []) == (seen.paths, seen.reasons)


def test_links_out_of_the_root_are_gaps(look, plant, tmp_path):
    """A file or directory outside is reported, not read."""
    plant("out/x", "elsewhere/secret.log")
    (tmp_path / "out/directory").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    (tmp_path / "out/file").symlink_to(tmp_path / "elsewhere/secret.log")

    seen = look("out")

    assert ["out/x"] == seen.paths
    assert [
        ("out/directory", GapReason.OUTSIDE_ROOT),
        ("out/file", GapReason.OUTSIDE_ROOT),
    ] == seen.reasons


def test_link_into_another_root_is_left_to_it(look, plant, tmp_path):
    """What another argument reaches is not outside."""
    plant("out/x", "elsewhere/y")
    (tmp_path / "out/link").symlink_to(tmp_path / "elsewhere/y")

    seen = look("out", "elsewhere")

    assert (["out/x", "elsewhere/y"], []) == (seen.paths, seen.reasons)


def test_sibling_with_the_same_beginning_is_outside(look, plant, tmp_path):
    """`out-old` is not below `out`."""
    plant("out/x", "out-old/y")
    (tmp_path / "out/link").symlink_to(tmp_path / "out-old/y")

    assert [("out/link", GapReason.OUTSIDE_ROOT)] == look("out").reasons


def test_loop_and_dangling_link_are_gaps(look, plant, tmp_path):
    """A link to itself and a link to nothing are reported, each with its reason."""
    plant("out/x")
    (tmp_path / "out/loop").symlink_to("loop")
    (tmp_path / "out/none").symlink_to("nothing")

    assert [("out/loop", GapReason.OUTSIDE_ROOT), ("out/none", GapReason.NOT_A_FILE)] == look("out").reasons


def test_link_to_an_excluded_file_is_scanned_under_its_own_name(look, plant, tmp_path):
    """An upload follows links, so an exclude of the target does not hide what the link shows."""
    plant("out/core.bin")
    (tmp_path / "out/core.log").symlink_to("core.bin")

    seen = look("out", exclude=["*.bin"])

    assert ["out/core.log"] == seen.paths
    assert b"out/core.bin" == seen.text("out/core.log")


def test_link_to_an_excluded_directory_is_a_gap(look, plant, tmp_path):
    """A directory that is not walked where it stands is not silently lost behind a link."""
    plant("out/cache/x", "out/y")
    (tmp_path / "out/kept").symlink_to("cache", target_is_directory=True)

    assert [("out/kept", GapReason.OUTSIDE_ROOT)] == look("out", exclude=["cache/"]).reasons


def test_excluded_link_is_skipped(look, plant, tmp_path):
    """An exclude of the link itself is respected, and counted."""
    plant("out/y", "z")
    (tmp_path / "out/link").symlink_to(tmp_path / "z")

    seen = look("out", exclude=["link"])

    assert ([], 1) == (seen.reasons, seen.skipped)


def test_link_given_as_an_argument_is_followed(look, plant, tmp_path):
    """Somebody who names a link wants what it leads to."""
    plant("elsewhere/x.log")
    (tmp_path / "file.log").symlink_to("elsewhere/x.log")
    (tmp_path / "run").symlink_to("elsewhere", target_is_directory=True)

    assert b"elsewhere/x.log" == look("file.log").text("file.log")
    assert ["run/x.log"] == look("run").paths
