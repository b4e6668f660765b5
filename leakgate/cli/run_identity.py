"""Which run this is, how it ended, and whether a result is of the run that somebody expects."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from leakgate.cli import environment
from leakgate.cli.signals import stopped_by
from leakgate.model.errors import ResultError, UsageError
from leakgate.model.expressions import expression
from leakgate.model.result import RunIdentity
from leakgate.model.verdict import Outcome
from leakgate.wiring import Judged

_COMMIT = expression(r"[0-9a-f]{7,64}")
_AGE = expression(r"([0-9]{1,9})([smhd])")
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def identity(*, named: bool) -> RunIdentity:
    """A run that begins now; where it is `named`, with the commit that CI or else the checkout says."""
    commit = environment.commit()
    if commit is None and named:
        commit = _checked_out()
    return RunIdentity(started=_now(), commit=commit, url=environment.run_url())


def ended(judged: Judged) -> Judged:
    """The same, ended now, with the exit code that the process will have."""
    run = replace(judged.result.run, ended=_now())
    return stopped(replace(judged, result=replace(judged.result, run=run)))


def stopped(judged: Judged) -> Judged:
    """Itself, or as interrupted where the process was told to stop and its verdict does not say so."""
    number, verdict = stopped_by(), judged.verdict
    if number is None or (verdict.interrupted and verdict.stopped_by == number):
        return judged
    outcome = Outcome.BLOCK if verdict.outcome is Outcome.BLOCK else Outcome.INCOMPLETE
    return replace(judged, verdict=replace(verdict, outcome=outcome, interrupted=True, stopped_by=number))


def check_expected(judged: Judged, commit: str | None, max_age: str | None) -> None:
    """Raises ResultError for a result of another commit, older than `max_age`, or that does not say."""
    run = judged.result.run
    if commit is not None:
        wanted, found = _commit(commit), (run.commit or "").lower()
        if not found:
            raise ResultError(
                "the result does not say of which commit it is", hint="scan in the job that publishes it"
            )
        if not found.startswith(wanted):
            raise ResultError("the result is of another commit", hint="scan what is checked out now")
    if max_age is not None:
        _check_age(run, _seconds(max_age))


def _check_age(run: RunIdentity, most: timedelta) -> None:
    when = run.ended or run.started
    if when is None:
        raise ResultError("the result does not say when it was made", hint="scan again")
    age = _now() - when
    if age > most:
        raise ResultError("the result is older than --max-age allows", hint="scan again")
    if age < timedelta(minutes=-5):
        raise ResultError(
            "the result is of a time to come", hint="check the clocks of both machines, and scan again"
        )


def _commit(text: str) -> str:
    if _COMMIT.fullmatch(text.lower()) is None:
        raise UsageError(f"--expect-commit {text[:80]!a} is no commit", hint="7 to 64 hexadecimal digits")
    return text.lower()


def _seconds(text: str) -> timedelta:
    found = _AGE.fullmatch(text)
    if found is None:
        raise UsageError(f"--max-age {text[:80]!a} is no time", hint="such as 30m, 12h or 2d")
    try:
        return timedelta(seconds=int(found[1]) * _UNITS[found[2]])
    except OverflowError:
        return timedelta.max


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def _checked_out() -> str | None:
    """None outside of a repository."""
    from leakgate.policy.git_tree import Repository

    try:
        return Repository(Path.cwd(), environment.for_git()).commit("HEAD")
    except (UsageError, OSError):
        return None
