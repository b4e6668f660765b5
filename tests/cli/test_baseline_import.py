"""Lists of other scanners become entries of the baseline, where the findings are found again."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from leakgate.detect.rules.examples import expand
from tests.conftest import Command

KEY = "a key of tests, long enough"


@pytest.fixture
def leaky(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, list[str]]:
    """A folder with two leaks, one a line, and their values."""
    monkeypatch.setenv("LEAKGATE_KEY", KEY)
    monkeypatch.chdir(tmp_path)
    tokens = [expand("gh" + "p_{alnum:30}{crc32:6}", seed) for seed in (1, 2)]
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "run.log").write_text("".join(f"token {token}\n" for token in tokens))
    return tmp_path, tokens


def known(leakgate: Command) -> list[bool]:
    run = leakgate("scan", "out", "--baseline", ".leakgate/baseline", "--format", "json")
    return [finding["decision"]["action"] == "baselined" for finding in json.loads(run.out)["findings"]]


def test_hashes_of_detect_secrets_are_taken_over(leakgate: Command, leaky: tuple[Path, list[str]]) -> None:
    """One of two values is in the list; a hash of a value that is not there is counted."""
    folder, tokens = leaky
    hashes = [hashlib.sha1(value.encode()).hexdigest() for value in (tokens[1], "gone")]
    entries = [{"type": "x", "hashed_secret": one, "line_number": 1} for one in hashes]
    (folder / ".secrets.baseline").write_text(json.dumps({"version": "1.5.0", "results": {"a": entries}}))

    run = leakgate("baseline", "import", ".secrets.baseline", "out", "--from", "detect-secrets")

    assert (0, ".leakgate/baseline: 1 added; 1 of 2 entries were not found\n") == (run.code, run.out)
    assert [False, True] == known(leakgate)


@pytest.mark.parametrize("line", ["run.log:generic:1", "abcdef0123:out/run.log:github-pat:1"])
def test_places_of_gitleaks_are_taken_over(
    leakgate: Command, leaky: tuple[Path, list[str]], line: str
) -> None:
    folder, _tokens = leaky
    (folder / ".gitleaksignore").write_text(f"# old ones\n{line}\nother.log:x:9\n")

    run = leakgate("baseline", "import", ".gitleaksignore", "out", "--from", "gitleaksignore")

    assert ".leakgate/baseline: 1 added; 1 of 2 entries were not found\n" == run.out
    assert [True, False] == known(leakgate)


def test_an_import_adds_to_what_is_known(leakgate: Command, leaky: tuple[Path, list[str]]) -> None:
    folder, _tokens = leaky
    for line in ("run.log:x:1", "run.log:x:2"):
        (folder / ".gitleaksignore").write_text(line)
        leakgate("baseline", "import", ".gitleaksignore", "out", "--from", "gitleaksignore")

    assert [True, True] == known(leakgate)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("gitleaksignore", "no fingerprint\n"),
        ("gitleaksignore", f"a:b:{'9' * 5000}\n"),
        ("gitleaksignore", "a:b:\u0663\n"),
        ("detect-secrets", "{}"),
        ("detect-secrets", "not json"),
        ("detect-secrets", '{"results": {"a": [{"hashed_secret": "plain"}]}}'),
    ],
)
def test_a_list_that_is_none_is_an_error(
    leakgate: Command, leaky: tuple[Path, list[str]], kind: str, text: str
) -> None:
    folder, _tokens = leaky
    (folder / "list").write_text(text)

    assert 2 == leakgate("baseline", "import", "list", "out", "--from", kind).code
    assert not (folder / ".leakgate" / "baseline").exists()


def test_without_a_key_nothing_can_be_taken_over(
    leakgate: Command, leaky: tuple[Path, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, _tokens = leaky
    monkeypatch.delenv("LEAKGATE_KEY")
    (folder / "list").write_text("run.log:x:1\n")

    assert 2 == leakgate("baseline", "import", "list", "out", "--from", "gitleaksignore").code


def test_a_byte_order_mark_does_not_matter(leakgate: Command, leaky: tuple[Path, list[str]]) -> None:
    """As PowerShell writes it."""
    folder, _tokens = leaky
    (folder / "list").write_text("run.log:x:1\n", encoding="utf-8-sig")

    leakgate("baseline", "import", "list", "out", "--from", "gitleaksignore")

    assert [True, False] == known(leakgate)
