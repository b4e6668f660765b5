"""The guide to acceptance agrees with the code, and its examples work."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from leakgate import wiring
from leakgate.model.acceptance import WaiverState
from leakgate.model.result import Coverage
from leakgate.policy.accepting import Accepted
from leakgate.policy.evaluate import evaluate
from leakgate.policy.load import load_policy
from leakgate.policy.vocabulary import check_scopes, check_words
from leakgate.policy.waivers import _WAIVER, read_waivers

GUIDE = Path(__file__).parents[2] / "docs" / "acceptance.md"
TEXT = GUIDE.read_text(encoding="utf-8")


def _blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", TEXT, re.M | re.S)


def _section(heading: str) -> str:
    found = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", TEXT, re.M | re.S)
    assert found is not None
    return found[1]


def test_the_policies_of_the_guide_are_sound() -> None:
    """They load, and their words mean something."""
    policies = _blocks("yaml policy")

    assert policies
    for text in policies:
        check_words(load_policy("guide.yaml", text=text), wiring.all_rules())


def test_the_waivers_of_the_guide_hold() -> None:
    """On a day between, each of them does, by the default policy."""
    [text] = _blocks("yaml waivers")
    waivers = read_waivers(text, "guide.yaml")
    check_scopes(waivers, wiring.all_rules())
    day = max(waiver.created for waiver in waivers)

    accepted = Accepted(waivers, today=day)
    judged = evaluate(load_policy("default"), [], [], Coverage(artifacts=1), accepted=accepted)

    assert [WaiverState.ACTIVE] * 2 == [use.state for use in judged.waivers]


def test_every_key_of_a_waiver_is_in_the_guide() -> None:
    """And no other."""
    table = _section("Waivers").partition("| key | holds |")[2].partition("\n\n")[0]
    first = [row.split("|")[1] for row in table.splitlines() if row.startswith("|")]
    told = {name for cell in first for name in re.findall(r"`(\w+)`", cell)}

    assert {key.name for key in _WAIVER.keys} == told


def test_every_state_of_a_waiver_is_in_the_guide() -> None:
    """With when it is in it."""
    table = _section("Waivers").partition("| state | when |")[2].partition("\n\n")[0]

    assert set(WaiverState) == set(re.findall(r"^\| `(\w+)` \|", table, re.M))


@pytest.mark.parametrize("name", ["policy.yaml", "waivers.yaml", "baseline"])
def test_the_usual_names_are_in_the_guide(name: str) -> None:
    """Where `--base-ref` looks."""
    assert f"`.leakgate/{name}`" in _section("Pull requests")
