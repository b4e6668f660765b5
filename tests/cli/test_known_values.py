"""`leakgate scan --known-values-…` through the real command."""

from __future__ import annotations

import json
import random
import string
from pathlib import Path

import pytest

from tests.conftest import Command, Run


@pytest.fixture
def token() -> str:
    """Looks like nothing that a rule knows."""
    return "".join(random.Random(11).choices(string.ascii_lowercase + string.digits, k=24))


@pytest.fixture
def leaky(tmp_path: Path, token: str) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "run.log").write_text(f"connected, ref {token.encode().hex()}\n")
    return folder


def test_a_value_of_the_environment_is_found(
    leakgate: Command, leaky: Path, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the beginning of its name, in a writing that tells nothing."""
    monkeypatch.setenv("SHOP_DEPLOY", token)

    run = leakgate("scan", leaky, "--known-values-env", "SHOP_", "--format", "json")

    (finding,) = json.loads(run.out)["findings"]
    assert (1, "known-value", "critical") == (run.code, finding["rule"], finding["severity"])
    assert token not in run.out


def test_all_secrets_in_one_variable_are_known_by_their_names(
    leakgate: Command, leaky: Path, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALL", json.dumps({"DEPLOY": token, "github_token": "x" * 3}))

    run = leakgate("scan", leaky, "--known-values-env", "ALL", "--format", "json")

    assert "the value of DEPLOY" in json.loads(run.out)["findings"][0]["because"]


def test_a_missing_variable_is_a_gap(leakgate: Command, leaky: Path) -> None:
    run = leakgate("scan", leaky, "--known-values-env", "NO_SUCH_VARIABLE", "--format", "json")

    (gap,) = json.loads(run.out)["gaps"]
    assert ("unguardable", "warn") == (gap["reason"], gap["decision"]["action"])
    assert gap["detail"].startswith("NO_SUCH_VARIABLE is not looked for: it is empty or not set")


def test_known_values_are_looked_for_whatever_the_category(
    leakgate: Command, leaky: Path, token: str, tmp_path: Path
) -> None:
    (tmp_path / "secrets.env").write_text(f"DEPLOY={token}\n")

    run = leakgate("scan", leaky, "--known-values-file", tmp_path / "secrets.env", "--category", "pii")

    assert 1 == run.code


def test_no_cache_holds_a_known_value(
    leakgate: Command, leaky: Path, token: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEAKGATE_CACHE_DIR", str(tmp_path / "cache"))
    (tmp_path / "secrets.env").write_text(f"DEPLOY={token}\n")

    leakgate("scan", leaky, "--known-values-file", tmp_path / "secrets.env", "--category", "hygiene")

    kept = b"".join(path.read_bytes() for path in (tmp_path / "cache").rglob("*") if path.is_file())
    pieces = [token[at : at + 6].encode() for at in range(0, len(token), 6)]
    assert not any(piece in kept for piece in [*pieces, *(piece.hex().encode() for piece in pieces)])


def test_an_unreadable_list_is_an_error(leakgate: Command, leaky: Path, tmp_path: Path) -> None:
    run = leakgate("scan", leaky, "--known-values-file", tmp_path / "none.json")

    assert 2 == run.code


_PASSWORD = "Zebra-" + "hunter2!" + "-x"  # known as a whole only


@pytest.fixture
def printed(tmp_path: Path) -> Path:
    """A run that printed the password."""
    folder = tmp_path / "printed"
    folder.mkdir()
    (folder / "run.log").write_text(f"x {_PASSWORD} y\n")
    return folder


def _rules(run: Run) -> list[str]:
    return [finding["rule"] for finding in json.loads(run.out)["findings"]]


def test_a_name_may_begin_with_an_underscore(
    leakgate: Command, printed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GitHub allows that; the others of the list are no less known for it."""
    monkeypatch.setenv("ALL", json.dumps({"_DB": "x" * 3, "DB": _PASSWORD}))

    run = leakgate("scan", printed, "--known-values-env", "ALL", "--format", "json")

    assert ["known-value"] == _rules(run)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_list_may_be_written_by_powershell(
    leakgate: Command, printed: Path, tmp_path: Path, encoding: str
) -> None:
    """With a byte order mark and CRLF."""
    (tmp_path / "list.env").write_bytes(f"A=b\r\nDB='{_PASSWORD}'\r\n".encode(encoding))

    run = leakgate("scan", printed, "--known-values-file", tmp_path / "list.env", "--format", "json")

    assert ["known-value"] == _rules(run)


def test_a_list_that_is_no_text_is_an_error(leakgate: Command, printed: Path, tmp_path: Path) -> None:
    """It would guard nothing."""
    (tmp_path / "list").write_bytes(_PASSWORD.encode("utf-16-le"))

    run = leakgate("scan", printed, "--known-values-file", tmp_path / "list")

    assert 2 == run.code


@pytest.mark.parametrize("text", ["", "{}", "[]", "# nothing\n", '{"A": null}'])
def test_an_empty_list_is_a_gap(leakgate: Command, printed: Path, tmp_path: Path, text: str) -> None:
    """Somebody asked for something to be looked for."""
    (tmp_path / "list").write_text(text)

    run = leakgate("scan", printed, "--known-values-file", tmp_path / "list", "--format", "json")

    assert ["unguardable"] == [gap["reason"] for gap in json.loads(run.out)["gaps"]]


def test_a_number_is_a_value(leakgate: Command, tmp_path: Path) -> None:
    (tmp_path / "list").write_text('{"ACCOUNT": 9281736450192837}')
    (tmp_path / "run.log").write_text("x 9281736450192837 y\n")

    run = leakgate("scan", tmp_path / "run.log", "--known-values-file", tmp_path / "list", "--format", "json")

    assert ["known-value"] == _rules(run)


def test_half_a_character_is_no_trouble(leakgate: Command, printed: Path, tmp_path: Path) -> None:
    """JSON can write one; the other values are looked for all the same."""
    (tmp_path / "list").write_text('{"A": "\\ud800' + "q8" * 9 + '", "DB": "' + _PASSWORD + '"}')

    run = leakgate("scan", printed, "--known-values-file", tmp_path / "list", "--format", "json")

    assert ["known-value"] == _rules(run)
