"""The action, the GitLab templates and their guides: well formed, safe, and agreed on their words."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from leakgate.detect.rules.examples import expand

ROOT = Path(__file__).parents[2]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
GITHUB = (ROOT / "docs" / "github.md").read_text(encoding="utf-8")
GITLAB = (ROOT / "docs" / "gitlab.md").read_text(encoding="utf-8")
WORKFLOWS = re.findall(r"```yaml workflow\n(.*?)```", GITHUB, re.S)
TEMPLATE = ROOT / "templates" / "leakgate.gitlab-ci.yml"


class Loader(yaml.SafeLoader):
    """GitLab's dialect: `!reference [job, key]`."""


Loader.add_constructor("!reference", lambda loader, node: tuple(loader.construct_sequence(node)))


def names_in(guide: str, heading: str) -> set[str]:
    section = guide.split(f"## {heading}\n")[1].split("\n## ", maxsplit=1)[0]
    rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    return set(re.findall(r"`([a-zA-Z_-]+)`", " ".join(rows)))


def test_inputs_and_outputs_are_in_the_guide() -> None:
    assert set(ACTION["inputs"]) == names_in(GITHUB, "Inputs")
    assert set(ACTION["outputs"]) == names_in(GITHUB, "Outputs")


def test_every_variable_of_the_template_is_in_the_guide() -> None:
    used = set(re.findall(r"\bLEAKGATE_[A-Z_]+\b", TEMPLATE.read_text(encoding="utf-8")))

    assert used | {"LEAKGATE_KEY"} == names_in(GITLAB, "Variables")


def test_no_expression_is_part_of_a_command() -> None:
    """Whoever names a branch would run code."""
    commands = [step["run"] for step in ACTION["runs"]["steps"] if "run" in step]

    assert commands
    assert [] == [command for command in commands if "${{" in command]


def test_every_input_of_the_scan_reaches_the_script() -> None:
    scan = next(step for step in ACTION["runs"]["steps"] if step.get("id") == "scan")
    script = (ROOT / "action" / "scan.sh").read_text(encoding="utf-8")

    assert set() == {name for name in scan["env"] if name.startswith("INPUT_")} - set(
        re.findall(r"INPUT_[A-Z_]+", script)
    )


def test_other_actions_are_pinned_by_commit() -> None:
    uses = re.findall(r"uses: (\S+)", (ROOT / "action.yml").read_text(encoding="utf-8") + "".join(WORKFLOWS))

    assert uses
    assert [] == [name for name in uses if not re.search(r"@[0-9a-f]{40}$", name)]


