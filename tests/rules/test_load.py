"""Rules are read from a table that was made of their files, and from the files where it was not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from leakgate.detect.rules import load
from leakgate.detect.rules.load import proven_rules, rules_of, shipped_rules
from leakgate.detect.rules.proof import failures
from leakgate.model.errors import RuleError

_RECORD = (
    "family: a\n"
    "rules: [{id: a, name: a, entity: A, pattern: b, near_misses: [a, b], severity: %s, examples: %s}]"
)
_READ = shipped_rules.__wrapped__  # without the memory of this process


def test_the_table_says_what_the_files_say() -> None:
    """Rules of the table are those of the files, without their proofs."""
    assert tuple(replace(spec, proof=None) for spec in proven_rules()) == _READ()


@pytest.mark.parametrize("text", ['{"made_of": "0", "content": []}', "[]", "[", None])
def test_a_table_of_other_files_does_not_count(
    text: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A table that is old, damaged or gone costs time and no rule."""
    table = tmp_path / "table.json"
    if text is not None:
        table.write_text(text)
    expected = _READ()

    monkeypatch.setattr(load, "TABLE", table)

    assert expected == _READ()


def test_a_rule_without_its_proof_is_not_proven() -> None:
    """Nothing is taken for proven because there was nothing to look at."""
    with pytest.raises(RuleError, match="the proof was not read"):
        list(failures(shipped_rules()[:1]))


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
