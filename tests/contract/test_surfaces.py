"""
The image and the hooks of pre-commit promise what the code does.

Never builds the image; `tests/image/build.sh` does, where buildah is.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from leakgate import __version__
from tests.contract.test_docs import parse

ROOT = Path(__file__).parents[2]
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")


@pytest.mark.parametrize("hook", HOOKS.values(), ids=HOOKS.keys())
def test_a_hook_runs_before_a_push(hook: dict[str, object]) -> None:
    """It judges the push as a whole, whatever files changed."""
    assert (["pre-push"], True, False) == (hook["stages"], hook["always_run"], hook["pass_filenames"])


@pytest.mark.parametrize("hook", HOOKS.values(), ids=HOOKS.keys())
def test_the_command_of_a_hook_is_understood(hook: dict[str, object]) -> None:
    """Whatever stands before it is for Docker."""
    words = shlex.split(str(hook["entry"]))

    parse(shlex.join(words[words.index("leakgate") :]))


def test_the_container_hears_of_the_push() -> None:
    """A container has the variables that it is told of, and no others."""
    source = (ROOT / "leakgate" / "cli" / "environment.py").read_text(encoding="utf-8")

    read = set(re.findall(r'"(PRE_COMMIT_\w+)"', source))

    assert read == set(re.findall(r"-e (PRE_COMMIT_\w+)", str(HOOKS["leakgate-docker"]["entry"])))


def test_the_image_does_not_run_as_root() -> None:
    """The last word is a number, which a server can check without the image's list of users."""
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", re.findall(r"^USER (\S+)$", DOCKERFILE, re.M)[-1])


def test_the_image_has_no_entry_point() -> None:
    """GitLab starts a shell in it."""
    assert [] == re.findall(r"^ENTRYPOINT", DOCKERFILE, re.M)


def test_the_image_names_this_version() -> None:
    """Where nobody says another."""
    assert [__version__] == re.findall(r"^ARG VERSION=(\S+)$", DOCKERFILE, re.M)


def test_every_stage_begins_with_the_base_that_was_asked_for() -> None:
    """So that one digest pins them all."""
    assert {"${PYTHON_IMAGE}"} == set(re.findall(r"^FROM (\S+)", DOCKERFILE, re.M))


def test_nothing_gets_into_the_build_by_accident() -> None:
    """What is copied is what `.dockerignore` lets through, and nothing else is."""
    ignore = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    copied = [
        word.split("/")[0]
        for line in re.findall(r"^COPY (?!--)(.+)$", DOCKERFILE, re.M)
        for word in line.split()[:-1]
    ]

    assert "*" == ignore[0]
    assert set(copied) == {line[1:] for line in ignore if line.startswith("!")}


def test_the_dockerfile_is_clean() -> None:
    """By hadolint, where it is installed."""
    linter = shutil.which("hadolint")
    if linter is None:
        pytest.skip("hadolint is not installed")

    done = subprocess.run([linter, ROOT / "Dockerfile"], capture_output=True, text=True, check=False)

    assert (0, "") == (done.returncode, done.stdout)
