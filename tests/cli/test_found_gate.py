"""The gate's files are found without being asked for, and a change never brings its own."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from leakgate.cli.ci_branch import protected_side
from tests.conftest import Command, Run
from tests.kit import tokens
from tests.kit.git import Checkout, repository

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

HARD = "version: 1\nname: hard\nextends: strict\n"
LAX = "version: 1\nname: lax\nclauses: [{id: all, when: {}, then: allow}]\n"
PULL = {"GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "pull_request", "GITHUB_BASE_REF": "main"}
SERVERS = {
    "pull request": PULL,
    "pull request of the base": {
        **PULL, "GITHUB_EVENT_NAME": "pull_request_target", "GITHUB_REF": "refs/heads/main"
    },
    "merge request": {"GITLAB_CI": "true", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main"},
    "branch at GitLab": {"GITLAB_CI": "true", "CI_DEFAULT_BRANCH": "main", "CI_COMMIT_BRANCH": "pr"},
    "tag at GitLab": {"GITLAB_CI": "true", "CI_DEFAULT_BRANCH": "main", "CI_COMMIT_TAG": "main"},
    "Jenkins": {"JENKINS_URL": "x", "CHANGE_ID": "1", "CHANGE_TARGET": "main"},
    "Buildkite": {
        "BUILDKITE": "true", "BUILDKITE_PULL_REQUEST": "1", "BUILDKITE_PULL_REQUEST_BASE_BRANCH": "main"
    },
    "branch at Buildkite": {
        "BUILDKITE": "true", "BUILDKITE_PULL_REQUEST": "false", "BUILDKITE_BRANCH": "pr",
        "BUILDKITE_PIPELINE_DEFAULT_BRANCH": "main",
    },
    "CircleCI": {"CIRCLECI": "true", "CIRCLE_BRANCH": "pr"},
    "Azure": {"TF_BUILD": "True", "SYSTEM_PULLREQUEST_TARGETBRANCH": "refs/heads/main"},
    "Bitbucket": {"BITBUCKET_BUILD_NUMBER": "1", "BITBUCKET_PR_DESTINATION_BRANCH": "main"},
    "any": {"CI": "true"},
}  # fmt: skip


@pytest.fixture
def upstream(tmp_path: Path) -> Checkout:
    """`main` has a hard policy; `pr`, which is checked out, brings one that allows everything."""
    made = repository(tmp_path / "up")
    made.write(".leakgate/policy.yaml", HARD)
    made.commit()
    made.git("checkout", "--quiet", "-b", "pr")
    made.write(".leakgate/policy.yaml", LAX)
    made.commit()
    out = tmp_path / "out"
    out.mkdir()
    (out / "app.log").write_text(f"DEBUG token={tokens.github()} ok\n")
    return made


@pytest.fixture
def clone(upstream: Checkout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checkout:
    """As a CI server makes it, with `pr` checked out."""
    upstream.git("checkout", "--quiet", "main")
    made = upstream.clone(tmp_path / "clone")
    made.git("checkout", "--quiet", "pr")
    monkeypatch.chdir(made.folder)
    told(monkeypatch, {})
    return made


def told(monkeypatch: pytest.MonkeyPatch, variables: Mapping[str, str]) -> None:
    """An environment with these words of a CI server and no others."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LEAKGATE_CACHE_DIR") if name in os.environ}
    for name in set(os.environ) - set(kept) - {"PYTEST_CURRENT_TEST"}:
        monkeypatch.delenv(name)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)


def policy_of(run: Run) -> str:
    return str(json.loads(run.out)["policy"]["name"])


def scan(leakgate: Command, *options: str) -> Run:
    return leakgate("scan", "../out", "--format", "json", *options)


def test_on_ones_own_machine_the_working_tree_judges(leakgate: Command, clone: Checkout) -> None:
    """The first line says what was found, also from a folder below."""
    (clone.folder / "src").mkdir()
    os.chdir(clone.folder / "src")

    run = leakgate("scan", "../../out", "--format", "json")

    assert (0, "lax") == (run.code, policy_of(run))
    assert "leakgate: policy lax (../.leakgate/policy.yaml)" == run.err.splitlines()[0]


def test_nothing_is_found_if_one_says_so(leakgate: Command, clone: Checkout) -> None:
    run = scan(leakgate, "--no-config")

    assert (1, "default") == (run.code, policy_of(run))


def test_without_git_the_folder_itself_is_looked_at(leakgate: Command, clone: Checkout) -> None:
    shutil.rmtree(clone.folder / ".git")

    assert "lax" == policy_of(scan(leakgate))


@pytest.mark.parametrize("link", [".leakgate/policy.yaml", ".leakgate"])
def test_a_link_is_not_followed(leakgate: Command, clone: Checkout, link: str) -> None:
    at = clone.folder / link
    at.rename(clone.folder.parent / "elsewhere")
    at.symlink_to(clone.folder.parent / "elsewhere")

    run = scan(leakgate)

    assert 2 == run.code
    assert f"{link!r} is a symbolic link" in run.err


@pytest.mark.parametrize("server", SERVERS)
def test_a_change_does_not_bring_its_own_policy(
    leakgate: Command, clone: Checkout, monkeypatch: pytest.MonkeyPatch, server: str
) -> None:
    """In CI the base or the default branch judges, whatever the change wrote or named."""
    told(monkeypatch, SERVERS[server])

    for options in ((), ("--policy", ".leakgate/policy.yaml")):
        run = scan(leakgate, *options)
        assert (1, "hard") == (run.code, policy_of(run))
        assert run.err.startswith("leakgate: policy hard (git:refs/remotes/origin/")


