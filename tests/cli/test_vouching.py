"""What a pull request or a test run writes excuses nothing: fixtures and marks count as committed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Command
from tests.kit import tokens
from tests.kit.git import Checkout, repository

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

MAIL = "ottilie.brandwein" + "@" + "northby-mail.org"
MARKS = "version: 1\nname: marks\nextends: default\nacceptance: {inline_marks: true}\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checkout:
    """A repository with one commit on `main`; the branch `pr` is checked out, and `out` lies beside it."""
    made = repository(tmp_path / "project")
    made.write("README", "x\n")
    made.commit()
    made.git("checkout", "--quiet", "-b", "pr")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "app.log").write_text(f"INFO customer email: {MAIL}\n")
    monkeypatch.chdir(made.folder)
    return made


def on_main(project: Checkout, **files: str) -> None:
    """Commits to the base, and to nothing else."""
    project.git("checkout", "--quiet", "main")
    project.commit(**files)
    project.git("checkout", "--quiet", "-B", "pr")


def scanned(leakgate: Command, *options: str) -> dict[str, Any]:
    run = leakgate("scan", "../out", "--source-root", ".", "--format", "json", *options)
    assert run.out, run.err
    told: dict[str, Any] = json.loads(run.out)
    told["notes"] = run.err
    return told


def reasons(result: dict[str, Any]) -> list[str | None]:
    return [one["synthetic"] for one in result["findings"] if one["rule"] != "gate-change"]


def changes(result: dict[str, Any]) -> list[tuple[str, str]]:
    found = [one for one in result["findings"] if one["rule"] == "gate-change"]
    return [(one["location"]["path"], one["masked"]) for one in found]


def test_a_fixture_of_the_base_vouches_and_says_where(leakgate: Command, project: Checkout) -> None:
    """The reason names the file and the commit, in the report for people as well."""
    on_main(project, tests__fixtures__users=f'["{MAIL}"]')
    commit = project.git("rev-parse", "main")[:12]

    assert [f"stands in tests/fixtures/users at {commit}"] == reasons(scanned(leakgate, "--base-ref", "main"))
    assert f"at {commit}" in leakgate("scan", "../out", "--source-root", ".", "-v").out


def test_a_fixture_that_the_change_adds_is_a_finding(leakgate: Command, project: Checkout) -> None:
    """It excuses nothing, and whoever reviews sees that it would have."""
    project.commit(tests__fixtures__users=f'["{MAIL}"]', tests__fixtures__others='["nobody"]')

    result = scanned(leakgate, "--base-ref", "main")

    assert [None] == reasons(result)
    assert [("tests/fixtures/users", "a fixture: would excuse what this run wrote, and does not")] == changes(
        result
    )


def test_what_the_change_adds_and_nothing_needs_is_no_finding(leakgate: Command, project: Checkout) -> None:
    project.commit(tests__fixtures__users='["somebody.else" ]')

    assert [] == changes(scanned(leakgate, "--base-ref", "main"))


@pytest.mark.parametrize("base", [("--base-ref", "main"), ()])
def test_what_is_not_committed_vouches_for_nothing(
    leakgate: Command, project: Checkout, base: tuple[str, ...]
) -> None:
    """Neither written over a tracked file, nor new, nor only in the index."""
    on_main(project, tests__fixtures__users="old")
    project.write("tests/fixtures/users", MAIL)
    project.write("tests/fixtures/new", MAIL)
    project.write("tests/fixtures/staged", MAIL)
    project.git("add", "tests/fixtures/staged")

    assert [None] == reasons(scanned(leakgate, *base))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("tests/cassettes/a.yaml", "body: {}"),
        ("tests/fixtures/vcr_cassettes/a.yml", "x: {}"),
        ("tests/__snapshots__/a.ambr", "{}"),
        ("tests/__snapshots__/a.test.ts.snap", "{}"),
        ("tests/snapshots/a.txt", "{}"),
        ("tests/fixtures/a.har", "{}"),
        ("tests/fixtures/session.har.json", "{}"),
        ("tests/fixtures/nock/a.json", "[{}]"),
        ("tests/wiremock/mappings/a.json", "{}"),
        ("tests/data/a.json", '{{"http_interactions": ["{}"]}}'),
        ("tests/data/a.json", '{{"log": {{"entries": [{{"startedDateTime": "x", "t": "{}"}}]}}}}'),
        ("tests/data/a.yaml", "interactions:\n- request:\n    uri: x\n  response:\n    body: {}\n"),
        (
            "tests/data/a.json",
            '[{{"scope":"https://x","method":"GET","response":{{"e":"{}"}},"status":200}}]',
        ),
        ("tests/data/a.toml", '[[r]]\nurl = "x"\n[r.response]\nresponse = 1\nbody = "{}"\nstatus = 200\n'),
        ("tests/data/a.xml", "<item><request>x</request><response>{}</response><status>200</status></item>"),
        ("tests/a.test.js", "expect(x).toMatchInlineSnapshot(`{}`)"),
        ("tests/test_a.py", "assert x == snapshot('{}')"),
        ("tests/test_a.rs", 'insta::assert_snapshot!(x, @"{}")'),
        ("tests/data/http.txt", "HTTP/1.1 200 OK\nContent-Type: x\n\n{}"),
    ],
)
def test_a_recording_is_no_fixture(leakgate: Command, project: Checkout, path: str, text: str) -> None:
    """Not even one of the base: what it holds came out of a system that ran."""
    on_main(
        project, **{path.replace("/", "__"): text.replace("{}", MAIL).replace("{{", "{").replace("}}", "}")}
    )

    assert [None] == reasons(scanned(leakgate, "--base-ref", "main"))


def test_a_link_to_a_fixture_is_none(leakgate: Command, project: Checkout) -> None:
    """What a link leads to is not in the commit."""
    project.git("checkout", "--quiet", "main")
    (project.folder.parent / "elsewhere").write_text(MAIL)
    (project.folder / "tests").mkdir()
    (project.folder / "tests" / "users").symlink_to(project.folder.parent / "elsewhere")
    project.commit()

    assert [None] == reasons(scanned(leakgate))


def test_without_git_nothing_vouches_and_a_note_says_so(leakgate: Command, project: Checkout) -> None:
    on_main(project, tests__fixtures__users=MAIL)
    shutil.rmtree(project.folder / ".git")

    result = scanned(leakgate)

    assert [None] == reasons(result)
    assert "no fixture of --source-root vouches for a value: it is in no git repository" in result["notes"]


def test_another_owner_vouches_for_nothing(
    leakgate: Command, project: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where git does not trust the checkout, nothing is taken from the disk instead."""
    project.write("tests/fixtures/users", MAIL)
    monkeypatch.setattr(
        "leakgate.cli.environment.for_git",
        lambda: {"PATH": "/usr/bin:/bin", "GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"},
    )

    result = scanned(leakgate)

    assert [None] == reasons(result)
    assert "belongs to another user" in result["notes"]


