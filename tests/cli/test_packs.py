"""`--rules` and `leakgate rules import` through the real command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Command

RULES = """
[[rules]]
id = "acme"
description = "Acme token"
regex = '''acme_[a-z0-9]{20}'''
keywords = ["acme_"]
[[rules]]
id = "files"
path = '''[.]pem$'''
"""


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "run.log").write_text("x acme_ab12cd34ef56gh78ij90 y\n")
    path = tmp_path / "rules.toml"
    path.write_text(RULES)
    return path


def test_a_pack_finds_beside_our_own_rules(leakgate: Command, rules: Path) -> None:
    run = leakgate("scan", rules.parent / "out", "--rules", rules, "--format", "json")

    (finding,) = json.loads(run.out)["findings"]
    assert (1, "packs/acme", "SECRET") == (run.code, finding["rule"], finding["entity"])
    assert "1 rules or settings are not taken over" in run.err


def test_a_policy_can_name_a_rule_of_a_pack(leakgate: Command, rules: Path) -> None:
    policy = rules.parent / "policy.yaml"
    clause = "{id: acme, when: {rule: packs/acme}, then: warn}"
    policy.write_text(f"version: 1\nextends: default\nclauses: [{clause}]\n")

    assert 0 == leakgate("scan", rules.parent / "out", "--rules", rules, "--policy", policy).code


def test_an_import_tells_what_is_taken_and_what_not(leakgate: Command, rules: Path) -> None:
    run = leakgate("rules", "import", rules)

    assert 1 == run.code
    assert "taken    packs/acme" in run.out
    assert "refused  files: it has no regex" in run.out


@pytest.mark.parametrize("text", ["not toml [", "title = 'no rules'\n"])
def test_a_file_without_rules_is_an_error(leakgate: Command, rules: Path, text: str) -> None:
    """A pack that finds nothing must not look like one that found nothing."""
    rules.write_text(text)

    assert 2 == leakgate("scan", rules.parent / "out", "--rules", rules).code
