"""Whatever judges and lies in the repository is the base's; which commit that is, no other ref can say."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from leakgate.cli.gate import Asked, Gate, open_gate
from leakgate.findings.fixture_files import fixture_texts
from leakgate.model.errors import UsageError
from leakgate.policy.committed_files import FilesOfCommit
from leakgate.policy.git_tree import Repository, open_tree
from tests.conftest import Command
from tests.kit.git import Checkout, repository

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

TODAY = date(2030, 6, 15)
POLICY = "version: 1\nname: base\nextends: default\n"
LAX = "version: 1\nname: lax\nclauses: [{id: all, when: {}, then: allow}]\n"
RULES = "[[rules]]\nid = 'acme'\ndescription = 'x'\nregex = 'ACMEKEY-[0-9a-f]{32}'\nkeywords = ['acmekey']\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checkout:
    """A policy, rules and a list of known values on `main`; `pr` is checked out."""
    made = repository(tmp_path / "project")
    made.write(".leakgate/policy.yaml", POLICY)
    made.write("rules.toml", RULES)
    made.write("values.env", "STAGING_KEY=" + "kept-value-" + "7381920455\n")
    made.commit()
    made.git("checkout", "--quiet", "-b", "pr")
    made.commit(src="x")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.log").write_text("using ACMEKEY-" + "0123456789abcdef" * 2 + "\n")
    monkeypatch.chdir(made.folder)
    return made


def opened(base: str, **asked: str) -> Gate:
    return open_gate(Asked(None, base_ref=base, **asked), TODAY)


def lax_commit(project: Checkout) -> str:
    project.git("checkout", "--quiet", "-b", "evil", "main")
    project.write(".leakgate/policy.yaml", LAX)
    made = project.commit()
    project.git("checkout", "--quiet", "pr")
    return made


@pytest.mark.parametrize("rival", ["refs/tags/main", "refs/main", "refs/remotes/main"])
def test_another_ref_of_the_name_that_differs_is_an_error(project: Checkout, rival: str) -> None:
    """Both are named, so that one can write the one that is meant; then it is taken."""
    project.git("update-ref", rival, lax_commit(project))

    with pytest.raises(UsageError, match="means several commits here"):
        opened("main")

    assert "base" == opened("refs/heads/main").policy.identity.name


def test_another_ref_of_the_same_commit_is_none(project: Checkout) -> None:
    project.git("tag", "-a", "-m", "x", "main", "refs/heads/main")

    assert "base" == opened("main").policy.identity.name


def test_a_tag_is_taken_if_it_is_named_as_one(project: Checkout) -> None:
    """A branch that is gone is not replaced by a tag of its name."""
    project.git("tag", "v1", "main")

    with pytest.raises(UsageError, match="is a tag here, not a branch"):
        opened("v1")

    assert "base" == opened("refs/tags/v1").policy.identity.name


@pytest.mark.parametrize("rival", ["refs/tags/refs/heads/gone", "refs/heads/refs/heads/gone"])
def test_a_full_name_is_looked_up_nowhere_else(project: Checkout, rival: str) -> None:
    project.git("update-ref", rival, lax_commit(project))

    with pytest.raises(UsageError, match="is not in this clone"):
        opened("refs/heads/gone")


def test_a_symbolic_ref_is_no_branch(project: Checkout) -> None:
    lax_commit(project)
    project.git("symbolic-ref", "refs/remotes/origin/main", "refs/heads/evil")

    with pytest.raises(UsageError, match="symbolic ref"):
        opened("origin/main")


def test_a_short_hash_is_no_ref(project: Checkout) -> None:
    """A ref that is called like the beginning of a hash is not taken for it."""
    short = project.git("rev-parse", "--short=12", "main")
    lax = lax_commit(project)
    project.git("update-ref", f"refs/{short}", lax)
    (project.folder / ".git" / short).write_text(f"{lax}\n")

    assert "base" == opened(short).policy.identity.name


def test_steps_and_reflogs(project: Checkout) -> None:
    """Steps from a commit are history; a reflog is what this clone remembers, and nobody else."""
    assert "base" == opened("HEAD~1").policy.identity.name

    with pytest.raises(UsageError, match="is no name of a commit"):
        opened("main@{0}")


def test_a_configuration_does_not_move_the_checkout(project: Checkout, tmp_path: Path) -> None:
    """With `core.worktree` elsewhere, a named policy would lie outside, and be read from the disk."""
    project.write(".leakgate/policy.yaml", LAX)
    project.git("config", "core.worktree", str(tmp_path))

    gate = open_gate(Asked(".leakgate/policy.yaml", base_ref="main"), TODAY)

    assert "base" == gate.policy.identity.name


def test_a_policy_from_elsewhere_extends_the_base(project: Checkout, tmp_path: Path) -> None:
    """What it extends in the repository is not the working tree's."""
    project.write(".leakgate/policy.yaml", LAX)
    (tmp_path / "own.yaml").write_text("version: 1\nextends: project/.leakgate/policy.yaml\n")

    gate = open_gate(Asked("../own.yaml", base_ref="main"), TODAY)

    assert "all" not in {clause.id for clause in gate.policy.clauses}


