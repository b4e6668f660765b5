"""A pull request that edits the gate: the base judges, and the attempt is a finding; in real repositories."""

from __future__ import annotations

import json
import os
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from leakgate.cli.gate import Asked, Gate, open_gate
from leakgate.model.errors import LeakgateError, PolicyError, UsageError
from tests.conftest import Command
from tests.kit import tokens
from tests.kit.git import Checkout, repository

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

TODAY = date(2030, 6, 15)
KEY = "a key of tests, long enough"
POLICY = "version: 1\nname: base\nextends: default\n"
LAX = "version: 1\nname: lax\nclauses: [{id: all, when: {}, then: allow}]\n"
WORKFLOW = "jobs:\n  test:\n    steps:\n      - run: leakgate scan out --base-ref origin/main\n"
WAIVER = (
    "version: 1\nwaivers:\n  - {{fingerprint: {0}, reason: r, owner: o, approver: {1}, created: 2030-06-01,"
    " expires: 2030-07-01}}\n"
)
SOME = "lg1:" + "0" * 32


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checkout:
    """A repository with a policy and a workflow on `main`; the branch `pr` is checked out."""
    made = repository(tmp_path / "project")
    made.write(".leakgate/policy.yaml", POLICY)
    made.write(".github/workflows/ci.yml", WORKFLOW)
    made.write(".github/workflows/docs.yml", "jobs: {}\n")
    made.write("src/app.py", "print('hello')\n")
    made.commit()
    made.git("checkout", "--quiet", "-b", "pr")
    monkeypatch.chdir(made.folder)
    monkeypatch.setenv("LEAKGATE_KEY", KEY)
    return made


def opened(base: str = "main", **asked: str) -> Gate:
    return open_gate(Asked(asked.pop("policy", None), base_ref=base, **asked), TODAY)


def changed(gate: Gate) -> list[tuple[str, str]]:
    return [(change.path, change.deed) for change in gate.changes or ()]


def leaky(project: Checkout) -> Path:
    out = project.folder.parent / "out"
    out.mkdir()
    (out / "app.log").write_text(f"DEBUG token={tokens.github()} ok\n")
    return out


def test_a_change_of_anything_else_is_none_of_the_gate(project: Checkout) -> None:
    """Code, other workflows, other ignore files."""
    project.write("src/app.py", "print('bye')\n")
    project.write(".github/workflows/docs.yml", "jobs: {docs: {}}\n")
    project.write(".gitignore", "*.pyc\n")
    project.commit()

    assert [] == changed(opened())


def test_the_policy_of_the_base_judges(leakgate: Command, project: Checkout) -> None:
    """A pull request that allows everything stays red, and its report says what it tried."""
    out = leaky(project)
    project.write(".leakgate/policy.yaml", LAX)
    project.commit()

    run = leakgate("scan", out, "--base-ref", "main", "--format", "json")

    document = json.loads(run.out)
    decided = {one["entity"]: one["decision"]["action"] for one in document["findings"]}
    assert 1 == run.code
    assert {"GITHUB_TOKEN": "block", "GATE_CHANGE": "warn"} == decided
    assert ("base", "git:main:.leakgate/policy.yaml") == (
        document["policy"]["name"],
        document["policy"]["source"],
    )


def test_a_change_of_the_gate_blocks_by_the_strict_policy(leakgate: Command, project: Checkout) -> None:
    """Whatever was found beside it."""
    out = project.folder.parent / "clean"
    out.mkdir()
    (out / "app.log").write_text("42 passed\n")
    project.write(".github/workflows/ci.yml", WORKFLOW + "        continue-on-error: true\n")
    project.commit()

    run = leakgate("scan", out, "--policy", "strict", "--base-ref", "main")

    assert 1 == run.code
    assert ".github/workflows/ci.yml" in run.out
    assert 0 == leakgate("scan", out, "--policy", "strict", "--base-ref", "HEAD").code


