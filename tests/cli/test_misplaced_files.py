"""A log given as policy, waivers, baseline or rules: errors name the place, and quote nothing of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Command
from tests.kit import tokens

_CONTENTS = {
    "key": "{v}: 1\n",
    "value": "version: {v}\n",
    "unknown-key": "version: 1\n{v}: x\n",
    "nested-key": "version: 1\nlimits: {{{v}: 3}}\n",
    "extends": 'version: 1\nname: "{v}"\nextends: {v}\n',
    "extended-file": "version: 1\nextends: ./{v}.yaml\n",
    "clause": 'version: 1\nclauses:\n  - id: "{v}"\n    when: {{rule: "{v}"}}\n    then: "{v}"\n',
    "entity": 'version: 1\nextends: default\nclauses:\n  - {{id: a, when: {{entity: "{v}"}}, then: warn}}\n',
    "same-id": "version: 1\nclauses:\n" + "  - {{id: {v}, when: {{}}, then: warn}}\n" * 2,
    "stage": "version: 1\nextends: default\nstages:\n  {v}: {{coverage: {{a: b}}}}\n",
    "default-stage": "version: 1\nextends: default\ndefault_stage: {v}\n",
    "field": 'version: 1\nextends: default\ndetect: {{sensitive_fields: {{"{v}": "{v}"}}}}\n',
    "expression": "version: 1\nclauses:\n"
    "  - {{id: a, when: {{expr: \"finding.x == '{v}' &&& \"}}, then: block}}\n",
    "expression-name": "version: 1\nclauses:\n  - {{id: a, when: {{expr: '{v} > 1'}}, then: block}}\n",
    "flow": "a: [{v}\n",
    "tag": "!!python/object:{v} x\n",
    "alias": "a: *{v}\n",
    "same-key": "{v}: 1\n{v}: 2\n",
    "lines": "{v}\n{v}\n",
    "json": '{{"schema": "{v}", "{v}": 1}}',
    "json-lines": '{{"a": "{v}"}}\n{v}',
    "waiver": "version: 1\nwaivers:\n  - fingerprint: {v}\n    reason: {v}\n",
    "waiver-day": "version: 1\nwaivers:\n  - {{fingerprint: 'lg1:"
    + "0c" * 16
    + "', reason: because it is so, "
    "owner: a, approver: b, created: '{v}', expires: '{v}'}}\n",
    "toml-rule": '[[rules]]\nid = "{v}"\nregex = "({v}"\n"{v}" = 1\n',
    "toml-broken": "{v} = \n",
    "toml-same-key": 'a = {{"{v}" = 1, "{v}" = 2}}\n',
    "assignment": "password={v}\n",
    "baseline": "leakgate baseline 1\n{v}\n",
}
_COMMANDS = [
    ("scan", "clean", "--policy", "FILE"),
    ("scan", "clean", "--waivers", "FILE"),
    ("scan", "clean", "--baseline", "FILE"),
    ("scan", "clean", "--rules", "FILE"),
    ("scan", "clean", "--known-values-file", "FILE"),
    ("scan", "clean", "--audit-log", "FILE"),
    ("policy", "check", "FILE"),
    ("policy", "test", "FILE"),
    ("baseline", "show", "--baseline", "FILE"),
    ("baseline", "import", "FILE", "clean", "--from", "detect-secrets"),
    ("baseline", "import", "FILE", "clean", "--from", "gitleaks"),
    ("rules", "import", "FILE"),
    ("report", "convert", "FILE", "--to", "html"),
    ("diff", "FILE", "FILE"),
    ("explain", "lg1:" + "0c" * 16, "--result", "FILE"),
    ("audit", "verify", "FILE"),
    ("publish", "github", "--result", "FILE"),
]


@pytest.mark.parametrize("words", _COMMANDS, ids=lambda words: " ".join(words[:4]))
def test_an_error_quotes_nothing_of_a_file(
    leakgate: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    """Neither a token nor a password nor eight characters of one, whatever the file is taken for."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LEAKGATE_KEY", "0123456789abcdef" * 4)
    (tmp_path / "clean").write_text("all tests passed\n")

    for name, content in _CONTENTS.items():
        for value in (tokens.github(), tokens.password()):
            suffix = ".toml" if name.startswith("toml") else ".yaml"
            (tmp_path / f"given{suffix}").write_text(content.format(v=value))

            run = leakgate(*(f"given{suffix}" if word == "FILE" else word for word in words))

            shown = run.out + run.err
            parts = [value[at : at + 8] for at in range(4, len(value) - 7)]
            assert (name, []) == (name, [part for part in parts if part in shown])
