"""
Delivers to GitHub by PyGithub: one comment, a check run, a commit status.

Each is tried by itself. What the token may not do is refused and said; rate limits are waited for. Source of
limits and fields: GitHub's REST API documentation, version 2022-11-28.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import field
from typing import Any

from leakgate.model.errors import PublishError
from leakgate.model.expressions import expression
from leakgate.model.records import dataclass
from leakgate.model.result import ScanResult
from leakgate.model.verdict import Action, Decision, Verdict
from leakgate.model.verdict import Outcome as Judgement
from leakgate.publish.comment import body, is_clean, is_ours
from leakgate.publish.delivery import Delivery, Failed, Outcome, Refused, attempt
from leakgate.report import phrases
from leakgate.report.arrangement import decisions_of
from leakgate.report.markdown import MarkdownReporter
from leakgate.report.notes import note_of
from leakgate.report.text_safety import cut

_CHECK_TEXT = 65_535
_BATCH = 50  # annotations in one request
_MOST = 200  # annotations of a check; more is no help to anybody
_STATUS_TEXT = 140
_COMMENTS = 1_000  # of one change that are looked through for ours
_REPOSITORY = expression(r"[A-Za-z0-9_.-]+/(?!\.{1,2}$)[A-Za-z0-9_.-]+")
_HIDDEN = (401, 403, 404)


@dataclass(frozen=True, slots=True)
class GithubTarget:
    """Where to: `repository` is `owner/name`, `change` a pull request's number, `commit` a full hash.

    Without a number, the pull request is the open one from `head`, an owner and a branch, at that commit.
    """

    api_url: str
    repository: str
    commit: str | None
    change: int | None
    token: str = field(repr=False)
    name: str = "report"
    details_url: str | None = None
    head: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: for one answer, between writes, and for a rate limit at most."""

    timeout: int = 20
    between_writes: float = 1.0
    rate_limit: float = 120.0
    backoff: float = 1.0


class GithubPublisher:
    """One connection to one repository."""

    def __init__(self, target: GithubTarget, patience: Patience | None = None) -> None:
        self._target = target
        self._repository = _repository(target, patience or Patience())
        self._known_login: str | None = None  # empty where there is none

    def publish(
        self, result: ScanResult, verdict: Verdict, *, comment: bool, check: bool, status: bool
    ) -> tuple[Delivery, ...]:
        """What became of each that was asked for, in that order."""
        wanted: list[tuple[str, bool, Callable[[], Delivery]]] = [
            ("comment", comment, lambda: self._comment(result, verdict)),
            ("check run", check, lambda: self._check(result, verdict)),
            ("commit status", status, lambda: self._status(result, verdict)),
        ]
        return tuple(attempt(name, deliver) for name, asked, deliver in wanted if asked)

    def _comment(self, result: ScanResult, verdict: Verdict) -> Delivery:
        number = self._target.change or self._change()
        if number is None:
            return Delivery("comment", Outcome.UNCHANGED, "no open pull request is at this commit")
        text = body(self._target.name, result, verdict)
        with _told("comment on the pull request", "pull-requests: write"):
            change = self._repository.get_issue(number)
            mine = self._find(change)
            if mine is None and is_clean(verdict):
                return Delivery("comment", Outcome.UNCHANGED, "nothing to say, and nothing was said before")
            if mine is None:
                made = change.create_comment(text)
                return Delivery("comment", Outcome.DELIVERED, f"written, {made.html_url}")
            if mine.body == text:
                return Delivery("comment", Outcome.UNCHANGED, "it says the same already")
            mine.edit(text)
            return Delivery("comment", Outcome.DELIVERED, f"updated, {mine.html_url}")

    def _change(self) -> int | None:
        """A workflow for a fork is not told the number, and what the fork's artifact says is no proof."""
        if self._target.head is None:
            return None
        owner, branch = self._target.head
        with _told("list the pull requests", "pull-requests: read"):
            for pull in self._repository.get_pulls(state="open", head=f"{owner}:{branch}"):
                if pull.head.sha == self._target.commit:
                    return int(pull.number)
        return None

    def _find(self, change: Any) -> Any | None:
        """Our comment: with the mark, and by a bot or by ourselves, as anybody can copy a mark."""
        for number, comment in enumerate(change.get_comments()):
            if number >= _COMMENTS:
                return None
            if is_ours(comment.body, self._target.name) and self._by_us(comment.user):
                return comment
        return None

    def _by_us(self, user: Any) -> bool:
        if user is None:
            return False
        return bool(user.type == "Bot") or user.login == self._login()

    def _login(self) -> str | None:
        """Our own name, asked for once; the token of a workflow has none."""
        from github import GithubException

        if self._known_login is None:
            try:
                _headers, data = self._repository.requester.requestJsonAndCheck("GET", "/user")
                self._known_login = str(data.get("login") or "")
            except GithubException:
                self._known_login = ""
        return self._known_login or None

    def _check(self, result: ScanResult, verdict: Verdict) -> Delivery:
        if self._target.commit is None:
            return Delivery("check run", Outcome.FAILED, "the commit is not known; name it with --commit")
        told = [_annotation(one) for one in _told_first(verdict)[:_MOST]]
        batches = [told[at : at + _BATCH] for at in range(0, len(told), _BATCH)] or [[]]
        output = {"title": _title(result, verdict), "summary": _summary(result, verdict)}
        with _told("create a check run", "checks: write"):
            check = self._repository.create_check_run(
                name=_label(self._target),
                head_sha=self._target.commit,
                status="completed",
                conclusion=_CONCLUSIONS[verdict.outcome],
                output={**output, "annotations": batches[0]},
                **({"details_url": self._target.details_url} if self._target.details_url else {}),
            )
            for batch in batches[1:]:
                check.edit(output={**output, "annotations": batch})
        return Delivery("check run", Outcome.DELIVERED, f"{_CONCLUSIONS[verdict.outcome]}, {len(told)} notes")

    def _status(self, result: ScanResult, verdict: Verdict) -> Delivery:
        if self._target.commit is None:
            return Delivery("commit status", Outcome.FAILED, "the commit is not known; name it with --commit")
        with _told("set a commit status", "statuses: write"):
            commit = self._repository.get_commit(self._target.commit)
            commit.create_status(
                state="success" if verdict.outcome is Judgement.PASS else "failure",
                description=cut(_title(result, verdict), _STATUS_TEXT - 40),
                context=_label(self._target),
                **({"target_url": self._target.details_url} if self._target.details_url else {}),
            )
        return Delivery("commit status", Outcome.DELIVERED, verdict.outcome.value)


