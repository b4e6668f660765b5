"""The key of fingerprints: what can be guessed is refused, what a person thought of is stretched."""

from __future__ import annotations

import hashlib
import hmac
import json
from pathlib import Path

import pytest

from leakgate.findings.fingerprint import Key
from tests.conftest import Command


@pytest.fixture
def clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.log").write_text("all tests passed\n")
    return tmp_path / "a.log"


@pytest.mark.parametrize(
    "key", ["k", "hunter2", "fifteen bytes.!", "ababababababababababab", "0" * 64, "\u00fc" * 20]
)
@pytest.mark.parametrize("variable", ["LEAKGATE_KEY", "LEAKGATE_KEY_FILE"])
def test_a_key_that_can_be_guessed_is_refused(
    leakgate: Command, clean: Path, monkeypatch: pytest.MonkeyPatch, key: str, variable: str
) -> None:
    """Under 16 bytes or of fewer than 8 different characters: exit code 2, and the key is not quoted."""
    (clean.parent / "key").write_text(key, encoding="utf-8")
    monkeypatch.setenv(variable, key if variable == "LEAKGATE_KEY" else "key")

    run = leakgate("scan", clean)

    assert (2, True, False) == (run.code, "openssl rand -hex 32" in run.err, len(key) > 1 and key in run.err)


def test_the_check_of_a_key_is_no_fast_oracle(
    leakgate: Command, clean: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`key_check` of a text that a person thought of is not made of a plain digest of it."""
    text = "correct horse battery staple"
    monkeypatch.setenv("LEAKGATE_KEY", text)

    shown = json.loads(leakgate("scan", clean, "--format", "json").out)["key_check"]

    plain = hashlib.sha256(text.encode()).digest()
    quick = {
        hmac.new(raw, b"leakgate key check 1", hashlib.sha256).hexdigest()[:32]
        for raw in (plain, text.encode())
    }
    assert shown not in quick


def test_a_random_key_is_the_same_in_every_run() -> None:
    """Fingerprints of 64 hexadecimal digits cost nothing to make and stay what they were."""
    digits = hashlib.sha256(b"a key of tests").hexdigest()

    assert hashlib.sha256(digits.encode()).digest() == Key.of(digits).raw


@pytest.mark.parametrize("old", [None, '{"verdict": {"outcome": "pass"}}'])
def test_a_refused_key_makes_no_report_and_leaves_no_pass(
    leakgate: Command, clean: Path, monkeypatch: pytest.MonkeyPatch, old: str | None
) -> None:
    """No report is begun, but the pass of an earlier run does not stand for this one."""
    report = clean.parent / "result.json"
    if old is not None:
        report.write_text(old)
    monkeypatch.setenv("LEAKGATE_KEY", "hunter2")

    leakgate("scan", clean, "--report", f"json={report}")

    told = json.loads(report.read_text())["verdict"]["outcome"] if report.exists() else None
    assert told == (None if old is None else "incomplete")
