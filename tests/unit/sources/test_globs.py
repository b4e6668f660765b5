"""Glob patterns as .gitignore and ripgrep read them."""

from __future__ import annotations

import pytest

from leakgate.sources.globs import Glob


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("*.log", "a.log", True),
        ("*.log", "deep/er/a.log", True),
        ("*.log", "a.log.gz", False),
        ("a/*.log", "a/x.log", True),
        ("a/*.log", "b/a/x.log", False),
        ("a/*.log", "a/b/x.log", False),
        ("/x.log", "x.log", True),
        ("/x.log", "a/x.log", False),
        ("a/**", "a/b/c", True),
        ("a/**", "b/a/c", False),
        ("**/c", "c", True),
        ("**/c", "a/b/c", True),
        ("a/**/c", "a/c", True),
        ("a/**/c", "a/b/b/c", True),
        ("a/**/c", "ab/c", False),
        ("logs", "x/logs/a.txt", True),
        ("logs/", "x/logs/a.txt", True),
        ("logs/", "logs", False),
        ("?.log", "ab.log", False),
        ("[!a].log", "b.log", True),
        ("[!a].log", "a.log", False),
        ("a[!b]c/x", "a/c/x", False),
        ("[", "[", True),
        ("[]]", "]", True),
        (r"\*", "*", True),
        (r"\*", "a", False),
        ("*", ".hidden", True),
        ("a.c", "abc", False),
        ("*.log", "line\nbreak.log", True),
        ("./a/b", "a/b", True),
    ],
)
def test_pattern_fits(pattern, path, fits):
    """Whether a path relative to the root fits the pattern."""
    assert fits == Glob.parse(pattern).matches(path)


@pytest.mark.parametrize(
    ("pattern", "directory", "covered"),
    [
        ("logs/", "a/logs", True),
        ("logs", "logs", True),
        ("logs/**", "logs", True),
        ("logs/*.txt", "logs", False),
        ("*.log", "a", False),
    ],
)
def test_directory_as_a_whole(pattern, directory, covered):
    """Whether a pattern leaves nothing of a directory, so that it need not be listed."""
    assert covered == Glob.parse(pattern).covers_directory(directory)


@pytest.mark.parametrize(
    ("pattern", "directory", "possible"),
    [
        ("*/x.log", "", True),
        ("*/x.log", "a", True),
        ("a/x.log", "b", False),
        ("a/**/x.log", "a/b/c", True),
        ("a/*", "a/b/c", True),
    ],
)
def test_directory_that_may_hold_something(pattern, directory, possible):
    """Whether a walk for an anchored pattern has to enter a directory."""
    assert possible == Glob.parse(pattern, anchored=True).may_match_below(directory)


def test_many_wildcards_take_no_time():
    """A run of stars against a long name is decided at once."""
    assert not Glob.parse("*" * 40 + "b").matches("a" * 250)
