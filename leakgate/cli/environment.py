"""What the command line takes from the environment; nobody else reads it."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING

from leakgate.model.errors import UsageError
from leakgate.model.records import dataclass

if TYPE_CHECKING:
    from leakgate.cli.ci_branch import ProtectedSide

_KEY_BYTES = 64 << 10
# GitHub Actions, GitLab CI, Azure Pipelines, Bitbucket, CircleCI, Buildkite, Jenkins
_ACTORS = (
    "GITHUB_TRIGGERING_ACTOR",
    "GITHUB_ACTOR",
    "GITLAB_USER_LOGIN",
    "BUILD_REQUESTEDFOR",
    "BITBUCKET_STEP_TRIGGERER_UUID",
    "CIRCLE_USERNAME",
    "BUILDKITE_BUILD_CREATOR",
    "BUILD_USER_ID",
)
_COMMITS = (
    "GITHUB_SHA",
    "CI_COMMIT_SHA",
    "BUILD_SOURCEVERSION",
    "BITBUCKET_COMMIT",
    "CIRCLE_SHA1",
    "BUILDKITE_COMMIT",
    "GIT_COMMIT",
)
_RUNS = ("CI_JOB_URL", "CIRCLE_BUILD_URL", "BUILDKITE_BUILD_URL", "BUILD_URL")


def cache_directory() -> Path | None:
    """`LEAKGATE_CACHE_DIR`, else the user's cache; None where there is no home or the variable is empty."""
    given = os.environ.get("LEAKGATE_CACHE_DIR")
    if given is not None:
        return Path(given) if given else None
    base = os.environ.get("XDG_CACHE_HOME")
    if base:
        return Path(base) / "leakgate"
    try:
        return Path.home() / ".cache" / "leakgate"
    except RuntimeError:
        return None


def cache_key() -> bytes | None:
    """Signs compiled rules in the cache; None without `LEAKGATE_KEY`: then nothing is kept.

    A key on the disk of this user would be no secret from the tests, which run as this user.
    """
    text = fingerprint_key()
    if text is None:
        return None
    from leakgate.findings.fingerprint import Key

    return Key.of(text).derived(b"leakgate compiled rules 1")


def state_directory() -> Path | None:
    """`leakgate` in `XDG_STATE_HOME`, else in `~/.local/state`: for what is no cache, and not shared."""
    base = os.environ.get("XDG_STATE_HOME")
    if base:
        return Path(base) / "leakgate"
    try:
        return Path.home() / ".local" / "state" / "leakgate"
    except RuntimeError:
        return None


def fingerprint_key() -> str | None:
    """`LEAKGATE_KEY`, else the content of the file `LEAKGATE_KEY_FILE`: fingerprints that outlive a run.

    Raises UsageError for a file that cannot be read or is empty, and for a key that can be guessed.
    """
    given = os.environ.get("LEAKGATE_KEY", "").strip()  # a pasted secret often ends in a line break
    path = os.environ.get("LEAKGATE_KEY_FILE")
    if given:
        return _strong(given, "LEAKGATE_KEY")
    if not path:
        return None
    try:
        with Path(path).open("rb") as file:
            text = file.read(_KEY_BYTES).decode("utf-8", "surrogateescape").strip()
    except (OSError, ValueError) as exc:
        raise UsageError(
            "the file that LEAKGATE_KEY_FILE names cannot be read", hint="check its path"
        ) from exc
    if not text:
        raise UsageError("the file that LEAKGATE_KEY_FILE names is empty", hint="put the key into it")
    return _strong(text, "the key that LEAKGATE_KEY_FILE names")


def _strong(key: str, what: str) -> str:
    """The key. Raises UsageError where it can be guessed, and with it every value of a report."""
    from leakgate.findings.fingerprint import weakness

    why = weakness(key)
    if why is not None:
        raise UsageError(
            f"{what} {why}: it can be guessed",
            hint="make one with `openssl rand -hex 32`, and keep it among the secrets of your CI",
        )
    return key


def today() -> date:
    """The day in UTC: a run judges alike wherever it runs."""
    return datetime.now(UTC).date()


def actor() -> str:
    """Who runs this: what the CI server says, else the user of the system."""
    import getpass

    told = _first(_ACTORS)
    try:
        return told or getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"


def commit() -> str | None:
    """What the CI server says is checked out; None outside of the known ones."""
    return _first(_COMMITS)


def run_url() -> str | None:
    """Where the run can be looked up; None where nothing says it."""
    server, repository, run = (
        os.environ.get(f"GITHUB_{name}") for name in ("SERVER_URL", "REPOSITORY", "RUN_ID")
    )
    if server and repository and run:
        return f"{server}/{repository}/actions/runs/{run}"
    return _first(_RUNS)


def _first(names: Sequence[str]) -> str | None:
    return next((os.environ[name] for name in names if os.environ.get(name)), None)


def protected_side() -> ProtectedSide | None:
    """What the CI server says of the base and the default branch; None outside of CI."""
    from leakgate.cli.ci_branch import protected_side as told_by

    return told_by(os.environ)


def for_git() -> dict[str, str]:
    """What `git` may know of the environment: nothing that points it elsewhere or makes it run or fetch."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "XDG_CONFIG_HOME") if name in os.environ}
    return kept | {
        "LC_ALL": "C",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_GRAFT_FILE": os.devnull,
        "GIT_ALLOW_PROTOCOL": "none",
    }


def for_own_git() -> dict[str, str]:
    """For `git` in a repository whose owner pushes: all of our environment, and nothing is fetched."""
    quiet = {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1"}
    return {**os.environ, **quiet, "GIT_NO_REPLACE_OBJECTS": "1"}


@dataclass(frozen=True, slots=True)
class PreCommitPush:
    """What the pre-commit framework says of a push: the new end of a branch, and what the remote has."""

    tip: str
    known: str | None
    remote: str


def pre_commit_push() -> PreCommitPush | None:
    """None where pre-commit does not call."""
    tip = _first(("PRE_COMMIT_TO_REF", "PRE_COMMIT_LOCAL_BRANCH"))
    if tip is None:
        return None
    return PreCommitPush(tip, _first(("PRE_COMMIT_FROM_REF",)), _first(("PRE_COMMIT_REMOTE_NAME",)) or "")


def colored(stream: IO[str]) -> bool:
    """Colours on a terminal, unless `NO_COLOR` is set; `FORCE_COLOR` forces them (no-color.org)."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or stream.isatty()


def processors() -> int:
    """How many processors this process may use; 8 at the most, as each process takes memory of its own."""
    if hasattr(os, "sched_getaffinity"):
        return min(8, len(os.sched_getaffinity(0)))
    return min(8, os.cpu_count() or 1)


def width() -> int:
    """Columns of the terminal, 100 where there is none."""
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns
    except (OSError, ValueError):
        return 100