def test_waivers_and_baseline_of_the_base_judge(leakgate: Command, project: Checkout) -> None:
    """What a pull request adds to them counts from the day on which it is merged."""
    out = leaky(project)
    found = json.loads(leakgate("scan", out, "--format", "json").out)["findings"][0]["fingerprint"]
    leakgate("baseline", "create", out)
    today = datetime.now(UTC).date().isoformat()
    project.write(
        ".leakgate/waivers.yaml",
        f"version: 1\nwaivers:\n  - {{fingerprint: '{found}', reason: r, owner: o, approver: a,"
        f" created: {today}, expires: {today}}}\n",
    )
    project.commit()
    options = ("--waivers", ".leakgate/waivers.yaml", "--baseline", ".leakgate/baseline")

    assert 0 == leakgate("scan", out, *options).code
    judged = leakgate("scan", out, "--base-ref", "main", *options, "--format", "json")
    assert 1 == judged.code
    paths = {one["location"]["path"] for one in json.loads(judged.out)["findings"]}
    assert {".leakgate/waivers.yaml", ".leakgate/baseline", ".leakgate/.gitattributes"} <= paths

    project.git("checkout", "--quiet", "main")
    project.git("merge", "--quiet", "pr")
    assert 0 == leakgate("scan", out, "--base-ref", "main").code


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (".leakgate/policy.yaml", LAX),
        (".leakgate/more.yaml", POLICY),
        (".LeakGate/policy.yaml", LAX),
        (".leakgateignore", "*\n"),
        (".github/workflows/ci.yml", "jobs: {}\n"),
        (".github/workflows/new.yml", WORKFLOW),
        (".gitlab-ci.yml", "scan: {script: leakgate scan out || true}\n"),
        (".pre-commit-config.yaml", "repos: [{repo: https://example.com/leakgate}]\n"),
        (".gitattributes", ".leakgate/baseline -merge\n"),
        (".gitignore", ".leakgate/\n"),
        ("Makefile", "gate:\n\tleakgate scan out || true\n"),
        ("requirements-ci.txt", "leakgate-ci==0.0.1\n"),
        ("CODEOWNERS", "/.leakgate/ @eve\n"),
    ],
)
def test_every_file_of_the_gate_counts(project: Checkout, path: str, text: str) -> None:
    """Policy, ignore files, the step that runs it, what installs it, who owns it."""
    project.write(path, text)
    project.commit()

    assert [path] == [found for found, _ in changed(opened())]


def test_owners_of_something_else_are_none_of_the_gate(project: Checkout) -> None:
    """CODEOWNERS counts where it changes who owns the gate."""
    project.write("CODEOWNERS", "/src/ @dev\n")
    project.commit()

    assert [] == changed(opened())


def test_a_policy_elsewhere_is_a_file_of_the_gate(project: Checkout) -> None:
    """Wherever `--policy` says that it is, and all that it extends."""
    project.git("checkout", "--quiet", "main")
    project.write("ci/gate.yaml", "version: 1\nname: gate\nextends: shared/rules.yaml\n")
    project.write("ci/shared/rules.yaml", POLICY)
    project.commit()
    project.git("checkout", "--quiet", "-b", "pr2")
    project.write("ci/shared/rules.yaml", LAX)
    project.commit()

    gate = opened(policy="ci/gate.yaml")

    assert "gate" == gate.policy.identity.name
    assert "all" not in {clause.id for clause in gate.policy.clauses}
    assert [("ci/shared/rules.yaml", "changed")] == changed(gate)


def test_foreign_rules_are_files_of_the_gate(project: Checkout) -> None:
    """They are read as they stand, so whoever empties them is told."""
    project.write("ci/gitleaks.toml", "title = 'fewer rules'\n")
    project.commit()

    gate = open_gate(Asked(None, base_ref="main", rules=("ci/gitleaks.toml",)), TODAY)

    assert [("ci/gitleaks.toml", "added")] == changed(gate)


