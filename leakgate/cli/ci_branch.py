"""
Which commit is the protected side, as far as the CI server says: the base of a change, or the default branch.

Sources: the documentation of default variables of GitHub Actions, GitLab CI, Jenkins (branch API plugin),
Buildkite, CircleCI, Azure Pipelines and Bitbucket Pipelines. Asks nobody else, and
takes whatever it does not understand for a branch that is not the default one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from leakgate.cli.ci_context import event_of
from leakgate.model.errors import UsageError
from leakgate.model.records import dataclass

_HASH = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_REMOTE = "refs/remotes/origin/"
_NO = ("", "false", "0", "no", "null")


@dataclass(frozen=True, slots=True)
class ProtectedSide:
    """Full names of refs and hashes, the first that is in the clone counts; `why` is for people.

    `default` says that the default branch itself is being tested. `not_of` names the repository (owner/name)
    whose branches these are not, where a change comes from a fork.
    """

    refs: tuple[str, ...]
    why: str
    default: bool = False
    not_of: str | None = None


@dataclass(frozen=True, slots=True)
class _Said:
    """What a server says: the branch a change is for, the default branch, and what is checked out."""

    target: str = ""
    target_commit: str = ""
    default: str = ""
    branch: str = ""
    commit: str = ""
    is_default: bool = False
    is_change: bool = False
    fork: str | None = None
    elsewhere: bool = False


def protected_side(env: Mapping[str, str]) -> ProtectedSide | None:
    """None outside of CI, where the working tree is somebody's own."""
    for mark, said in SERVERS:
        if env.get(mark, "").lower() not in _NO:
            return _side(said(env))
    return _side(_Said()) if env.get("CI", "").lower() not in _NO else None


def _side(said: _Said) -> ProtectedSide:
    if said.target or said.target_commit or said.is_change:
        refs = (*_branch(said.target), *_hash(said.target_commit))
        why = f"a change for {said.target}" if said.target else "a change"
        # Without a word on the base the default branch is the nearest that is protected.
        refs = refs or (*_branch(said.default), f"{_REMOTE}HEAD")
        return ProtectedSide(() if said.elsewhere else refs, why, not_of=said.fork)
    if said.is_default or (said.default and said.branch == said.default):
        refs = (*_hash(said.commit), *_branch(said.default or said.branch))
        return ProtectedSide(refs, f"the default branch, {said.branch}", default=True, not_of=said.fork)
    name = said.branch or "a branch without a name"
    refs = _branch(said.default) or (f"{_REMOTE}HEAD",)
    return ProtectedSide(refs, f"{name}, not the default branch", not_of=said.fork)


def _branch(name: str) -> tuple[str, ...]:
    return (f"{_REMOTE}{name}",) if name else ()


def _hash(text: str) -> tuple[str, ...]:
    return (text.lower(),) if _HASH.fullmatch(text.lower()) else ()


def _heads(ref: str) -> str:
    """The branch of `refs/heads/NAME`; empty for a tag or anything else."""
    return ref.removeprefix("refs/heads/") if ref.startswith("refs/heads/") else ""


def _github(env: Mapping[str, str]) -> _Said:
    try:
        event = event_of(env.get("GITHUB_EVENT_PATH"))
    except UsageError:
        event = {}
    pull, run = _at(event, "pull_request"), _at(event, "workflow_run")
    group = _at(event, "merge_group")
    own = _text(_at(event, "repository"), "full_name") or env.get("GITHUB_REPOSITORY", "")
    head = _text(_at(_at(pull, "head"), "repo"), "full_name") or _text(
        _at(run, "head_repository"), "full_name"
    )
    base = _at(pull, "base")
    return _Said(
        target=env.get("GITHUB_BASE_REF", "") or _text(base, "ref") or _heads(_text(group, "base_ref")),
        target_commit=_text(base, "sha") or _text(group, "base_sha"),
        default=_text(_at(event, "repository"), "default_branch"),
        branch=_heads(env.get("GITHUB_REF", "")),
        commit=env.get("GITHUB_SHA", ""),
        is_change=env.get("GITHUB_EVENT_NAME", "").startswith(("pull_request", "merge_group")),
        fork=head if head and head.lower() != own.lower() else None,
    )


