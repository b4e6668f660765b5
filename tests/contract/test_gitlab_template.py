"""The template for GitLab: its lines are run by shells, in what a hostile job may have prepared."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from leakgate.detect.rules.examples import expand

_TEMPLATE = Path(__file__).parents[2] / "templates" / "leakgate.gitlab-ci.yml"
_PLACE = "/opt/leakgate/bin/python"


class _Loader(yaml.SafeLoader):
    """GitLab's references are no YAML of ours."""


_Loader.add_constructor("!reference", lambda loader, node: loader.construct_sequence(node))


def _document() -> dict[str, Any]:
    read: dict[str, Any] = yaml.load(_TEMPLATE.read_text(encoding="utf-8"), _Loader)
    return read


def _script(job: str, tool: str) -> str:
    """The lines of a job, with `tool`, a Python that has leakgate, in place of an installation."""
    [text] = _document()[job]["script"]
    assert isinstance(text, str)
    fetch = f"""leakgate_fetch() {{
  mkdir -p env/bin && printf '#!/bin/sh\\nexec {tool} "$@"\\n' >env/bin/python && chmod 700 env/bin/python
}}
"""
    return re.sub(r"leakgate_fetch\(\) \{.*?\n\}\n", lambda found: fetch, text, flags=re.S).replace(
        _PLACE, tool
    )


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Two runs: one that leaks, one that is clean."""
    for name, line in (
        ("out", f"token {expand('gh' + 'p_{alnum:30}{crc32:6}', 5)}"),
        ("clean", "all is well"),
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / "run.log").write_text(f"{line}\n")
    return tmp_path


def _run(job: str, folder: Path, shell: str = "sh", *, installed: bool = True, **more: str) -> int:
    text = _script(job, sys.executable) if installed else _document()[job]["script"][0]
    fixed = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "CI_PROJECT_DIR": str(folder), "CI_JOB_ID": "7"}
    return subprocess.run(
        [shell, "-ec", text],
        env={**fixed, **_document()["variables"], **more},
        cwd=folder,
        check=False,
        capture_output=True,
        timeout=300,
    ).returncode


@pytest.mark.parametrize("shell", ["sh", "bash"])
@pytest.mark.parametrize("job", [".leakgate", ".leakgate-job"])
def test_the_script_gates(checkout: Path, job: str, shell: str) -> None:
    assert 1 == _run(job, checkout, shell, LEAKGATE_PATHS="out")
    reports = checkout / "leakgate-reports"
    assert json.loads((reports / "gl-secret-detection-report.json").read_text())["vulnerabilities"]
    assert json.loads((reports / "gl-code-quality-report.json").read_text())
    assert 0 == _run(job, checkout, shell, LEAKGATE_PATHS="clean")


@pytest.mark.parametrize("job", [".leakgate", ".leakgate-withhold"])
def test_without_the_hash_of_the_wheel_nothing_is_installed(checkout: Path, job: str) -> None:
    """And nothing passes, whatever is called leakgate in PATH, in the checkout or in its modules."""
    for name in ("leakgate", "pip", "python3"):
        (checkout / name).write_text("#!/bin/sh\nexit 0\n")
        (checkout / name).chmod(0o755)
    for name in ("venv.py", "pip.py", "zipfile.py"):
        (checkout / name).write_text("raise SystemExit(0)\n")

    code = _run(job, checkout, installed=False, LEAKGATE_PATHS="out", PATH=f"{checkout}:/usr/bin:/bin")

    # What is withheld is all that there was to keep: the second job has done its work then.
    assert (
        (2, True) == (code, (checkout / "out").exists())
        if job == ".leakgate"
        else not (checkout / "out").exists()
    )


@pytest.mark.parametrize("variable", ["PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "PYTHONUSERBASE"])
@pytest.mark.parametrize("job", [".leakgate", ".leakgate-job"])
def test_no_variable_is_code(checkout: Path, job: str, variable: str) -> None:
    """A module that ends every Python with success is not loaded."""
    for name in ("sitecustomize.py", "usercustomize.py", "leakgate.py", "click.py", "json.py"):
        (checkout / name).write_text("import os\nos._exit(0)\n")

    assert 1 == _run(job, checkout, LEAKGATE_PATHS="out", **{variable: str(checkout)})


@pytest.mark.parametrize("mark", ["passed", "leakgate.json"])
def test_no_mark_lets_artifacts_pass(checkout: Path, mark: str) -> None:
    """The gate is run again: what a test wrote says nothing."""
    (checkout / "leakgate-reports").mkdir()
    (checkout / "leakgate-reports" / mark).write_text("7\n")

    assert 0 == _run(".leakgate-withhold", checkout, LEAKGATE_PATHS="out")
    assert not (checkout / "out").exists()


def test_what_passed_is_kept(checkout: Path) -> None:
    assert 0 == _run(".leakgate-withhold", checkout, LEAKGATE_PATHS="clean")
    assert (checkout / "clean" / "run.log").exists()


@pytest.mark.parametrize(
    "pattern", ["out/*.log", "out/**/*.log", "./out/", "out/{run,other}.log", "o*t/run.???", "*/r[u]n.log"]
)
def test_globs_are_withheld(checkout: Path, pattern: str) -> None:
    """Also hidden files, and those in folders."""
    (checkout / "out" / "deep" / "er").mkdir(parents=True)
    shutil.copy(checkout / "out" / "run.log", checkout / "out" / "deep" / "er" / "run.log")
    shutil.copy(checkout / "out" / "run.log", checkout / "out" / ".run.log")

    assert 0 == _run(".leakgate-withhold", checkout, LEAKGATE_PATHS=pattern)
    assert not (checkout / "out" / "run.log").exists()
    if pattern == "out/**/*.log":
        assert [] == [path for path in (checkout / "out").rglob("*") if path.is_file()]


@pytest.mark.skipif(os.geteuid() == 0, reason="root removes anything")
def test_what_cannot_be_removed_is_said(checkout: Path) -> None:
    (checkout / "out").chmod(0o555)

    code = _run(".leakgate-withhold", checkout, LEAKGATE_PATHS="out")
    (checkout / "out").chmod(0o755)

    assert 1 == code


@pytest.mark.parametrize("shell", ["sh", "bash"])
@pytest.mark.parametrize("installed", [True, False])
def test_nothing_of_the_installation_stays(checkout: Path, shell: str, installed: bool) -> None:
    """A runner with a shell of its own would fill up."""
    (checkout / "temporary").mkdir()
    here = str(checkout / "temporary")
    text = _script(".leakgate", sys.executable) if installed else _document()[".leakgate"]["script"][0]
    fixed = {"PATH": "/usr/bin:/bin", "HOME": str(checkout), "CI_PROJECT_DIR": str(checkout)}

    done = subprocess.run(
        [shell, "-ec", text.replace("/tmp/leakgate.", f"{here}/leakgate.")],
        env={**fixed, **_document()["variables"], "LEAKGATE_PATHS": "clean"},
        cwd=checkout,
        check=False,
        capture_output=True,
        timeout=300,
    )

    assert (0 if installed else 2, []) == (done.returncode, list((checkout / "temporary").iterdir()))


def test_both_jobs_install_and_gate_alike() -> None:
    """The lines stand twice, as each job has to be a whole."""
    gate, withhold = (_document()[job]["script"][0] for job in (".leakgate", ".leakgate-withhold"))
    shared = gate.split("leakgate_note()")[0]

    assert withhold.startswith(shared)
