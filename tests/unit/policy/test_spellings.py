"""Clauses by path: under every spelling where that is stricter, and a word where they speak of nothing."""

from __future__ import annotations

import pytest

from leakgate.model.finding import Location
from leakgate.policy.globs import place_matches
from leakgate.policy.load import load_policy
from leakgate.policy.policy import Policy
from leakgate.policy.spellings import Unmatched, with_spellings


def policy(then: str, glob: str) -> Policy:
    text = (
        "version: 1\nname: p\nclauses:\n"
        f"  - {{id: one, when: {{path: {glob!r}}}, then: {then}}}\n  - {{id: rest, when: {{}}, then: warn}}\n"
    )
    return load_policy("p.yaml", text=text)


def covers(judging: Policy, path: str) -> bool:
    return any(place_matches(Location(path, (), 0, 0), glob) for glob in judging.clauses[0].when.path or ())


@pytest.mark.parametrize(
    ("glob", "alias", "path"),
    [
        ("out/**", ("sub", ""), "sub/out/a.log"),
        ("/builds/shop/out/**", ("", "/builds/shop"), "out/a.log"),
        ("/builds/*/out/**", ("", "/builds/shop"), "out/a.log"),
        ("/**/out/**", ("", "/builds/shop"), "out/a.log"),
        ("latest/*.log", ("runs/42", "latest"), "runs/42/a.log"),
        ("out/**", ("/elsewhere/shop", ""), "/elsewhere/shop/out/a.log"),
        ("./out//a.log", ("", ""), "out/a.log"),
    ],
)
def test_what_blocks_blocks_under_every_spelling(glob, alias, path):
    """A policy is written once, and scans are started from anywhere."""
    assert covers(with_spellings(policy("block", glob), [alias]), path)


def test_what_is_lenient_holds_for_the_one_form_alone():
    """Nobody is let through because a name could also be read otherwise."""
    assert not covers(with_spellings(policy("allow", "out/**"), [("sub", "")]), "sub/out/a.log")


def test_an_absolute_glob_is_not_relative():
    """`/out` of the machine is not `out` of a folder."""
    assert not covers(with_spellings(policy("block", "/out/**"), [("sub", "")]), "sub/out/a.log")


def test_clauses_that_speak_of_nothing_are_named():
    """A typo in a glob is seen, in the words of the file."""
    given = policy("block", "ouput/**")
    unmatched = Unmatched(given, with_spellings(given, [("sub", "")]))

    unmatched.see("sub/out/a.log")

    [told] = unmatched.told(members=False)
    assert "Clause one" in told
    assert "`ouput/**`, and" in told


@pytest.mark.parametrize("glob", ["out/**", "*.log", "out/*.zip!/**"])
def test_clauses_that_met_a_name_are_not_named(glob):
    """Of a glob into an archive only the archive has to be there."""
    given = policy("block", glob)
    unmatched = Unmatched(given, given)

    unmatched.see("out/a.log")
    unmatched.see("out/a.zip")

    assert () == unmatched.told(members=False)


def test_names_within_archives_may_be_there():
    """Of names alone nobody knows whether a member has them."""
    assert () == Unmatched(policy("block", "*.key"), policy("block", "*.key")).told(members=True)