@pytest.mark.parametrize("server", SERVERS)
def test_what_cannot_be_read_is_not_replaced_by_the_change(
    leakgate: Command, clone: Checkout, monkeypatch: pytest.MonkeyPatch, server: str
) -> None:
    """Then the built-in policy judges, and a note says so."""
    told(monkeypatch, SERVERS[server])
    clone.git("remote", "remove", "origin")

    run = scan(leakgate)

    assert (1, "default") == (run.code, policy_of(run))
    assert "so the built-in policy default judges" in run.err


def test_a_tag_is_no_base(leakgate: Command, clone: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither one with the name of the branch, nor one with the full name of its ref."""
    clone.git("tag", "origin/main", "pr")
    clone.git("tag", "refs/remotes/origin/main", "pr")
    told(monkeypatch, PULL)
    assert "hard" == policy_of(scan(leakgate))

    clone.git("remote", "remove", "origin")
    assert "default" == policy_of(scan(leakgate))


def test_a_base_without_a_policy(leakgate: Command, clone: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    """The change that brings the first policy is judged by the built-in one."""
    told(monkeypatch, PULL)
    clone.git("checkout", "--quiet", "--orphan", "empty")
    clone.git("rm", "--quiet", "-rf", ".")
    clone.commit()
    clone.git("update-ref", "refs/remotes/origin/main", "HEAD")
    clone.git("checkout", "--quiet", "pr")

    for options in ((), ("--policy", ".leakgate/policy.yaml")):
        assert "default" == policy_of(scan(leakgate, *options))


def event(folder: Path, **holds: object) -> dict[str, str]:
    path = folder / "event.json"
    path.write_text(json.dumps({"repository": {"full_name": "acme/shop", "default_branch": "main"}, **holds}))
    return {"GITHUB_EVENT_PATH": str(path), "GITHUB_REPOSITORY": "acme/shop"}


def test_on_the_default_branch_the_commit_judges(
    leakgate: Command, clone: Checkout, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What tests write over the policy does not count, and is told."""
    clone.git("checkout", "--quiet", "main")
    push = {"GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "push", "GITHUB_REF": "refs/heads/main"}
    told(monkeypatch, {**push, "GITHUB_SHA": clone.git("rev-parse", "HEAD"), **event(tmp_path)})
    clone.write(".leakgate/policy.yaml", LAX)

    run = scan(leakgate)

    assert (1, "hard") == (run.code, policy_of(run))
    assert ["the policy: changed, not committed"] == [
        one["masked"] for one in json.loads(run.out)["findings"] if one["rule"] == "gate-change"
    ]


def test_the_branches_of_a_fork_are_no_base(
    leakgate: Command, clone: Checkout, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Where a workflow checks out the fork, `origin/main` is the fork's; the hash of the event is not."""
    clone.git("remote", "set-url", "origin", "https://github.com/mallory/shop.git")
    base = clone.git("rev-parse", "origin/main")
    clone.git("update-ref", "refs/remotes/origin/main", "pr")
    pull = {"base": {"ref": "main", "sha": base}, "head": {"repo": {"full_name": "Mallory/shop"}}}
    told(monkeypatch, {**PULL, **event(tmp_path, pull_request=pull)})

    assert "hard" == policy_of(scan(leakgate))


def test_a_baseline_without_its_key_is_left_out(leakgate: Command, clone: Checkout) -> None:
    """Whoever has no key is judged without it, and told so."""
    clone.write(".leakgate/policy.yaml", HARD)
    clone.write(".leakgate/baseline", "leakgate-baseline 1\nkey-check " + "0" * 32 + "\n")

    run = scan(leakgate)

    assert 1 == run.code
    assert "baseline .leakgate/baseline (not used: no LEAKGATE_KEY)" in run.err.splitlines()[0]


def test_waivers_are_found_as_well(leakgate: Command, clone: Checkout) -> None:
    fields = "reason: r, owner: o, approver: p, created: 2030-06-01, expires: 2030-07-01"
    waiver = f"version: 1\nwaivers:\n  - {{fingerprint: lg1:{'0' * 32}, {fields}}}\n"
    clone.write(".leakgate/waivers.yaml", waiver)

    assert "waivers .leakgate/waivers.yaml" in scan(leakgate).err.splitlines()[0]


def test_other_commands_find_the_policy(leakgate: Command, clone: Checkout) -> None:
    """`policy show` prints the one that judges; a baseline is made by it."""
    assert "lax" in leakgate("policy", "show").out
    assert "lax" not in leakgate("policy", "show", "--no-config").out
    run = leakgate("baseline", "create", "../out", "--key-in-file")
    assert "0 findings known" in run.out


@pytest.mark.parametrize("variables", [{}, {"CI": "false"}, {"GITHUB_ACTIONS": ""}])
def test_ones_own_machine_is_no_server(variables: Mapping[str, str]) -> None:
    assert None is protected_side(variables)


def test_a_merge_request_in_the_project_of_a_fork_has_no_base() -> None:
    """There `origin` is the fork."""
    side = protected_side(
        {
            "GITLAB_CI": "true",
            "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
            "CI_MERGE_REQUEST_PROJECT_PATH": "acme/shop",
            "CI_PROJECT_PATH": "mallory/shop",
        }
    )

    assert side is not None
    assert () == side.refs
