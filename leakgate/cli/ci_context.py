"""
What a CI job says of itself: repository, commit, change, token and addresses, from its environment.

Source: GitHub's and GitLab's documentation of default variables. The event file of a workflow is GitHub's own
word; nothing here is read from an artifact, which a fork may have written.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from leakgate.model.errors import UsageError
from leakgate.model.records import dataclass

_LARGEST_EVENT = 16 << 20


@dataclass(frozen=True, slots=True)
class GithubJob:
    """`head` is owner and branch of a workflow run for a fork, whose pull request must be looked for."""

    api_url: str
    repository: str | None
    commit: str | None
    change: int | None
    head: tuple[str, str] | None
    details_url: str | None
    summary_file: Path | None


@dataclass(frozen=True, slots=True)
class GitlabJob:
    url: str
    project: str | None
    commit: str | None
    change: int | None
    details_url: str | None


def github_job() -> GithubJob:
    """Everything that is not set is None. Raises UsageError for an event file that is not one."""
    env = os.environ
    event = event_of(env.get("GITHUB_EVENT_PATH"))
    repository = env.get("GITHUB_REPOSITORY")
    run = env.get("GITHUB_RUN_ID")
    server = env.get("GITHUB_SERVER_URL", "https://github.com")
    commit, change, head = _of_event(event)
    summary = env.get("GITHUB_STEP_SUMMARY")
    return GithubJob(
        api_url=env.get("GITHUB_API_URL") or "https://api.github.com",
        repository=repository,
        commit=commit or env.get("GITHUB_SHA"),
        change=change,
        head=head,
        details_url=f"{server}/{repository}/actions/runs/{run}" if repository and run else None,
        summary_file=Path(summary) if summary else None,
    )


def gitlab_job() -> GitlabJob:
    """Everything that is not set is None."""
    env = os.environ
    change = env.get("CI_MERGE_REQUEST_IID", "")
    return GitlabJob(
        url=env.get("CI_SERVER_URL") or "https://gitlab.com",
        project=env.get("CI_PROJECT_ID"),
        commit=env.get("CI_COMMIT_SHA"),
        change=int(change) if change.isdecimal() else None,
        details_url=env.get("CI_JOB_URL"),
    )


def token(*names: str) -> str:
    """The first variable that is set, without a line end around it. Raises UsageError where none is."""
    for name in names:
        if given := os.environ.get(name, "").strip():
            return given
    raise UsageError(
        f"no token: {' or '.join(names)} is not set",
        hint="pass it by the environment of the step, never by an option",
    )


def event_of(path: str | None) -> dict[str, Any]:
    """What happened, as GitHub wrote it down; empty without a file. Raises UsageError for another."""
    if not path:
        return {}
    try:
        with Path(path).open("rb") as stream:
            event = json.loads(stream.read(_LARGEST_EVENT))
    except (OSError, ValueError, RecursionError) as exc:
        raise UsageError(
            "GITHUB_EVENT_PATH does not lead to an event", hint="run it in a workflow, or unset the variable"
        ) from exc
    return event if isinstance(event, dict) else {}


def _of_event(event: dict[str, Any]) -> tuple[str | None, int | None, tuple[str, str] | None]:
    """Commit, number of the pull request, and where to look for one."""
    pull = _object(event, "pull_request")
    if pull:
        return _text(_object(pull, "head"), "sha"), _number(pull), None
    run = _object(event, "workflow_run")
    if not run:
        return None, None, None
    listed = run.get("pull_requests")
    number = _number(listed[0]) if isinstance(listed, list) and len(listed) == 1 else None
    owner = _text(_object(_object(run, "head_repository"), "owner"), "login")
    branch = _text(run, "head_branch")
    head = (owner, branch) if owner and branch and number is None else None
    return _text(run, "head_sha"), number, head


def _object(holder: dict[str, Any], key: str) -> dict[str, Any]:
    value = holder.get(key)
    return value if isinstance(value, dict) else {}


def _text(holder: dict[str, Any], key: str) -> str | None:
    value = holder.get(key)
    return value if isinstance(value, str) else None


def _number(holder: Any) -> int | None:
    value = holder.get("number") if isinstance(holder, dict) else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None