def test_zizmor_has_nothing_to_say(tmp_path: Path) -> None:
    """The auditor of workflows, offline, over the action and all workflows of the guide."""
    zizmor = shutil.which("zizmor", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if zizmor is None:
        pytest.skip("zizmor is not installed")
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    for number, text in enumerate(WORKFLOWS):
        (folder / f"{number}.yml").write_text(text, encoding="utf-8")
    shutil.copy(ROOT / "action.yml", tmp_path / "action.yml")

    run = subprocess.run(
        [zizmor, "--offline", "--no-progress", str(tmp_path)],
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert 0 == run.returncode, run.stdout


@pytest.fixture
def job(tmp_path: Path) -> dict[str, str]:
    """The environment of a step, with a run that leaks."""
    (tmp_path / "out dir").mkdir()
    token = expand("gh" + "p_{alnum:30}{crc32:6}", 5)
    (tmp_path / "out dir" / "run.log").write_text(f"token {token}\n")
    (tmp_path / "clean").mkdir()
    (tmp_path / "clean" / "run.log").write_text("all is well\n")
    command = tmp_path / "leakgate"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -I -m leakgate "$@"\n')
    command.chmod(0o755)
    return {
        "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "LEAKGATE": str(command),
        "LEAKGATE_CACHE_DIR": str(tmp_path / "cache"),
        "RUNNER_TEMP": str(tmp_path / "temp dir"),
        "GITHUB_OUTPUT": str(tmp_path / "output"),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"),
        "INPUT_PATHS": "out dir\n",
    }


def run_step(job: dict[str, str], folder: Path) -> subprocess.CompletedProcess[str]:
    script = [str(ROOT / "action" / "scan.sh")]
    return subprocess.run(
        ["bash", *script], env=job, cwd=folder, check=False, capture_output=True, text=True, timeout=120
    )


def outputs(folder: Path) -> dict[str, str]:
    lines = (folder / "output").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines)


def test_the_step_blocks_and_says_why(job: dict[str, str], tmp_path: Path) -> None:
    """Exit code, annotation, summary, outputs and reports, with blanks in every path."""
    run = run_step(job, tmp_path)

    told = outputs(tmp_path)
    assert (1, "block", "1") == (run.returncode, told["verdict"], told["findings"])
    assert re.search(r"^::error file=out dir/run.log,line=1,title=leakgate%3A critical", run.stdout, re.M)
    assert "leakgate: BLOCKED" in (tmp_path / "summary").read_text()
    assert json.loads(Path(told["result-file"]).read_text())["verdict"]["outcome"] == "block"
    assert Path(told["sarif-file"]).is_file()
    assert Path(told["junit-file"]).is_file()


def test_the_step_passes_what_is_clean(job: dict[str, str], tmp_path: Path) -> None:
    assert 0 == run_step(job | {"INPUT_PATHS": "clean"}, tmp_path).returncode
    assert "pass" == outputs(tmp_path)["verdict"]


def test_the_step_may_only_report(job: dict[str, str], tmp_path: Path) -> None:
    assert 0 == run_step(job | {"INPUT_FAIL_ON": "never"}, tmp_path).returncode
    assert "block" == outputs(tmp_path)["verdict"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"INPUT_PATHS": "nowhere", "INPUT_FAIL_ON": "never"},
        {"INPUT_POLICY": "nowhere.yaml", "INPUT_FAIL_ON": "never"},
        {"INPUT_EXTRA_ARGS": "--no-such-option", "INPUT_FAIL_ON": "never"},
        {"INPUT_FAIL_ON": "sometimes"},
    ],
    ids=["path", "policy", "argument", "fail-on"],
)
def test_trouble_with_the_gate_is_never_a_pass(
    job: dict[str, str], tmp_path: Path, wrong: dict[str, str]
) -> None:
    assert 2 == run_step(job | wrong, tmp_path).returncode


def test_an_input_is_never_a_command(job: dict[str, str], tmp_path: Path) -> None:
    """Substitutions and separators in an input stay text."""
    hostile = f'$(touch {tmp_path}/pwned); `touch {tmp_path}/pwned` "; touch {tmp_path}/pwned'

    for name in ("INPUT_PATHS", "INPUT_POLICY", "INPUT_SOURCE_ROOT", "INPUT_EXTRA_ARGS", "INPUT_FAIL_ON"):
        run_step(job | {name: hostile}, tmp_path)

    assert not (tmp_path / "pwned").exists()


_LEADING_TO_CODE = (
    "PYTHONPATH",
    "PYTHONHOME",
    "PYTHONSTARTUP",
    "PYTHONUSERBASE",
    "PYTHONPYCACHEPREFIX",
    "LD_LIBRARY_PATH",
)


@pytest.mark.parametrize("variable", _LEADING_TO_CODE)
def test_no_variable_of_an_earlier_step_is_code(job: dict[str, str], tmp_path: Path, variable: str) -> None:
    """A module that ends every Python with success is not loaded, from a variable or from the workspace."""
    for name in ("sitecustomize", "usercustomize", "leakgate", "click", "json"):
        if not (tmp_path / name).exists():
            (tmp_path / f"{name}.py").write_text("import os\nos._exit(0)\n")

    assert 1 == run_step(job | {variable: str(tmp_path)}, tmp_path).returncode


def test_programs_of_an_earlier_step_are_not_run(job: dict[str, str], tmp_path: Path) -> None:
    """Whatever is first in PATH."""
    (tmp_path / "programs").mkdir()
    for name in ("mktemp", "cat", "rm", "git", "leakgate", "python3"):
        (tmp_path / "programs" / name).write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\nexit 0\n")
        (tmp_path / "programs" / name).chmod(0o755)

    run = run_step(job | {"PATH": f"{tmp_path}/programs:{os.environ['PATH']}"}, tmp_path)

    assert (1, False) == (run.returncode, (tmp_path / "ran").exists())


