"""
Delivers to GitLab by python-gitlab: one note on the merge request, and a commit status.

Source of endpoints and rights: GitLab's REST API documentation (notes, commits). A job token may not write
notes; a project access token with the scope `api` and the role Reporter may.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import field
from typing import Any

from leakgate.model.errors import PublishError
from leakgate.model.records import dataclass
from leakgate.model.result import ScanResult
from leakgate.model.verdict import Outcome as Judgement
from leakgate.model.verdict import Verdict
from leakgate.publish.comment import body, is_clean, is_ours
from leakgate.publish.delivery import Delivery, Failed, Outcome, Refused, attempt
from leakgate.report import phrases
from leakgate.report.text_safety import cut

_NOTE_LIMIT = 200_000  # GitLab takes a million characters; nobody reads them
_STATUS_TEXT = 200
_NOTES = 1_000  # of one merge request that are looked through for ours
_HIDDEN = (401, 403, 404)


@dataclass(frozen=True, slots=True)
class GitlabTarget:
    """Where to: `project` is an id or a full path, `change` a merge request's iid, `commit` a full hash."""

    url: str
    project: str
    commit: str | None
    change: int | None
    token: str = field(repr=False)
    name: str = "report"
    details_url: str | None = None


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds for one answer. Rate limits (429 with Retry-After) are waited for by the library."""

    timeout: int = 20


class GitlabPublisher:
    """One connection to one project."""

    def __init__(self, target: GitlabTarget, patience: Patience | None = None) -> None:
        self._target = target
        self._hub = _connection(target, patience or Patience())
        self._project = self._hub.projects.get(target.project, lazy=True)

    def publish(
        self, result: ScanResult, verdict: Verdict, *, comment: bool, status: bool
    ) -> tuple[Delivery, ...]:
        """What became of each that was asked for, in that order."""
        wanted: list[tuple[str, bool, Callable[[], Delivery]]] = [
            ("note", comment, lambda: self._note(result, verdict)),
            ("commit status", status, lambda: self._status(result, verdict)),
        ]
        return tuple(attempt(name, deliver) for name, asked, deliver in wanted if asked)

    def _note(self, result: ScanResult, verdict: Verdict) -> Delivery:
        if self._target.change is None:
            return Delivery("note", Outcome.UNCHANGED, "no merge request belongs to this pipeline")
        text = body(self._target.name, result, verdict, _NOTE_LIMIT)
        with _told("write a note on the merge request"):
            change = self._project.mergerequests.get(self._target.change, lazy=True)
            mine = self._find(change)
            if mine is None and is_clean(verdict):
                return Delivery("note", Outcome.UNCHANGED, "nothing to say, and nothing was said before")
            if mine is None:
                change.notes.create({"body": text})
                return Delivery("note", Outcome.DELIVERED, "written")
            if mine.body == text:
                return Delivery("note", Outcome.UNCHANGED, "it says the same already")
            mine.body = text
            mine.save()
            return Delivery("note", Outcome.DELIVERED, "updated")

    def _find(self, change: Any) -> Any | None:
        """Our note: with the mark and written by our own account, as anybody can copy a mark."""
        ourselves: str | None = None
        for number, note in enumerate(change.notes.list(iterator=True, per_page=100)):
            if number >= _NOTES:
                return None
            if is_ours(note.body, self._target.name):
                ourselves = ourselves or self._login()
                if note.author.get("username") == ourselves:
                    return note
        return None

    def _login(self) -> str:
        self._hub.auth()
        return str(self._hub.user.username)

    def _status(self, result: ScanResult, verdict: Verdict) -> Delivery:
        if self._target.commit is None:
            return Delivery("commit status", Outcome.FAILED, "the commit is not known; name it with --commit")
        headline = f"{phrases.headline_word(verdict)}: {phrases.headline(result, verdict)}"
        told = {
            "state": "success" if verdict.outcome is Judgement.PASS else "failed",
            "name": "leakgate" if self._target.name == "report" else f"leakgate/{self._target.name}",
            "description": cut(headline, _STATUS_TEXT - 40),
        }
        if self._target.details_url:
            told["target_url"] = self._target.details_url
        with _told("set a commit status"):
            self._project.commits.get(self._target.commit, lazy=True).statuses.create(told)
        return Delivery("commit status", Outcome.DELIVERED, verdict.outcome.value)


def _connection(target: GitlabTarget, patience: Patience) -> Any:
    import gitlab

    try:
        return gitlab.Gitlab(
            target.url.rstrip("/"),
            private_token=target.token,
            timeout=patience.timeout,
            user_agent="leakgate",
            keep_base_url=True,
        )
    except Exception as exc:
        raise PublishError(
            "GitLab's address is not usable", hint="give --url https://gitlab.example.com"
        ) from exc


@contextmanager
def _told(what: str) -> Iterator[None]:
    """What the library raises as what happened; never its text, which may quote what was sent."""
    from gitlab.exceptions import GitlabError
    from requests import RequestException

    try:
        yield
    except GitlabError as exc:
        if exc.response_code in _HIDDEN:
            need = "a project access token with the scope api and the role Reporter"
            raise Refused(f"the token may not {what} ({exc.response_code}); it needs to be {need}") from exc
        raise Failed(f"GitLab did not {what} ({exc.response_code or 'no answer'})") from exc
    except RequestException as exc:
        raise Failed(f"GitLab could not be reached to {what} ({type(exc).__name__})") from exc
    except (RuntimeError, ValueError, TypeError, LookupError, AttributeError) as exc:
        # The library's, for answers of another shape.
        raise Failed(f"GitLab's answer was not understood ({type(exc).__name__})") from exc
