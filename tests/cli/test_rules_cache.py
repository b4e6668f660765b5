"""Compiled rules that a run could have written do not judge it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.conftest import Command
from tests.kit import tokens

_MAGICS = (b"leakgate-db/2\n", b"leakgate-db/2 signed\n")
_POLICY = """\
version: 1
name: own
extends: default
detect: {nlp: {entities: []}, entities: {only: [GITHUB_TOKEN, SLACK_TOKEN]}}
"""


def _poison(cache: Path, magic: bytes) -> None:
    """Replaces what is kept by databases that find nothing, as whoever writes to the folder can."""
    hyperscan = pytest.importorskip("hyperscan")
    database = hyperscan.Database()
    database.compile(expressions=[b"never_in_a_text"], ids=[0], elements=1, flags=[0])
    empty = hyperscan.dumpb(database)
    for file in sorted(cache.iterdir()):
        raw = file.read_bytes()
        blob = raw[len(_MAGICS[1]) + 32 :]
        forged = blob[: blob.find(empty[:4])] + empty
        file.write_bytes(magic + hashlib.sha256(forged).digest() + forged)


@pytest.mark.parametrize("magic", _MAGICS, ids=["checksum", "signature"])
def test_rules_that_were_replaced_in_the_cache_are_not_used(
    leakgate: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, magic: bytes
) -> None:
    """Whoever runs as the same user may write the cache, and has not the key of the step."""
    monkeypatch.setenv("LEAKGATE_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("LEAKGATE_KEY", hashlib.sha256(b"a key of the step").hexdigest())
    (tmp_path / "policy.yaml").write_text(_POLICY)
    (tmp_path / "a.log").write_text(f"token {tokens.github()}\n")
    scan = ("scan", str(tmp_path / "a.log"), "--policy", str(tmp_path / "policy.yaml"))
    assert 1 == leakgate(*scan).code
    assert list((tmp_path / "cache").iterdir())

    _poison(tmp_path / "cache", magic)

    assert 1 == leakgate(*scan).code
