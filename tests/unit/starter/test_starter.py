"""A look at a repository, and the files that it starts with."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
import yaml

from leakgate import __version__
from leakgate.policy.load import load_policy
from leakgate.starter.plan import INCLUDE, WORKFLOW, next_steps, planned
from leakgate.starter.runners import RUNNERS
from leakgate.starter.survey import Survey, survey

_UPLOAD = """\
on: push
jobs:
  test:
    steps:
      - run: pytest --junitxml=reports/junit.xml
      - uses: actions/upload-artifact@v4
        with: {name: x, path: "logs/\\n${{ github.workspace }}/x\\n../up\\n!logs/a"}
"""
_GITLAB = """\
test:
  script: [!reference [.x, script]]
  artifacts: {paths: [out/, "target/*.log"]}
.hidden:
  artifacts: {paths: [no]}
"""


@pytest.mark.parametrize(
    ("file", "text", "runner"),
    [
        ("conftest.py", "", "pytest"),
        ("pyproject.toml", "[tool.pytest.ini_options]", "pytest"),
        ("pom.xml", "", "maven"),
        ("app/build.gradle.kts", "", "gradle"),
        ("package.json", '{"devDependencies": {"jest": "30"}}', "jest"),
        ("package.json", '{"devDependencies": {"@playwright/test": "2"}}', "playwright"),
        ("playwright.config.ts", "", "playwright"),
        ("go.mod", "", "go"),
    ],
)
def test_runners(tmp_path: Path, file: str, text: str, runner: str):
    """Test runners are known by their files."""
    (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / file).write_text(text)

    assert [runner] == [one.name for one in survey(tmp_path).runners]


def test_uploads_of_workflows(tmp_path: Path):
    """What a workflow uploads is what a scan should look at; no variables, nothing above the repository."""
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    (folder / "ci.yml").write_text(_UPLOAD)

    found = survey(tmp_path)

    assert (("ci.yml",), ("logs", "reports")) == (found.github, found.places)


def test_artifacts_of_gitlab(tmp_path: Path):
    """Jobs that keep artifacts are known, references or not."""
    (tmp_path / ".gitlab-ci.yml").write_text(_GITLAB)

    found = survey(tmp_path)

    assert (True, ("test",), ("out", "target/*.log")) == (found.gitlab, found.jobs, found.places)


@pytest.mark.parametrize("text", ["a: [", "\x00", "&a [*a, *a]", "- " * 5000, "!!python/object:os.system {}"])
def test_broken_pipelines(tmp_path: Path, text: str):
    """A pipeline that makes no sense is told by its name alone."""
    (tmp_path / ".gitlab-ci.yml").write_text(text)

    assert Survey(gitlab=True) == survey(tmp_path)


def test_other_services(tmp_path: Path):
    """They are told, and nothing is written for them."""
    (tmp_path / "Jenkinsfile").write_text("")
    found = survey(tmp_path)

    assert ("Jenkins",) == found.others
    assert 1 == len(planned("shop", found))
    assert any("Jenkins" in step for step in next_steps(found))


@pytest.mark.parametrize("name", ["shop", "my shop: [x]", "", "日本", "a" * 500])
def test_the_policy_loads(name: str):
    """Whatever the repository is called."""
    [policy] = planned(name, Survey())

    assert "default" in load_policy("p.yaml", text=policy.text).clauses[0].origin.source


def test_comments_of_the_policy_load_too():
    """Who takes the comments away gets a policy that works."""
    [policy] = planned("shop", Survey())
    marks = ("#  ", "# default_stage", "# clauses:", "# budgets:", "# stages:")
    lines = [line[2:] if line.startswith(marks) else line for line in policy.text.splitlines()]
    loaded = load_policy("p.yaml", text="\n".join(lines))

    assert (["addresses"], ["pull_request", "promotion"]) == (
        [one.id for one in loaded.budgets],
        [one.name for one in loaded.stages],
    )


def test_the_files_of_services_are_yaml():
    """They are documents with the jobs that they promise, and read the paths that were found."""
    found = Survey(github=("ci.yml",), gitlab=True, jobs=('te"st',), places=("out", "a/*.log"))
    texts = {one.path: yaml.safe_load(one.text) for one in planned("shop", found)}

    assert "gate" in texts[WORKFLOW]["jobs"]
    assert ["test"] == texts[INCLUDE]["leakgate"]["needs"]
    assert "leakgate scan out 'a/*.log' --policy" in texts[INCLUDE]["leakgate"]["script"][1]


def _written(found: Survey) -> str:
    return "\n".join([*(one.text for one in planned("shop", found)), *next_steps(found)])


def test_a_step_fails_where_its_tests_fail(tmp_path: Path):
    """Its lines are run by a shell as they stand, with a command that writes and fails."""
    (tmp_path / "conftest.py").write_text("")
    text = next(
        step
        for step in next_steps(Survey(github=("ci.yml",), runners=survey(tmp_path).runners))
        if "Gate" in step
    )
    steps = yaml.safe_load(text.split("\n", 1)[1])
    (tmp_path / "pytest").write_text("#!/bin/sh\necho ran; exit 1\n")
    (tmp_path / "pytest").chmod(0o755)

    done = subprocess.run(
        ["bash", "-e", "-c", steps[0]["run"]],
        cwd=tmp_path,
        env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
        capture_output=True,
        check=False,
    )

    assert (1, "ran\n") == (done.returncode, (tmp_path / "out" / "console.log").read_text())
    assert [30] == [step["with"]["retention-days"] for step in steps if "upload" in step.get("uses", "")]


@pytest.mark.parametrize("name", ["pytest", "go", "jest"])
def test_a_hint_with_a_pipe_fails_with_its_command(name: str):
    """A pipe ends like its last command otherwise, and a folder that is not there stops `tee`."""
    [runner] = [one for one in RUNNERS if one.name == name]

    assert "`set -o pipefail; mkdir -p out; " in runner.hint


def test_every_upload_ends(tmp_path: Path):
    """What is kept is kept for a time."""
    texts = {
        one.path: yaml.safe_load(one.text) for one in planned("shop", Survey(github=("x",), gitlab=True))
    }

    uploads = [step for step in texts[WORKFLOW]["jobs"]["gate"]["steps"] if "upload-artifact" in step["uses"]]
    assert [30] == [step["with"]["retention-days"] for step in uploads]
    assert "30 days" == texts[INCLUDE]["leakgate"]["artifacts"]["expire_in"]


def test_what_is_named_is_the_release_that_writes(monkeypatch: pytest.MonkeyPatch):
    """No tag that moves, or that nobody has made; where a commit is known, that commit."""
    found = Survey(github=("ci.yml",), gitlab=True)
    named = set(re.findall(r"leakgate/leakgate[@:](\S+)", _written(found)))
    commit = "1234567890" * 4
    monkeypatch.setattr("leakgate.starter.reference._origin", lambda: {"vcs_info": {"commit_id": commit}})

    assert named <= {f"v{__version__}", __version__}
    assert f"leakgate/leakgate@{commit} # v{__version__}" in _written(found)