_CONCLUSIONS = {
    Judgement.PASS: "success",
    Judgement.BLOCK: "failure",
    Judgement.INCOMPLETE: "failure",
}


def _repository(target: GithubTarget, patience: Patience) -> Any:
    """PyGithub's repository, not asked for yet."""
    from github import Auth, Github, GithubRetry

    retry = GithubRetry(
        total=4,
        connect=2,
        read=0,  # a write whose answer is late may have been done
        backoff_factor=patience.backoff,
        secondary_rate_wait=min(60.0, patience.rate_limit),
        max_rate_limit_wait=patience.rate_limit,
        # The service did nothing when it answers these; after any other error a write may have been done.
        status_forcelist=[429, 503],
        allowed_methods={"GET", "POST", "PATCH"},
        raise_on_status=False,
    )
    try:
        hub = Github(
            auth=Auth.Token(target.token),
            base_url=target.api_url.rstrip("/"),
            timeout=patience.timeout,
            user_agent="leakgate",
            per_page=100,
            retry=retry,
            seconds_between_requests=None,
            seconds_between_writes=patience.between_writes,
            lazy=True,
        )
        if not _REPOSITORY.fullmatch(target.repository):
            raise ValueError("the name could lead to another address")
        return hub.get_repo(target.repository)
    except Exception as exc:
        raise PublishError(
            "GitHub's address or the repository's name is not usable",
            hint="give --repository OWNER/NAME and an API address such as https://api.github.com",
        ) from exc


@contextmanager
def _told(what: str, right: str) -> Iterator[None]:
    """What the library raises as what happened; never its text, which may quote what was sent."""
    from github import GithubException
    from requests import RequestException

    try:
        yield
    except GithubException as exc:
        if exc.status in _HIDDEN:
            raise Refused(f"the token may not {what} ({exc.status}); it needs {right}") from exc
        raise Failed(f"GitHub did not {what} ({exc.status})") from exc
    except RequestException as exc:
        raise Failed(f"GitHub could not be reached to {what} ({type(exc).__name__})") from exc
    except (AssertionError, RuntimeError, ValueError, TypeError, LookupError, AttributeError) as exc:
        # The library's, for addresses of another host and answers of another shape.
        raise Failed(f"GitHub's answer was not understood ({type(exc).__name__})") from exc


def _told_first(verdict: Verdict) -> list[Decision]:
    """New findings first, then what blocks, then by severity."""
    return sorted(decisions_of(verdict, Action.BLOCK, Action.WARN), key=lambda one: one.known)


def _annotation(decision: Decision) -> dict[str, Any]:
    note = note_of(decision.finding)
    return {
        "path": note.path,
        "start_line": note.line,
        "end_line": note.line,
        "annotation_level": "failure" if decision.action is Action.BLOCK else "warning",
        "title": note.title,
        "message": note.message,
    }


def _title(result: ScanResult, verdict: Verdict) -> str:
    return f"{phrases.headline_word(verdict)}: {phrases.headline(result, verdict)}"


def _summary(result: ScanResult, verdict: Verdict) -> str:
    text = io.StringIO()
    MarkdownReporter(_CHECK_TEXT).render(result, verdict, text)
    return text.getvalue()


def _label(target: GithubTarget) -> str:
    return "leakgate" if target.name == "report" else f"leakgate/{target.name}"
