"""`leakgate publish`: brings a finished result to a pull request or merge request."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from leakgate.cli import ci_context
from leakgate.cli.results import expecting, load_expected, with_own_advice
from leakgate.model.errors import PublishError, ReportError, UsageError
from leakgate.publish.delivery import Delivery, Outcome
from leakgate.wiring import Judged

_RESULT = click.option(
    "--result",
    required=True,
    metavar="RESULT.json",
    help="What --report json=FILE wrote; - is standard input.",
)
_COMMIT = click.option("--commit", metavar="SHA", help="The commit; taken from the job if not given.")
_NAME = click.option(
    "--name",
    default="report",
    show_default=True,
    metavar="NAME",
    help="Tells several gates of one change apart.",
)
_COMMENT = click.option(
    "--comment/--no-comment", default=True, show_default=True, help="One comment, kept up to date."
)
_STATUS = click.option("--status/--no-status", default=False, show_default=True, help="A commit status.")


@click.group("publish")
def command() -> None:
    """Bring a finished result to where the change is discussed; scans nothing.

    The result is untrusted input and checked as such; advice and links come from the rules of this
    installation, not from it. The exit code is 0 where everything asked for arrived,
    whatever the verdict, and 4 where something did not.
    """


@command.command("github")
@_RESULT
@expecting
@click.option("--repository", metavar="OWNER/NAME", help="Taken from the job if not given.")
@click.option("--pull-request", "change", type=int, metavar="NUMBER", help="Taken from the job if not given.")
@_COMMIT
@click.option("--api-url", metavar="URL", help="For GitHub Enterprise; taken from the job if not given.")
@_NAME
@_COMMENT
@click.option("--check/--no-check", default=False, show_default=True, help="A check run with annotations.")
@_STATUS
def github(
    *,
    result: str,
    expected: str | None,
    max_age: str | None,
    repository: str | None,
    change: int | None,
    commit: str | None,
    api_url: str | None,
    name: str,
    comment: bool,
    check: bool,
    status: bool,
) -> int:
    """Comment on a pull request, with the token in GITHUB_TOKEN.

    What the token may not do, as in a workflow for a fork, goes to the step summary instead, and the exit
    code stays 0.
    """
    from leakgate.publish.github import GithubPublisher, GithubTarget

    judged, job = with_own_advice(load_expected(result, expected, max_age)), ci_context.github_job()
    target = GithubTarget(
        api_url=api_url or job.api_url,
        repository=_needed(repository or job.repository, "--repository"),
        commit=commit or job.commit,
        change=change or job.change,
        token=ci_context.token("GITHUB_TOKEN", "GH_TOKEN"),
        name=_named(name),
        details_url=job.details_url,
        head=job.head,
    )
    done = GithubPublisher(target).publish(
        judged.result, judged.verdict, comment=comment, check=check, status=status
    )
    refused = any(one.outcome is Outcome.REFUSED for one in done)
    return _told(done, fallen_back=refused and _summarised(judged, job.summary_file))


@command.command("gitlab")
@_RESULT
@expecting
@click.option("--project", metavar="ID|PATH", help="Taken from the job if not given.")
@click.option("--merge-request", "change", type=int, metavar="IID", help="Taken from the job if not given.")
@_COMMIT
@click.option("--url", metavar="URL", help="GitLab's address; taken from the job if not given.")
@_NAME
@_COMMENT
@_STATUS
def gitlab(
    *,
    result: str,
    expected: str | None,
    max_age: str | None,
    project: str | None,
    change: int | None,
    commit: str | None,
    url: str | None,
    name: str,
    comment: bool,
    status: bool,
) -> int:
    """Write a note on a merge request, with the token in LEAKGATE_GITLAB_TOKEN or GITLAB_TOKEN."""
    from leakgate.publish.gitlab import GitlabPublisher, GitlabTarget

    judged, job = with_own_advice(load_expected(result, expected, max_age)), ci_context.gitlab_job()
    target = GitlabTarget(
        url=url or job.url,
        project=_needed(project or job.project, "--project"),
        commit=commit or job.commit,
        change=change or job.change,
        token=ci_context.token("LEAKGATE_GITLAB_TOKEN", "GITLAB_TOKEN"),
        name=_named(name),
        details_url=job.details_url,
    )
    done = GitlabPublisher(target).publish(judged.result, judged.verdict, comment=comment, status=status)
    return _told(done, fallen_back=False)


def _needed(value: str | None, option: str) -> str:
    if not value:
        raise UsageError(f"{option} is not known here", hint=f"outside of a CI job, give {option}")
    return value


def _named(name: str) -> str:
    from leakgate.publish.comment import marker

    try:
        marker(name)
    except ValueError as exc:
        raise UsageError(f"--name: {exc}", hint="for example --name e2e") from exc
    return name


def _summarised(judged: Judged, summary: Path | None) -> bool:
    """Appends the report to the step summary; whether there is one."""
    if summary is None:
        return False
    from leakgate.report.registry import REPORTERS

    try:
        with summary.open("a", encoding="utf-8", newline="\n") as out:
            REPORTERS["github-summary"]().render(judged.result, judged.verdict, out)
    except OSError as exc:
        raise ReportError(
            f"the step summary cannot be written ({exc.strerror})", hint="check GITHUB_STEP_SUMMARY"
        ) from exc
    return True


def _told(done: Sequence[Delivery], *, fallen_back: bool) -> int:
    """A line for each delivery; 0 where all arrived, or what was refused is in the step summary."""
    for one in done:
        click.echo(f"leakgate: {one.surface}: {one.outcome.value}: {one.detail}", err=True)
    missing = [one for one in done if not one.arrived]
    if fallen_back:
        click.echo("leakgate: the report is in the step summary instead", err=True)
        missing = [one for one in missing if one.outcome is not Outcome.REFUSED]
    return PublishError.exit_code if missing or not done else 0
