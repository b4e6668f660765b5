"""Globs over the places of findings."""

from __future__ import annotations

import time

import pytest

from leakgate.model.finding import Location
from leakgate.policy.globs import place_matches

ZIP = ("out/report.zip", "data/trace.zip", "trace.network")
CASES = [
    ("ci.log", ("out/ci.log",), True),
    ("*.log", ("out/deep/ci.log",), True),
    ("*.log", ("ci.log",), True),
    ("*.log", ("ci.logs",), False),
    ("*.network", ZIP, True),
    ("report.zip", ZIP, False),
    ("out/*.log", ("out/ci.log",), True),
    ("out/*.log", ("out/deep/ci.log",), False),
    ("out/*.log", ("./out//ci.log",), True),
    ("out/*.log", ("/out/ci.log",), False),
    ("/out/*.log", ("/out/ci.log",), True),
    ("/out/**", ("out/ci.log",), False),
    ("out/**/ci.log", ("out/ci.log",), True),
    ("out/**/ci.log", ("out/a/b/ci.log",), True),
    ("**/ci.log", ("ci.log",), True),
    ("**/ci.log", ("/a/ci.log",), True),
    ("**/fixtures/**", ("a/fixtures/b/c.log",), True),
    ("**/fixtures/**", ("a/my-fixtures/b.log",), False),
    ("**/report.zip", ZIP, True),
    ("**/report.zip!/**", ZIP, True),
    ("out/report.zip!/data/*", ZIP, True),
    ("out/report.zip!/data/trace.zip!/trace.network", ZIP, True),
    ("out/report.zip!/data/trace.zip/trace.network", ZIP, False),
    ("out/*", ZIP, True),
    ("out/?i.log", ("out/ci.log",), True),
    ("OUT/ci.log", ("out/ci.log",), False),
    ("**/**", ("a",), True),
    ("a/b", ("", "a/b"), False),
    ("**/x", ("a.zip", ""), False),
]


@pytest.mark.parametrize(("glob", "place", "covers"), CASES)
def test_place(glob: str, place: tuple[str, ...], covers: bool):
    """`*` stays in a folder, `**` crosses, `!/` enters an archive, a bare name is the innermost one."""
    path, *members = place

    assert covers is place_matches(Location(path, tuple(members), 0, 1), glob)


def test_hostile_name():
    """A name made to be slow to match is not."""
    location = Location("/".join(["a" * 20] * 2000), (), 0, 1)
    start = time.perf_counter()
    place_matches(location, "/".join(["**", "*a*a*a*b"] * 5))

    assert time.perf_counter() - start < 2
