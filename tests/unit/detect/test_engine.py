"""Anchors, windows and the database cache."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from leakgate.detect.engine.build import build_engine
from leakgate.detect.engine.cache import DatabaseCache, Installation
from leakgate.detect.engine.relax import relax
from leakgate.detect.engine.windows import suspects
from leakgate.model.detection import Pattern
from leakgate.model.errors import RuleError
from leakgate.model.spans import Span

_PATTERN = Pattern("token", rb"(?<!\w)tok_[a-z]{8,64}(?!\w)")
_KEY = b"k" * 32


@pytest.mark.parametrize(
    ("expression", "text", "ends"),
    [
        (rb"tok_[a-z]{4,}", b"tok_abcdefgh", [8]),
        (rb"[\w.]{1,64}@corp", b"someone@corp", [12]),
        (rb"(?<=x)key(?=y)", b"key", [3]),
        (rb"(['\"])v\1", b"'v\"", [3]),
        (rb"a(?:b|cd)*", b"abcdb", [1]),
        (rb"a(b?)c+\1", b"abcccb", [3]),
        (rb"a([xy])b\1", b"axby", [4]),
        (rb"ab\Z", b"abab", [4]),
    ],
)
def test_an_anchor_fires_rarely_and_wherever_its_pattern_could(
    expression: bytes, text: bytes, ends: list[int]
) -> None:
    """Repeats at the ends shrink, what only the owner can judge is dropped."""
    anchor = relax(Pattern("p", expression))

    assert ends == [hit.end() for hit in re.finditer(anchor.expression, text)]


@pytest.mark.parametrize("expression", [rb"a*", rb"(?=x)", rb"x?"])
def test_a_pattern_that_matches_nothing_at_all_is_refused(expression: bytes) -> None:
    """It would fire at every byte."""
    with pytest.raises(RuleError, match="can match nothing"):
        relax(Pattern("empty", expression))


def test_an_invalid_expression_names_its_pattern() -> None:
    """The author of the rule must find it."""
    with pytest.raises(RuleError, match="'broken'"):
        relax(Pattern("broken", rb"(unclosed"))


def test_neighbouring_hits_share_a_window() -> None:
    """Windows that touch are one, and none leaves the data."""
    found = list(suspects(_PATTERN, [12, 2, 50], 10, 100))

    assert [(Span(0, 22), (2, 12)), (Span(40, 60), (50,))] == [(each.window, each.ends) for each in found]


def test_a_window_holds_the_whole_match() -> None:
    """The owner finds the match without looking outside."""
    data = b"." * 500 + b" tok_abcdefghijkl " + b"." * 500

    [suspect] = build_engine([_PATTERN], None).scan(data)

    assert re.search(rb"tok_[a-z]+", data[suspect.window.start : suspect.window.end])


def test_the_database_is_kept_and_used_again(tmp_path: Path) -> None:
    """A second start loads what the first compiled."""
    cache = tmp_path / "cache"
    build_engine([_PATTERN], cache, _KEY)
    [kept] = cache.iterdir()
    before = kept.stat().st_mtime_ns

    engine = build_engine([_PATTERN], cache, _KEY)

    assert before == kept.stat().st_mtime_ns
    assert len(engine.scan(b"tok_abcdefgh")) == 1


@pytest.mark.parametrize("damage", [b"", b"garbage", None])
def test_a_damaged_cache_is_rebuilt(tmp_path: Path, damage: bytes | None) -> None:
    """Bytes that do not carry their checksum are never given to the engine."""
    cache = tmp_path / "cache"
    build_engine([_PATTERN], cache, _KEY)
    [kept] = cache.iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(whole[:-1] if damage is None else damage)

    assert len(build_engine([_PATTERN], cache, _KEY).scan(b"tok_abcdefgh")) == 1
    assert whole == kept.read_bytes()


def test_a_cache_that_others_may_write_is_not_read(tmp_path: Path) -> None:
    """Somebody else's database could hide anything."""
    cache = tmp_path / "shared"
    cache.mkdir()
    cache.chmod(0o777)
    (cache / "key.hs").write_bytes(b"x")

    assert DatabaseCache(cache, key=_KEY).load("key") is None