def test_variables_of_leakgate_are_those_of_the_step(job: dict[str, str], tmp_path: Path) -> None:
    """A key that an earlier step knows could sign what is remembered: it is not even looked at."""
    (tmp_path / "leakgate").write_text('#!/bin/sh\nenv >"$RUNNER_TEMP/seen"\n')
    strange = {
        "LEAKGATE_KEY": "theirs",
        "LEAKGATE_KEY_FILE": "/theirs",
        "KNOWN_A": "a",
        "OTHER": "b",
        "LD_KNOWN": "c",
    }
    Path(job["RUNNER_TEMP"]).mkdir()

    run_step(
        job | strange | {"INPUT_KEY": "ours", "INPUT_KNOWN_VALUES_ENV": "KNOWN_, LD_, LEAKGATE"}, tmp_path
    )

    seen = dict(
        line.split("=", 1)
        for line in (tmp_path / "temp dir" / "seen").read_text().splitlines()
        if "=" in line
    )
    kept = {name: seen.get(name) for name in (*strange, "INPUT_KEY", "LEAKGATE_CACHE_DIR")}
    assert {
        "LEAKGATE_KEY": "ours",
        "LEAKGATE_KEY_FILE": None,
        "KNOWN_A": "a",
        "OTHER": None,
        "LD_KNOWN": None,
        "INPUT_KEY": None,
        "LEAKGATE_CACHE_DIR": "",
    } == kept


def test_a_link_where_reports_were_is_not_followed(job: dict[str, str], tmp_path: Path) -> None:
    """Each use has a folder of its own, which nobody could have made before."""
    (tmp_path / "temp dir").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "temp dir" / "leakgate-reports-scan").symlink_to(tmp_path / "elsewhere")

    assert 1 == run_step(job, tmp_path).returncode
    assert [] == list((tmp_path / "elsewhere").iterdir())


def test_shells_and_loaders_get_no_code_from_variables() -> None:
    """Before a script can clean its environment, its shell has started: that is said where the steps are."""
    steps = [step for step in ACTION["runs"]["steps"] if "run" in step]

    assert {"/bin/bash -p --noprofile --norc -e {0}"} == {step["shell"] for step in steps}
    for step in steps:
        assert step["run"].startswith('exec /bin/bash -p "$LEAKGATE_ACTION_PATH/action/')
        assert {""} == {
            step["env"][name] for name in ("BASH_ENV", "ENV", "LD_PRELOAD", "LD_AUDIT", "LD_LIBRARY_PATH")
        }


def test_shellcheck_has_nothing_to_say() -> None:
    if shutil.which("shellcheck") is None:
        pytest.skip("shellcheck is not installed")
    scripts = sorted(str(path) for path in (ROOT / "action").glob("*.sh"))

    run = subprocess.run(
        ["shellcheck", "-x", *scripts], check=False, capture_output=True, text=True, timeout=60
    )

    assert (0, "") == (run.returncode, run.stdout)


def test_known_values_reach_the_scan(job: dict[str, str], tmp_path: Path) -> None:
    value = expand("{alnum:24}", 3).lower() + "7q"
    (tmp_path / "clean" / "run.log").write_text(f"ref {value}\n")
    secrets = json.dumps({"DEPLOY": value})

    run_step(job | {"INPUT_PATHS": "clean", "LEAKGATE_KNOWN_VALUES": secrets}, tmp_path)

    assert "block" == outputs(tmp_path)["verdict"]


@pytest.mark.parametrize("block", re.findall(r"```yaml gitlab\n(.*?)```", GITLAB, re.S))
def test_examples_of_the_guide_are_yaml(block: str) -> None:
    assert yaml.load(block, Loader)


def test_the_component_has_two_documents() -> None:
    """Its header names every input that the jobs use."""
    text = (ROOT / "templates" / "leakgate.yml").read_text(encoding="utf-8")
    header, body = text.split("\n---\n")

    assert set(yaml.safe_load(header)["spec"]["inputs"]) == set(re.findall(r"inputs\.([a-z-]+)", body))
