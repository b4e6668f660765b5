"""Baselines in real merges, and what a list of common values learns from one: nothing."""

from __future__ import annotations

import hashlib
import hmac
import random
import shutil
import subprocess
from pathlib import Path
from types import MappingProxyType

import pytest

from leakgate.findings.fingerprint import Key, keyed
from leakgate.policy.baseline import Baseline, read_baseline, written
from tests.conftest import Command
from tests.kit import tokens
from tests.kit.git import Checkout, repository

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

FILE = ".leakgate/baseline"
KEY = Key.of("a key of tests, long enough")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, leakgate: Command) -> Checkout:
    """A repository whose baseline was made by the command, committed on `main`."""
    monkeypatch.setenv("LEAKGATE_KEY", "a key of tests, long enough")
    made = repository(tmp_path / "project")
    monkeypatch.chdir(made.folder)
    leak(made, 0)
    assert 0 == leakgate("baseline", "create", "out").code
    made.write(".gitignore", "out/\n")
    made.commit()
    return made


def leak(project: Checkout, *seeds: int) -> None:
    for seed in seeds:
        project.write(f"out/{seed}.log", f"DEBUG token={tokens.github(seed)} ok\n")


def known(project: Checkout) -> int:
    return len(read_baseline((project.folder / FILE).read_bytes(), FILE).entries)


def test_two_branches_that_add_to_a_baseline_merge(leakgate: Command, project: Checkout) -> None:
    """By the command, on both sides, some findings the same: no conflict, and nothing is lost."""
    for branch, seeds in (("one", (1, 2, 3)), ("two", (3, 4, 5))):
        project.git("checkout", "--quiet", "-b", branch, "main")
        shutil.rmtree(project.folder / "out")
        leak(project, 0, *seeds)
        assert 0 == leakgate("baseline", "update", "out").code
        project.commit()

    project.git("merge", "--quiet", "--no-edit", "one")

    leak(project, 1, 2, 3, 4, 5)
    assert 6 == known(project)
    assert 0 == leakgate("scan", "out", "--baseline", FILE).code
    leakgate("baseline", "update", "out")
    assert 6 == known(project)


@pytest.mark.parametrize("seed", range(15))
def test_any_two_branches_merge(project: Checkout, seed: int) -> None:
    """Whichever fingerprints they add, how many, and wherever those come to stand."""
    chance = random.Random(seed)
    start = read_baseline((project.folder / FILE).read_bytes(), FILE)
    sides = [[f"lg1:{chance.getrandbits(128):032x}" for _ in range(chance.randint(1, 30))] for _ in "ab"]
    for branch, added in zip("ab", sides, strict=True):
        project.git("checkout", "--quiet", "-b", branch, "main")
        entries = dict(start.entries) | dict.fromkeys(added, "github-pat")
        project.write(FILE, written(start.with_entries(entries.items())))
        project.commit()

    project.git("merge", "--quiet", "--no-edit", "a")

    assert 1 + len(sides[0]) + len(sides[1]) == known(project)


def test_two_branches_that_each_make_a_baseline_merge(tmp_path: Path) -> None:
    """Under one key; the head of the file is there once or twice, and reads the same."""
    made = repository(tmp_path / "fresh")
    made.commit(readme="x")
    for branch, number in (("one", 1), ("two", 2)):
        made.git("checkout", "--quiet", "-b", branch, "main")
        made.write(".leakgate/.gitattributes", "baseline merge=union\n")
        entries = MappingProxyType({f"lg1:{number:032x}": "github-pat"})
        made.write(FILE, written(Baseline(KEY.check, entries)))
        made.commit()

    made.git("merge", "--quiet", "--no-edit", "one")

    assert 2 == known(made)


def test_without_the_attribute_git_asks_and_the_error_says_what_to_do(project: Checkout) -> None:
    """Marks of a conflict are never read as a baseline with less in it."""
    project.write(".leakgate/.gitattributes", "baseline -merge=union\n")
    project.commit()
    start = read_baseline((project.folder / FILE).read_bytes(), FILE)
    for branch, number in (("one", 1), ("two", 2)):
        project.git("checkout", "--quiet", "-b", branch, "main")
        project.write(".leakgate/.gitattributes", "")
        entries = dict(start.entries) | {f"lg1:{number:032x}": "github-pat"}
        project.write(FILE, written(start.with_entries(entries.items())))
        project.commit()

    with pytest.raises(subprocess.CalledProcessError):
        project.git("merge", "--quiet", "--no-edit", "one")
    with pytest.raises(Exception, match="unresolved merge conflict"):
        known(project)


def _common_values() -> list[bytes]:
    """Ten thousand that people and tests use: passwords, PINs, dates, names with numbers."""
    words = ["password", "admin", "letmein", "welcome", "dragon", "monkey", "qwerty", "secret", "test"]
    words += ["user", "root", "summer", "winter"]
    values = [f"{word}{number}" for word in words for number in range(400)]
    values += [f"{number:04d}" for number in range(3_800)]
    values += [f"{year}-{month:02d}-01" for year in range(1940, 2024) for month in range(1, 13)]
    return [value.encode() for value in values[:10_000]]


def _tries(rule: str, value: bytes) -> set[str]:
    """What somebody without the key can compute of a rule and a value."""
    body = rule.encode() + b"\0" + value
    public = (b"", b"leakgate", b"leakgate key check 1", KEY.check.encode(), bytes.fromhex(KEY.check))
    made = [hmac.new(key, body, hashlib.sha256).hexdigest() for key in public]
    made += [hashlib.sha256(text).hexdigest() for text in (value, body)]
    return {digits[:32] for digits in made}


def test_a_list_of_common_values_finds_nothing_in_a_baseline() -> None:
    """Each of ten thousand is in the file, and without the key none is found; with it, all are."""
    values = _common_values()
    rules = ("generic-password", "presidio/us-ssn")
    entries = {keyed(KEY, rule, value): rule for value in values for rule in rules}
    text = written(Baseline(KEY.check, MappingProxyType(entries)))

    guesses = {digits for value in values for rule in rules for digits in _tries(rule, value)}

    assert 10_000 == len(values)
    assert 20_000 == len(read_baseline(text.encode(), FILE).entries)
    assert set() == {line[4:36] for line in text.splitlines() if line.startswith("lg1:")} & guesses
    assert [] == [value for value in values if len(value) > 4 and value in text.encode()]


def test_a_public_key_is_no_protection_and_says_so() -> None:
    """The file that holds its key is the exception; a comment in it says what that means."""
    public = Key.public("ab" * 32)
    entries = MappingProxyType({keyed(public, "generic-password", b"letmein1"): "generic-password"})
    text = written(Baseline(public.check, entries, "ab" * 32))

    guess = keyed(Key.public("ab" * 32), "generic-password", b"letmein1")

    assert guess in text
    assert "The key below is public" in text