def _gitlab(env: Mapping[str, str]) -> _Said:
    target = env.get("CI_MERGE_REQUEST_PROJECT_PATH", "")
    return _Said(
        target=env.get("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", ""),
        target_commit=env.get("CI_MERGE_REQUEST_TARGET_BRANCH_SHA", ""),
        default=env.get("CI_DEFAULT_BRANCH", ""),
        branch=env.get("CI_COMMIT_BRANCH", ""),
        commit=env.get("CI_COMMIT_SHA", ""),
        is_change=bool(env.get("CI_MERGE_REQUEST_IID")),
        # In the project of a fork `origin` is the fork.
        elsewhere=bool(target) and env.get("CI_PROJECT_PATH", target) != target,
    )


def _buildkite(env: Mapping[str, str]) -> _Said:
    is_change = env.get("BUILDKITE_PULL_REQUEST", "").lower() not in _NO
    return _Said(
        target=env.get("BUILDKITE_PULL_REQUEST_BASE_BRANCH", "") if is_change else "",
        default=env.get("BUILDKITE_PIPELINE_DEFAULT_BRANCH", ""),
        branch=env.get("BUILDKITE_BRANCH", "") if not env.get("BUILDKITE_TAG") else "",
        commit=env.get("BUILDKITE_COMMIT", ""),
        is_change=is_change,
    )


def _circleci(env: Mapping[str, str]) -> _Said:
    is_change = bool(env.get("CIRCLE_PULL_REQUEST") or env.get("CIRCLE_PR_NUMBER"))
    return _Said(branch=env.get("CIRCLE_BRANCH", ""), commit=env.get("CIRCLE_SHA1", ""), is_change=is_change)


def _azure(env: Mapping[str, str]) -> _Said:
    target = env.get("SYSTEM_PULLREQUEST_TARGETBRANCH", "")
    return _Said(
        target=_heads(target) or target or env.get("SYSTEM_PULLREQUEST_TARGETBRANCHNAME", ""),
        branch=_heads(env.get("BUILD_SOURCEBRANCH", "")),
        commit=env.get("BUILD_SOURCEVERSION", ""),
        is_change=env.get("BUILD_REASON", "") == "PullRequest",
    )


def _bitbucket(env: Mapping[str, str]) -> _Said:
    return _Said(
        target=env.get("BITBUCKET_PR_DESTINATION_BRANCH", ""),
        branch=env.get("BITBUCKET_BRANCH", ""),
        commit=env.get("BITBUCKET_COMMIT", ""),
        is_change=bool(env.get("BITBUCKET_PR_ID")),
    )


def _jenkins(env: Mapping[str, str]) -> _Said:
    return _Said(
        target=env.get("CHANGE_TARGET", ""),
        branch=env.get("BRANCH_NAME", "") or env.get("GIT_BRANCH", "").removeprefix("origin/"),
        commit=env.get("GIT_COMMIT", ""),
        is_default=env.get("BRANCH_IS_PRIMARY", "").lower() == "true",
        is_change=bool(env.get("CHANGE_ID")),
    )


# By a variable that only this server sets.
SERVERS = (
    ("GITHUB_ACTIONS", _github),
    ("GITHUB_EVENT_NAME", _github),
    ("GITHUB_BASE_REF", _github),
    ("GITLAB_CI", _gitlab),
    ("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", _gitlab),
    ("CI_DEFAULT_BRANCH", _gitlab),
    ("BUILDKITE", _buildkite),
    ("CIRCLECI", _circleci),
    ("TF_BUILD", _azure),
    ("BITBUCKET_BUILD_NUMBER", _bitbucket),
    ("BITBUCKET_COMMIT", _bitbucket),
    ("JENKINS_URL", _jenkins),
    ("CHANGE_TARGET", _jenkins),
)


def _at(holder: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = holder.get(key)
    return value if isinstance(value, dict) else {}


def _text(holder: Mapping[str, Any], key: str) -> str:
    value = holder.get(key)
    return value if isinstance(value, str) else ""