def test_a_renamed_policy(project: Checkout) -> None:
    """It is gone from its place; the base still has it."""
    project.git("mv", ".leakgate/policy.yaml", "policy.yaml")
    project.commit()

    gate = opened()

    assert "base" == gate.policy.identity.name
    assert [(".leakgate/policy.yaml", "deleted or moved away")] == changed(gate)


def test_a_policy_that_became_a_link(project: Checkout) -> None:
    """The base has the file, the pull request a link: the file judges, and the link is told."""
    project.write("lax.yaml", LAX)
    (project.folder / ".leakgate/policy.yaml").unlink()
    (project.folder / ".leakgate/policy.yaml").symlink_to("../lax.yaml")
    project.commit()

    gate = opened()

    assert "base" == gate.policy.identity.name
    assert [(".leakgate/policy.yaml", "made a symbolic link")] == changed(gate)


def test_a_folder_that_became_a_link(project: Checkout) -> None:
    """With all that was in it."""
    shutil.rmtree(project.folder / ".leakgate")
    project.write("elsewhere/policy.yaml", LAX)
    (project.folder / ".leakgate").symlink_to("elsewhere")
    project.commit()

    assert (".leakgate", "made a symbolic link") in changed(opened())


@pytest.mark.parametrize("linked", [".leakgate", ".leakgate/policy.yaml"])
def test_a_link_in_the_base_is_refused(project: Checkout, linked: str) -> None:
    """What it leads to is not in the commit."""
    project.git("checkout", "--quiet", "main")
    shutil.rmtree(project.folder / ".leakgate")
    project.write("elsewhere/policy.yaml", LAX)
    (project.folder / linked).parent.mkdir(exist_ok=True)
    (project.folder / linked).symlink_to("elsewhere")
    project.commit()

    with pytest.raises(UsageError, match="symbolic link"):
        opened()


def test_a_gate_that_became_a_submodule(project: Checkout) -> None:
    """Its files come from elsewhere then: told in a pull request, refused in the base."""
    inner = repository(project.folder.parent / "inner")
    inner.commit(policy="x")
    project.git("rm", "-r", "--quiet", ".leakgate")
    project.git(
        "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(inner.folder), ".leakgate"
    )
    project.commit()

    assert (".leakgate", "made a submodule") in changed(opened())
    with pytest.raises(UsageError, match="submodule"):
        opened(base="HEAD", policy=".leakgate/policy.yaml")


