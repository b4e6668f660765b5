"""`--verify` through the real command; without it nobody is asked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from leakgate.detect.rules.examples import expand
from tests.conftest import Command
from tests.unit.verify.test_verifiers import provider


@pytest.fixture
def leaky(tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    token = expand("npm" + "_{alnum:30}{crc32:6}", 3)
    (tmp_path / "out" / "a.log").write_text(f"//registry.npmjs.org/:_authToken={token}\n")
    return tmp_path / "out"


def test_a_live_credential_says_so(leakgate: Command, leaky: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with provider((200, {"username": "x"}, {})) as (url, asked):
        monkeypatch.setenv("LEAKGATE_VERIFY_URLS", f"npm={url}")
        run = leakgate("scan", leaky, "--verify", "--format", "json")

    (finding,) = json.loads(run.out)["findings"]
    assert ("critical", 1) == (finding["severity"], len(asked))
    assert "live: 127.0.0.1" in finding["because"]


def test_nobody_is_asked_by_default(leakgate: Command, leaky: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with provider((200, {}, {})) as (url, asked):
        monkeypatch.setenv("LEAKGATE_VERIFY_URLS", f"npm={url}")
        leakgate("scan", leaky)

    assert [] == asked


@pytest.mark.parametrize("urls", ["nobody=https://x", "npm", "npm=http://example.com"])
def test_a_wrong_address_is_an_error(
    leakgate: Command, leaky: Path, urls: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEAKGATE_VERIFY_URLS", urls)

    assert 2 == leakgate("scan", leaky, "--verify").code
