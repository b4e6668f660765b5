"""A resolved policy as text."""

from __future__ import annotations

import pytest

from leakgate.policy.load import load_policy
from leakgate.policy.shipped import NAMES
from leakgate.policy.show import describe
from tests.unit.policy.cases import policy


@pytest.mark.parametrize("name", NAMES)
def test_shown_policies_load_again(name: str):
    """What is shown is a policy that judges alike."""
    shown = load_policy(name)

    assert shown.identity.digest == load_policy("again.yaml", text=describe(shown)).identity.digest


def test_words_that_need_quotes_keep_them():
    """Text that YAML would read otherwise comes back as it was."""
    shown = policy(
        "{id: 'true', when: {path: ['#x', '*', '12', 'a: b', 'null', \"q'\\\"\", '\u00e9']}, then: warn}",
        rest="name: '42'\ndetect: {sensitive_fields: {'no: ': a, 'yes': b}}",
    )
    again = load_policy("again.yaml", text=describe(shown))

    assert (shown.clauses[0].when, shown.detect, "42") == (
        again.clauses[0].when,
        again.detect,
        again.identity.name,
    )


def test_origins_are_shown():
    """Each line says where it was written, or that it is a default."""
    shown = describe(load_policy("p.yaml", text="version: 1\nextends: strict\ncoverage:\n  bomb: warn\n"))

    assert "  bomb: warn  # p.yaml, line 4\n" in shown
    assert "  encrypted: block  # builtin:strict, line 46\n" in shown
    assert "  max_depth: 8  # default of leakgate\n" in shown
