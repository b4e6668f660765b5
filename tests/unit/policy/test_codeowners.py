"""Who owns a path by CODEOWNERS."""

from __future__ import annotations

import pytest

from leakgate.policy.codeowners import owners_of

PATH = ".leakgate/waivers.yaml"


@pytest.mark.parametrize(
    ("text", "owners"),
    [
        ("", ()),
        ("* @all", ("@all",)),
        ("*.yaml @yaml", ("@yaml",)),
        ("*.yml @yaml", ()),
        ("/.leakgate/ @sec", ("@sec",)),
        (".leakgate/ @sec", ("@sec",)),
        (".leakgate @sec", ("@sec",)),
        ("/.leakgate/* @sec", ("@sec",)),
        ("/.leak* @sec", ("@sec",)),
        ("leakgate/ @sec", ()),
        ("/.leakgate/waivers.yaml @sec ada@example.com @org/team", ("@sec", "ada@example.com", "@org/team")),
        ("**/waivers.yaml @sec", ("@sec",)),
        (".leakgate/** @sec", ("@sec",)),
        ("waivers.yaml @sec", ("@sec",)),
        ("waivers.yaml/ @sec", ()),
        ("* @all\n/.leakgate/ @sec", ("@sec",)),
        ("/.leakgate/ @sec\n* @all", ("@all",)),
        ("* @all\n/.leakgate/", ()),
        ("# * @all\n\n[Section] @x\n^[Maybe]\n!docs/ @y", ()),
        ("* @all # all of us", ("@all",)),
        ("/* @root", ()),
        ("/docs/ @docs", ()),
    ],
)
def test_the_last_line_that_fits_decides(text: str, owners: tuple[str, ...]):
    """By the rules of GitHub."""
    assert owners == owners_of(PATH, text)