def test_fixtures_of_a_worktree_and_of_a_folder_below(
    leakgate: Command, project: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Paths count from the source root, wherever that is in the repository."""
    on_main(project, shop__tests__users=MAIL)
    project.git("worktree", "add", "--quiet", "../other", "main")
    commit = project.git("rev-parse", "main")[:12]

    run = leakgate("scan", "../out", "--source-root", "../other/shop", "--format", "json")

    assert [f"stands in tests/users at {commit}"] == reasons(json.loads(run.out))


def test_replaced_and_grafted_objects_do_not_count(leakgate: Command, project: Checkout) -> None:
    """`git replace` in the checkout changes what git shows, not what was committed."""
    on_main(project, tests__users="old")
    project.write("forged", MAIL)
    forged = project.git("hash-object", "-w", "forged")
    project.git("replace", project.git("rev-parse", "main:tests/users"), forged)

    assert [None] == reasons(scanned(leakgate, "--base-ref", "main"))


def test_a_forged_object_is_not_believed(leakgate: Command, project: Checkout) -> None:
    """Bytes that do not hash to their name were never committed."""
    import zlib

    on_main(project, tests__users="old")
    name = project.git("rev-parse", "main:tests/users")
    loose = project.folder / ".git" / "objects" / name[:2] / name[2:]
    loose.chmod(0o644)
    loose.write_bytes(zlib.compress(f"blob {len(MAIL)}\0{MAIL}".encode()))

    assert [None] == reasons(scanned(leakgate, "--base-ref", "main"))


def marked(project: Checkout, token: str) -> None:
    out = project.folder.parent / "out"
    (out / "app.log").write_text(f"INFO [app/pay.py:1] token {token}\n")
    project.write("app/pay.py", f'TOKEN = "{token}"  # gitleaks:allow\n')


def test_a_mark_counts_only_if_the_policy_says_so(leakgate: Command, project: Checkout) -> None:
    token = tokens.github()
    project.git("checkout", "--quiet", "main")
    marked(project, token)
    project.commit()
    assert [None] == reasons(scanned(leakgate))

    (project.folder.parent / "p.yaml").write_text(MARKS)
    commit = project.git("rev-parse", "HEAD")[:12]
    assert [f"marked as no secret in app/pay.py at {commit}"] == reasons(
        scanned(leakgate, "--policy", "../p.yaml")
    )


def test_a_mark_that_the_change_adds_is_a_finding(leakgate: Command, project: Checkout) -> None:
    """It excuses nothing: not committed, and committed by the change, alike."""
    (project.folder.parent / "p.yaml").write_text(MARKS)
    marked(project, tokens.github())
    options = ("--base-ref", "main", "--policy", "../p.yaml")
    assert [None] == reasons(scanned(leakgate, *options))

    project.commit()
    result = scanned(leakgate, *options)

    assert [None] == reasons(result)
    assert [
        ("app/pay.py", "a mark in the source: would excuse what this run wrote, and does not")
    ] == changes(result)
