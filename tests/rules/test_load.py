"""Rules that were read once are kept, and never trusted blindly."""

from __future__ import annotations

from pathlib import Path

from leakgate.detect.rules.load import shipped_rules

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