def test_a_shallow_clone(project: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the command, and after it the gate works."""
    for number in range(3):
        project.commit(**{f"f{number}": "x"})
    project.write(".leakgate/policy.yaml", LAX)
    project.commit()
    clone = project.clone(
        project.folder.parent / "shallow", "--depth", "1", "--branch", "pr", "--no-single-branch"
    )
    monkeypatch.chdir(clone.folder)

    with pytest.raises(UsageError, match="shallow") as caught:
        opened("origin/main")
    assert "git fetch --unshallow origin" in caught.value.hint

    clone.git("fetch", "--quiet", "--unshallow", "origin")
    gate = opened("origin/main")
    assert ("base", [(".leakgate/policy.yaml", "changed")]) == (gate.policy.identity.name, changed(gate))


def test_a_missing_base(project: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    """A clone of one branch lacks the other; the error says how to fetch it."""
    clone = project.clone(project.folder.parent / "single", "--single-branch", "--branch", "pr")
    monkeypatch.chdir(clone.folder)

    with pytest.raises(UsageError) as caught:
        opened("origin/main")
    assert "git fetch origin +refs/heads/main:refs/remotes/origin/main" in caught.value.hint

    clone.git("fetch", "--quiet", "origin", "+refs/heads/main:refs/remotes/origin/main")
    assert "base" == opened("origin/main").policy.identity.name


def test_a_fork(project: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fork's own main may say what it likes; the base is that of the project."""
    project.git("checkout", "--quiet", "main")
    fork = project.clone(project.folder.parent / "fork")
    fork.write(".leakgate/policy.yaml", LAX)
    fork.commit()
    fork.git("checkout", "--quiet", "-b", "feature")
    fork.commit(new="x")
    project.commit(later="x")
    fork.git("remote", "add", "upstream", project.folder.as_uri())
    fork.git("fetch", "--quiet", "upstream")
    monkeypatch.chdir(fork.folder)

    gate = opened("upstream/main")

    assert ("base", [(".leakgate/policy.yaml", "changed")]) == (gate.policy.identity.name, changed(gate))


def test_an_old_starting_point_is_no_way_back(project: Checkout) -> None:
    """The base judges as it is now, not as it was where the branch began; its own changes are no finding."""
    project.git("checkout", "--quiet", "main")
    project.write(".leakgate/policy.yaml", POLICY.replace("base", "stricter").replace("default", "strict"))
    project.commit()
    project.git("checkout", "--quiet", "pr")
    project.commit(code="x")

    gate = opened()

    assert ("stricter", []) == (gate.policy.identity.name, changed(gate))


def test_unrelated_histories(project: Checkout) -> None:
    """There is nothing to compare with."""
    project.git("checkout", "--quiet", "--orphan", "other")
    project.commit(code="x")

    with pytest.raises(UsageError, match="no common history"):
        opened()


@pytest.mark.parametrize(
    "ref", ["nope", "-c", "--upload-pack=x", "main:x", "main..pr", "a b", "", "\n", "0" * 40, "main^{tree}"]
)
def test_what_is_no_base_is_an_error(project: Checkout, ref: str) -> None:
    """A misspelt name, an option, a tree, a range: never a pass by accident."""
    with pytest.raises(UsageError):
        opened(ref)


def test_outside_of_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Said in so many words."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))

    with pytest.raises(UsageError, match="not in a git repository"):
        opened()


def test_a_base_without_a_policy(project: Checkout) -> None:
    """Without `--policy` the shipped one judges; a named one must be there."""
    project.git("checkout", "--quiet", "main")
    project.git("rm", "--quiet", ".leakgate/policy.yaml")
    project.commit()
    project.git("checkout", "--quiet", "-b", "adopting")
    project.write(".leakgate/policy.yaml", LAX)
    project.commit()

    assert "builtin" == opened().policy.identity.source
    with pytest.raises(UsageError, match="has no policy"):
        opened(policy=".leakgate/policy.yaml")


def test_a_file_of_that_name_in_the_working_tree_is_not_read(project: Checkout) -> None:
    """`--policy NAME` without a slash is a file of the base as well."""
    project.write("lax", LAX)
    project.commit()

    with pytest.raises(UsageError, match="has no policy"):
        opened(policy="lax")


def test_what_the_working_tree_holds_does_not_matter(project: Checkout) -> None:
    """Neither edits that are not committed nor files that are missing."""
    shutil.rmtree(project.folder / ".leakgate")

    assert "base" == opened().policy.identity.name


def test_from_a_folder_below(project: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    """The usual names count from the root, given ones from where the command runs."""
    monkeypatch.chdir(project.folder / "src")

    assert "base" == opened().policy.identity.name
    assert "base" == opened(policy="../.leakgate/policy.yaml").policy.identity.name


def test_a_policy_by_its_place_in_git(project: Checkout) -> None:
    """`git:REF:PATH` for one file; without `--base-ref` nothing is compared."""
    project.write(".leakgate/policy.yaml", LAX)
    project.commit()

    gate = open_gate(Asked("git:main:.leakgate/policy.yaml"), TODAY)

    assert ("base", None) == (gate.policy.identity.name, gate.changes)


@pytest.mark.parametrize(
    "name",
    ["git:main", "git:main:", "git::x", "git:nope:.leakgate/policy.yaml", "git:main:../x", "git:main:/x"],
)
def test_a_place_in_git_that_is_none(project: Checkout, name: str) -> None:
    """Every part must be there."""
    with pytest.raises(UsageError):
        open_gate(Asked(name), TODAY)


def test_what_a_policy_of_the_base_extends_is_of_the_base(project: Checkout) -> None:
    """The working tree cannot slip a parent in, and no path leads out."""
    project.git("checkout", "--quiet", "main")
    project.write(".leakgate/policy.yaml", "version: 1\nextends: ../../outside.yaml\n")
    project.commit()
    (project.folder.parent / "outside.yaml").write_text(LAX)

    with pytest.raises(UsageError, match="not a path in the repository"):
        opened()


def test_code_owners_of_the_base_approve(project: Checkout) -> None:
    """A pull request that makes itself an owner approves nothing."""
    project.git("checkout", "--quiet", "main")
    project.write(".leakgate/policy.yaml", POLICY + "acceptance: {codeowners: true}\n")
    project.write(".leakgate/waivers.yaml", WAIVER.format(SOME, "'@ada'"))
    project.write(".github/CODEOWNERS", "* @all\n/.leakgate/ @ada @bob\n")
    project.commit()
    project.git("checkout", "--quiet", "-b", "cheat")
    project.write(".github/CODEOWNERS", "* @eve\n")
    project.commit()

    gate = opened()

    assert ("@ada", "@bob") == gate.accepted.owners
    assert [(".github/CODEOWNERS", "changed")] == changed(gate)


def test_nothing_of_the_repository_runs(project: Checkout) -> None:
    """No hook, filter, pager, alias or monitor that the repository configures; no replaced object either."""
    trap = project.folder.parent / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch {project.folder.parent / 'sprung'}\ncat\n")
    trap.chmod(0o755)
    project.write(".leakgate/policy.yaml", LAX)
    project.write(".gitattributes", "* diff=x\n")
    lax = project.commit()
    project.git("replace", "main", lax)
    for key in ("core.fsmonitor", "core.pager", "diff.x.textconv", "diff.external", "core.sshCommand"):
        project.git("config", key, str(trap))
    project.git("config", "core.hooksPath", str(trap.parent))

    gate = opened()

    assert "base" == gate.policy.identity.name
    assert not (project.folder.parent / "sprung").exists()


def test_the_environment_does_not_lead_git_elsewhere(
    project: Checkout, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """`GIT_DIR` and its like are not handed on."""
    other = repository(tmp_path / "other")
    other.write(".leakgate/policy.yaml", LAX)
    other.commit()
    monkeypatch.setenv("GIT_DIR", str(other.folder / ".git"))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(other.folder / ".git" / "objects"))

    assert "base" == opened().policy.identity.name


def test_a_broken_file_of_the_base_is_an_error(project: Checkout) -> None:
    """Also one that is no text, and one that is far too long."""
    project.git("checkout", "--quiet", "main")
    for content in (b"\xff\xfe\x00", b"version: [", b"#" * (1 << 21)):
        (project.folder / ".leakgate/policy.yaml").write_bytes(content)
        project.commit()
        with pytest.raises(PolicyError):
            opened()


def test_odd_names_of_files(project: Checkout) -> None:
    """Line breaks, bytes that are no UTF-8 and pathspec magic in a name break nothing."""
    for name in (b".leakgate/a\nb", b".leakgate/\xff", b".leakgate/:(top)x", b".leakgate/-rf"):
        Path(os.fsdecode(os.fsencode(project.folder) + b"/" + name)).write_text("x")
    project.commit()

    assert 4 == len(opened().changes or ())


def test_no_error_is_a_pass(leakgate: Command, project: Checkout) -> None:
    """Exit code 2, and nothing is scanned."""
    run = leakgate("scan", "src", "--base-ref", "nope")

    assert (2, "") == (run.code, run.out)
    assert issubclass(UsageError, LeakgateError)
