"""Rules that were read once are kept, and never trusted blindly."""

from __future__ import annotations

from pathlib import Path

import pytest

from leakgate.detect.rules.load import rules_of, shipped_rules
from leakgate.model.errors import RuleError

_RECORD = (
    "family: a\n"
    "rules: [{id: a, name: a, entity: A, pattern: b, near_misses: [a, b], severity: %s, examples: %s}]"
)
_READ = shipped_rules.__wrapped__  # without the memory of this process


def test_kept_rules_are_the_rules(tmp_path: Path) -> None:
    """The second reading comes from the cache and is the same."""
    cache = tmp_path / "cache"
    fresh = _READ(cache)

    assert [True] == [path.name.startswith("rules-") for path in cache.iterdir()]
    assert fresh == _READ(cache)


def test_damaged_kept_rules_are_read_again(tmp_path: Path) -> None:
    """Whatever happened to the file, no rule is lost."""
    cache = tmp_path / "cache"
    fresh = _READ(cache)
    [kept] = cache.iterdir()
    kept.write_bytes(kept.read_bytes()[:-100])

    assert fresh == _READ(cache)


@pytest.mark.parametrize(
    "text",
    [
        "family: a\nrules:\n",
        "family: a\nrules: [1]\n",
        "family: a\nrules: " + "[" * 3000,
        _RECORD % ("[]", "5"),
        _RECORD % ("high", "[]"),
        _RECORD % ("high", "[a, b], entropy: many"),
        "family: a\nrules: 2020-99-99\n",
    ],
)
def test_a_file_of_another_shape_is_an_error(text: str) -> None:
    """One that says so, never a crash."""
    with pytest.raises(RuleError):
        list(rules_of(text, "rules.yaml"))
