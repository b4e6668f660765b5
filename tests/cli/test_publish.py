"""`leakgate publish` through the real command, against a code host on the loopback."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from leakgate.model.verdict import Action
from leakgate.report.json_v1 import JsonReporter
from tests.conftest import Command
from tests.kit import results as kit
from tests.kit import tokens
from tests.kit.forge import SHA, Answer, Forge, forge

_VARIABLES = (
    "GITHUB_TOKEN", "GH_TOKEN", "GITHUB_API_URL", "GITHUB_REPOSITORY", "GITHUB_SHA", "GITHUB_EVENT_PATH",
    "GITHUB_STEP_SUMMARY", "GITHUB_RUN_ID", "GITLAB_TOKEN", "LEAKGATE_GITLAB_TOKEN", "CI_SERVER_URL",
    "CI_PROJECT_ID", "CI_COMMIT_SHA", "CI_MERGE_REQUEST_IID", "CI_JOB_URL",
)  # fmt: skip


@pytest.fixture
def hub() -> Iterator[Forge]:
    with forge() as running:
        yield running


@pytest.fixture
def result(tmp_path: Path) -> Path:
    """A result that blocks."""
    verdict = kit.verdict(kit.decision(Action.BLOCK))
    text = io.StringIO()
    JsonReporter().render(kit.result(verdict), verdict, text)
    path = tmp_path / "result.json"
    path.write_text(text.getvalue())
    return path


@pytest.fixture(autouse=True)
def job(hub: Forge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The environment of a pull request's job; gives the event file."""
    for name in _VARIABLES:
        monkeypatch.delenv(name, raising=False)
    event = tmp_path / "event.json"
    event.write_text(json.dumps({"pull_request": {"number": 5, "head": {"sha": SHA}}}))
    monkeypatch.setenv("GITHUB_TOKEN", "t" * 12)
    monkeypatch.setenv("GITHUB_API_URL", hub.url)
    monkeypatch.setenv("GITHUB_REPOSITORY", "o/r")
    monkeypatch.setenv("GITHUB_EVENT_PATH", str(event))
    return event


def test_the_comment_goes_to_the_pull_request_of_the_event(
    leakgate: Command, hub: Forge, result: Path
) -> None:
    """The exit code says that it arrived; the verdict is the scan's business."""
    run = leakgate("publish", "github", "--result", result)

    assert (0, "") == (run.code, run.out)
    assert [("POST", "/repos/o/r/issues/5/comments")] == hub.writes()


def test_what_is_refused_goes_to_the_step_summary(
    leakgate: Command, hub: Forge, result: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fork's token may only read."""
    summary = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    hub.answer("POST", "/comments", Answer(403))

    run = leakgate("publish", "github", "--result", result)

    assert 0 == run.code
    assert "leakgate: BLOCKED" in summary.read_text()
    assert "it needs pull-requests: write" in run.err


def test_what_is_refused_without_a_summary_is_an_error(leakgate: Command, hub: Forge, result: Path) -> None:
    hub.answer("POST", "/comments", Answer(403))

    assert 4 == leakgate("publish", "github", "--result", result).code


def test_an_error_of_the_host_is_an_error(
    leakgate: Command, hub: Forge, result: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where there is a step summary: nobody refused anything."""
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    hub.answer("POST", "/comments", Answer(500), Answer(500))

    assert 4 == leakgate("publish", "github", "--result", result).code


def test_the_run_for_a_fork_finds_its_pull_request(
    leakgate: Command, hub: Forge, result: Path, job: Path
) -> None:
    head = {"owner": {"login": "fork"}}
    run = {"head_sha": SHA, "head_branch": "fix", "head_repository": head, "pull_requests": []}
    job.write_text(json.dumps({"workflow_run": run}))
    hub.pulls = [{"number": 9, "head": {"sha": SHA}, "url": f"{hub.url}/repos/o/r/pulls/9"}]

    leakgate("publish", "github", "--result", result)

    assert [("POST", "/repos/o/r/issues/9/comments")] == hub.writes()


def test_a_forged_result_is_refused_before_anything_is_sent(
    leakgate: Command, hub: Forge, result: Path
) -> None:
    """A pull request cannot publish a pass for itself by changing the outcome."""
    document = json.loads(result.read_text())
    document["verdict"]["outcome"] = "pass"
    result.write_text(json.dumps(document))

    assert (2, []) == (leakgate("publish", "github", "--result", result).code, hub.requests)


@pytest.mark.parametrize("missing", ["GITHUB_TOKEN", "GITHUB_REPOSITORY"])
def test_what_is_missing_is_named(
    leakgate: Command, result: Path, missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(missing)

    run = leakgate("publish", "github", "--result", result)

    assert 2 == run.code
    assert ("GITHUB_TOKEN" if missing == "GITHUB_TOKEN" else "--repository") in run.err


def test_a_note_goes_to_the_merge_request_of_the_job(
    leakgate: Command, result: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with forge(login="leak-bot") as lab:
        monkeypatch.setenv("GITLAB_TOKEN", "t" * 12)
        monkeypatch.setenv("CI_SERVER_URL", lab.url)
        monkeypatch.setenv("CI_PROJECT_ID", "42")
        monkeypatch.setenv("CI_MERGE_REQUEST_IID", "3")

        run = leakgate("publish", "gitlab", "--result", result)

    assert 0 == run.code
    assert [("POST", "/api/v4/projects/42/merge_requests/3/notes")] == lab.writes()


@pytest.mark.parametrize("url", ["notaurl", "http://[::1", "ftp://x", ""])
def test_an_address_that_is_none_is_told(leakgate: Command, result: Path, url: str) -> None:
    run = leakgate("publish", "github", "--result", result, "--repository", "o/r", "--api-url", url or "//")

    assert 4 == run.code
    assert "internal error" not in run.err


@pytest.mark.parametrize("name", ["noslash", "../../user", "o/..", "o/r/../../x", "o/r?x", "o/r\n"])
def test_a_name_that_leads_elsewhere_is_not_asked_for(
    leakgate: Command, result: Path, hub: Forge, name: str
) -> None:
    """The token goes to that repository and to no other address of the host."""
    run = leakgate("publish", "github", "--result", result, "--repository", name, "--api-url", hub.url)

    assert (4, []) == (run.code, hub.requests)


def test_advice_comes_from_the_rules_and_not_from_the_result(
    leakgate: Command, hub: Forge, tmp_path: Path
) -> None:
    """Whoever forges a result cannot send people who trust the gate's comment somewhere else."""
    (tmp_path / "a.log").write_text(f"token {tokens.github()}\n")
    path = tmp_path / "result.json"
    leakgate("scan", tmp_path / "a.log", "-q", "--report", f"json={path}")
    forged = json.loads(path.read_text())
    for rule in forged["rules"]:
        rule["remediation"] = "Log in at evil.example"
        rule["reference"] = "https://evil.example/revoke"
    forged["rules"].append({**forged["rules"][0], "id": "of-no-rule", "name": "Of a pack"})
    path.write_text(json.dumps(forged))

    run = leakgate("publish", "github", "--result", path, "--check")

    sent = json.dumps([hub.comments, hub.checks])
    assert (0, True, False) == (run.code, "GitHub" in sent, "evil.example" in sent)
