"""The other commands, and what is imported when."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from leakgate import __version__
from tests.conftest import Command

_HEAVY = ("hyperscan", "presidio_analyzer", "spacy", "github", "detect_secrets", "yaml", "phonenumbers")


def _imported(code: str) -> set[str]:
    """The heavy packages that a fresh interpreter has imported after `code`."""
    script = f"import sys\n{code}\nprint([m for m in {_HEAVY!r} if m in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(json.loads(shown.stdout.splitlines()[-1].replace("'", '"')))


def test_the_version_is_shown_without_heavy_imports() -> None:
    """`leakgate --version` waits for no engine and no model."""
    code = (
        "from leakgate.cli.main import main\n"
        "try:\n    main(['--version'])\nexcept SystemExit as exc:\n    assert exc.code == 0"
    )

    assert set() == _imported(code)


def test_a_clean_scan_imports_no_model(tmp_path: Path) -> None:
    """presidio, spaCy and detect-secrets are imported only when one of their candidates needs them."""
    (tmp_path / "a.log").write_text("all tests passed\n")
    code = (
        "from leakgate.cli.main import main\n"
        f"try:\n    main(['scan', '-q', {str(tmp_path)!r}])\n"
        "except SystemExit as exc:\n    assert exc.code == 0"
    )

    assert {"hyperscan"} == _imported(code)


# What a scan that finds nothing, of one small file by a shipped policy, has no use for.
_UNUSED = (
    "yaml",  # our own files are read as JSON that was made of them
    "multiprocessing",
    "subprocess",
    "importlib.resources",
    "leakgate.audit",
    "leakgate.publish",
    "leakgate.starter",
    "leakgate.verify",
    "leakgate.cli.audit",
    "leakgate.cli.packs",
    "leakgate.cli.known_values",
    "leakgate.detect.known",
    "leakgate.detect.packs",
    "leakgate.findings.fixtures",
    "leakgate.findings.inline_marks",
    "leakgate.findings.source_lines",
    "leakgate.pipeline.crew",
    "leakgate.pipeline.workers",
    "leakgate.policy.gate_changes",
    "leakgate.policy.vocabulary",
    "leakgate.report.html",
    "leakgate.report.json_v1",
    "leakgate.report.sarif",
    "leakgate.sources.git_push",
)


def test_a_small_clean_scan_imports_what_it_uses(tmp_path: Path) -> None:
    """Starting takes no longer for what leakgate can do besides."""
    (tmp_path / "a.log").write_text("all tests passed\n")
    code = (
        "import json, sys\n"
        "from leakgate.cli.main import main\n"
        f"try:\n    main(['scan', '-q', {str(tmp_path)!r}])\n"
        "except SystemExit as exc:\n    assert exc.code == 0\n"
        "print(json.dumps(list(sys.modules)))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert set() == set(_UNUSED) & set(json.loads(shown.stdout.splitlines()[-1]))


def test_version(leakgate: Command) -> None:
    """One line with the version."""
    assert f"leakgate, version {__version__}\n" == leakgate("--version").out


def test_rules_are_listed_and_shown(leakgate: Command) -> None:
    """Every listed rule can be shown."""
    listed = leakgate("rules", "list").out.splitlines()

    shown = leakgate("rules", "show", listed[0].split()[0])

    assert len(listed) > 300
    assert "severity:" in shown.out


def test_an_unknown_rule_is_named(leakgate: Command) -> None:
    """Exit code 2 and where to look."""
    run = leakgate("rules", "show", "no-such-rule")

    assert 2 == run.code
    assert "no-such-rule" in run.err


@pytest.mark.parametrize("name", ["default", "strict", "advisory"])
def test_shipped_policies_are_sound(leakgate: Command, name: str) -> None:
    """`policy check` and `policy show` agree."""
    assert 0 == leakgate("policy", "check", name).code
    assert f"name: {name}" in leakgate("policy", "show", name).out


def test_a_typo_in_a_policy_is_placed(leakgate: Command, tmp_path) -> None:  # type: ignore[no-untyped-def]
    """File, line, key and the nearest valid key."""
    policy = tmp_path / "policy.yaml"
    policy.write_text("version: 1\nname: x\nextends: default\nclauzes: []\n")

    run = leakgate("policy", "check", policy)

    assert 2 == run.code
    assert "policy.yaml" in run.err
    assert "clauses" in run.err


def test_the_policy_schema_is_json(leakgate: Command) -> None:
    """Editors read it."""
    assert "$schema" in json.loads(leakgate("policy", "schema").out)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_printed(leakgate: Command, shell: str) -> None:
    """A script that knows the command."""
    assert "leakgate" in leakgate("completion", shell).out