def _cached(cache: Path, key: bytes, name: str = "key") -> bytes | None:
    return DatabaseCache(cache, key=key).load(name)


def test_a_database_that_was_made_with_another_key_is_not_read(tmp_path: Path) -> None:
    """Who may write the cache, as tests of the job may, has not the key; a checksum is no signature."""
    cache = tmp_path / "cache"
    DatabaseCache(cache, key=b"x" * 32).store("key", b"finds nothing")
    Installation(tmp_path / "forged").store("key", b"finds nothing")
    forged = (tmp_path / "forged" / "key.hs").read_bytes()

    assert (None, b"finds nothing") == (_cached(cache, _KEY), _cached(cache, b"x" * 32))
    (cache / "key.hs").write_bytes(forged)
    assert None is _cached(cache, _KEY)


def test_a_database_is_not_taken_for_another(tmp_path: Path) -> None:
    """A signed one that finds less, under the name of the one that is asked for."""
    cache = tmp_path / "cache"
    DatabaseCache(cache, key=_KEY).store("less", b"finds less")
    (cache / "less.hs").rename(cache / "more.hs")

    assert None is _cached(cache, _KEY, "more")


def test_without_a_key_nothing_is_kept_or_read(tmp_path: Path) -> None:
    """There is nothing that could tell a forgery."""
    cache = tmp_path / "cache"
    build_engine([_PATTERN], cache)
    assert not cache.exists()
    Installation(cache).store("key", b"finds nothing")

    assert None is DatabaseCache(cache).load("key")


def test_a_link_is_no_cache(tmp_path: Path) -> None:
    """A folder that somebody else chose."""
    DatabaseCache(tmp_path / "elsewhere", key=_KEY).store("key", b"database")
    (tmp_path / "cache").symlink_to("elsewhere")

    assert None is _cached(tmp_path / "cache", _KEY)


@pytest.mark.parametrize("kind", ["link", "writable", "pipe"])
def test_a_file_that_others_may_have_put_there_is_not_read(kind: str, tmp_path: Path) -> None:
    """The folder may have been another a moment ago; the file tells for itself."""
    DatabaseCache(tmp_path / "cache", key=_KEY).store("key", b"database")
    kept = tmp_path / "cache" / "key.hs"
    if kind == "writable":
        kept.chmod(0o666)
    elif kind == "link":
        kept.rename(tmp_path / "elsewhere")
        kept.symlink_to(tmp_path / "elsewhere")
    else:
        kept.unlink()
        os.mkfifo(kept)

    assert DatabaseCache(tmp_path / "cache", key=_KEY).load("key") is None


def test_a_cache_that_cannot_be_written_does_no_harm(tmp_path: Path) -> None:
    """A read-only file system costs the compile, nothing else."""
    blocked = tmp_path / "file"
    blocked.write_text("in the way")

    assert len(build_engine([_PATTERN], blocked / "cache", _KEY).scan(b"tok_abcdefgh")) == 1


def test_a_run_of_any_length_behind_a_word_is_one_hit() -> None:
    """An expression that ends in bytes of one kind fires once, not at each of them."""
    word = Pattern("word", rb"word:\s*(?:[^'\n]*[^',\n])'?")
    data = b"word: " + b"x" * 500

    [suspect] = build_engine([word], None).scan(data)

    assert 2 >= len(suspect.ends)


def test_a_group_that_is_repeated_stays_in_the_anchor() -> None:
    """A closing quote like the opening one is still looked for."""
    quoted = Pattern("quoted", rb"(['\"])([a-z]{4,9})(\1)")
    engine = build_engine([quoted], None)

    assert [1, 0] == [len(engine.scan(data)) for data in (b"'abcdef'", b"'abcdef ")]