@pytest.mark.parametrize("commits", [False, True])
def test_rules_are_the_base_s(leakgate: Command, project: Checkout, *, commits: bool) -> None:
    """Whoever empties them is found out, committed or not."""
    project.write("rules.toml", RULES.replace("ACME", "NONE").replace("acmekey", "none"))
    if commits:
        project.commit()

    run = leakgate("scan", "../out", "--base-ref", "main", "--rules", "rules.toml", "--format", "json")

    found = {one["rule"]: one["masked"] for one in json.loads(run.out)["findings"]}
    deed = "changed" if commits else "changed, not committed"
    assert f"its rules: {deed}" == found.pop("gate-change")
    assert any("acme" in rule for rule in found)


def test_known_values_are_the_base_s(leakgate: Command, project: Checkout) -> None:
    """A list that the run emptied still guards what it held."""
    (project.folder.parent / "out" / "a.log").write_text("DEBUG " + "kept-value-" + "7381920455\n")
    project.write("values.env", "STAGING_KEY=" + "another-value-" + "55102938\n")

    run = leakgate(
        "scan", "../out", "--base-ref", "main", "--known-values-file", "values.env", "--format", "json"
    )

    found = {one["rule"]: one["masked"] for one in json.loads(run.out)["findings"]}
    assert "its list of known values: changed, not committed" == found.pop("gate-change")
    assert 1 == len(found)


@pytest.mark.parametrize(
    ("path", "how", "deed"),
    [
        (".leakgate/policy.yaml", "write", "changed, not committed"),
        (".leakgate/policy.yaml", "stage", "changed, not committed"),
        (".leakgate/policy.yaml", "remove", "deleted, not committed"),
        (".leakgate/policy.yaml", "link", "made a symbolic link, not committed"),
        (".github/workflows/gate.yml", "stage", "added, not committed"),
    ],
)
def test_what_is_not_committed_is_told(project: Checkout, path: str, how: str, deed: str) -> None:
    """On disk or in the index alone."""
    project.write(path, LAX + "# leakgate\n")
    at = project.folder / path
    if how == "stage":
        project.git("add", path)
        at.unlink() if "workflows" in path else at.write_text(POLICY)
    elif how in ("remove", "link"):
        at.unlink()
    if how == "link":
        at.symlink_to("elsewhere")

    assert [(path, deed)] == [(one.path, one.deed) for one in opened("main").changes or ()]


def test_line_ends_of_another_system_are_no_change(project: Checkout) -> None:
    (project.folder / ".leakgate" / "policy.yaml").write_bytes(POLICY.replace("\n", "\r\n").encode())

    assert () == opened("main").changes


def test_code_owners_of_the_working_tree_approve_of_nothing(project: Checkout, tmp_path: Path) -> None:
    """Also where the waivers lie outside of the repository."""
    (tmp_path / "w.yaml").write_text(
        f"version: 1\nwaivers:\n  - {{fingerprint: lg1:{'0' * 32}, reason: r, owner: o, approver: eve,"
        " created: 2030-06-01, expires: 2030-07-01}\n"
    )
    (tmp_path / "p.yaml").write_text("version: 1\nextends: default\nacceptance: {codeowners: true}\n")
    project.write(".github/CODEOWNERS", "* @eve\n")

    gate = open_gate(Asked("../p.yaml", waivers="../w.yaml", base_ref="main"), TODAY)

    assert () == gate.accepted.owners


@pytest.mark.parametrize("allowed", [True, False])
def test_a_policy_can_refuse_waivers_for_a_test(
    leakgate: Command, project: Checkout, *, allowed: bool
) -> None:
    """Whatever runs can print under the name of any test."""
    today = datetime.now(UTC).date()
    out = project.folder.parent / "out"
    (out / "junit.xml").write_text(
        '<testsuites><testsuite name="s"><testcase classname="tests.t" name="test_a"><system-out>email: '
        "ottilie.brandwein" + "@" + "northby-mail.org</system-out></testcase></testsuite></testsuites>"
    )
    (project.folder.parent / "w.yaml").write_text(
        'version: 1\nwaivers:\n  - {scope: {entity: EMAIL_ADDRESS, test: "tests.t::test_a"}, reason: r,'
        " owner: o,"
        f" approver: a, created: {today}, expires: {today + timedelta(days=5)}}}\n"
    )
    (project.folder.parent / "p.yaml").write_text(
        f"version: 1\nextends: default\nacceptance: {{test_scopes: {str(allowed).lower()}}}\n"
    )

    run = leakgate("scan", "../out", "--policy", "../p.yaml", "--waivers", "../w.yaml", "--format", "json")

    assert {"waived" if allowed else "block"} == {
        one["decision"]["action"] for one in json.loads(run.out)["findings"]
    }
    assert allowed or "the policy lets no waiver be scoped to a test alone" in run.out


def test_a_hundred_thousand_files_take_no_time(tmp_path: Path) -> None:
    """Fixtures are found in a commit of that size in seconds of processor time."""
    made = repository(tmp_path / "large")
    made.write("blob", "ottilie")
    blob = made.git("hash-object", "-w", "blob")
    names = [f"folder-{one}/a-{two}.txt" for one in range(500) for two in range(200)]
    lines = "".join(f"100644 {blob}\t{name}\n" for name in (*names, "tests/users.txt"))
    command = ["git", "update-index", "--index-info"]
    subprocess.run(command, cwd=made.folder, input=lines.encode(), check=True)
    made.git("commit", "--quiet", "--message", "many")

    began = time.process_time()
    files = FilesOfCommit(open_tree(Repository(made.folder, {"PATH": "/usr/bin:/bin"}), "HEAD"))
    found = dict(fixture_texts(files, made.folder))

    assert {"tests/users.txt": "ottilie"} == found
    assert time.process_time() - began < 5
