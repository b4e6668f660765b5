"""`leakgate baseline` and `leakgate waive`: adopt, accept, renew, and what each refuses."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Command
from tests.kit import tokens

KEY = "a key of tests, long enough"
BASELINE, WAIVERS = ".leakgate/baseline", ".leakgate/waivers.yaml"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, leakgate: Command) -> Path:
    """A checkout whose last run leaked one token; the key is set."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LEAKGATE_KEY", KEY)
    leak(tmp_path, 0)
    return tmp_path


def leak(project: Path, seed: int) -> None:
    (project / "out").mkdir(exist_ok=True)
    (project / "out" / f"app{seed}.log").write_text(f"DEBUG token={tokens.github(seed)} ok\n")


def scanned(leakgate: Command, *options: str) -> dict[str, Any]:
    run = leakgate("scan", "out", "--format", "json", *options)
    assert all(line.startswith("leakgate: policy ") for line in run.err.splitlines())
    document: dict[str, Any] = json.loads(run.out)
    return document


def decisions(document: dict[str, Any]) -> list[tuple[str, bool]]:
    return [(one["decision"]["action"], one["decision"]["known"]) for one in document["findings"]]


def fingerprint(leakgate: Command) -> str:
    found: str = scanned(leakgate)["findings"][0]["fingerprint"]
    return found


def day(offset: int) -> str:
    return (datetime.now(UTC).date() + timedelta(days=offset)).isoformat()


def waive(leakgate: Command, *options: str) -> Any:
    usual = {"--reason": "sandbox", "--expires": "30d", "--owner": "olga", "--approver": "ada"}
    given = [word for pair in usual.items() if pair[0] not in options for word in pair]
    return leakgate("waive", fingerprint(leakgate), *given, *options)


def test_adopting_on_a_leaky_project(leakgate: Command, project: Path) -> None:
    """What was there passes as known; what comes later blocks."""
    assert 0 == leakgate("baseline", "create", "out").code
    assert [("baselined", True)] == decisions(scanned(leakgate, "--baseline", BASELINE))

    leak(project, 1)

    assert [("baselined", True), ("block", False)] == decisions(scanned(leakgate, "--baseline", BASELINE))
    assert 1 == leakgate("scan", "out", "--baseline", BASELINE).code


def test_a_known_value_stays_known_elsewhere(leakgate: Command, project: Path) -> None:
    """Lines and files do not matter."""
    leakgate("baseline", "create", "out")
    text = (project / "out" / "app0.log").read_text()
    (project / "out" / "app0.log").unlink()
    (project / "out" / "other.txt").write_text("\n\n\n" + text)

    assert [("baselined", True)] == decisions(scanned(leakgate, "--baseline", BASELINE))


def test_a_baseline_grows_and_shrinks(leakgate: Command, project: Path) -> None:
    """`update` adds and keeps, `prune` removes what is gone."""
    leakgate("baseline", "create", "out")
    (project / "out" / "app0.log").unlink()
    leak(project, 1)

    assert "1 finding added, 2 findings known" in leakgate("baseline", "update", "out").out
    assert "1 finding removed, 1 finding known" in leakgate("baseline", "prune", "out").out
    assert "1  github-pat" in leakgate("baseline", "show").out


def test_a_baseline_from_a_report(leakgate: Command, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a run elsewhere, if it had the same key; the artifacts need not be here."""
    leakgate("scan", "out", "--report", "json=result.json", "-q")
    monkeypatch.setenv("LEAKGATE_KEY", "another key of tests")
    foreign = leakgate("baseline", "create", "--result", "result.json")
    monkeypatch.setenv("LEAKGATE_KEY", KEY)

    assert (2, True) == (foreign.code, "another one" in foreign.err)
    assert 2 == leakgate("baseline", "create", "out", "--result", "result.json").code
    assert 2 == leakgate("baseline", "create").code
    assert 0 == leakgate("baseline", "create", "--result", "result.json").code
    assert 0 == leakgate("scan", "out", "--baseline", BASELINE).code
    leak(project, 1)
    leakgate("scan", "out", "--baseline", BASELINE, "--report", "json=result.json", "-q")
    assert "1 finding added" in leakgate("baseline", "update", "--result", "result.json").out


def test_a_baseline_is_not_made_twice(leakgate: Command, project: Path) -> None:
    """An old file is not overwritten by accident."""
    leakgate("baseline", "create", "out")

    again = leakgate("baseline", "create", "out")

    assert 2 == again.code
    assert "update" in again.err


@pytest.mark.parametrize("key", [None, "short"])
def test_a_baseline_needs_a_good_key(
    leakgate: Command, project: Path, monkeypatch: pytest.MonkeyPatch, key: str | None
) -> None:
    """Without one, or with one that can be guessed, nothing is written; the error says how to make one."""
    monkeypatch.delenv("LEAKGATE_KEY") if key is None else monkeypatch.setenv("LEAKGATE_KEY", key)

    run = leakgate("baseline", "create", "out")

    assert (2, False) == (run.code, (project / BASELINE).exists())
    assert "openssl rand -hex 32" in run.err


@pytest.mark.parametrize("key", [None, "another key of tests"])
def test_a_baseline_of_another_key_is_an_error(
    leakgate: Command, project: Path, monkeypatch: pytest.MonkeyPatch, key: str | None
) -> None:
    """Not a run in which everything is new."""
    leakgate("baseline", "create", "out")
    monkeypatch.delenv("LEAKGATE_KEY") if key is None else monkeypatch.setenv("LEAKGATE_KEY", key)

    run = leakgate("scan", "out", "--baseline", BASELINE)

    assert 2 == run.code
    assert "key" in run.err
    assert "LEAKGATE_KEY" in run.err


def test_a_line_break_behind_the_key_does_not_count(
    leakgate: Command, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Secrets are pasted."""
    leakgate("baseline", "create", "out")
    monkeypatch.setenv("LEAKGATE_KEY", KEY + "\n")

    assert 0 == leakgate("scan", "out", "--baseline", BASELINE).code


def test_the_key_may_be_in_a_file(leakgate: Command, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As CI servers hand over secret files."""
    leakgate("baseline", "create", "out")
    monkeypatch.delenv("LEAKGATE_KEY")
    (project / "key").write_text(KEY + "\n")
    monkeypatch.setenv("LEAKGATE_KEY_FILE", "key")

    assert 0 == leakgate("scan", "out", "--baseline", BASELINE).code


@pytest.mark.parametrize("content", [None, "", "\n"])
def test_a_key_file_without_a_key_is_an_error(
    leakgate: Command, project: Path, monkeypatch: pytest.MonkeyPatch, content: str | None
) -> None:
    """Never silently a fresh key."""
    monkeypatch.delenv("LEAKGATE_KEY")
    monkeypatch.setenv("LEAKGATE_KEY_FILE", "key")
    if content is not None:
        (project / "key").write_text(content)

    assert 2 == leakgate("scan", "out").code


def test_a_public_key_serves_forks(leakgate: Command, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has the file needs no secret; the command says what that costs."""
    monkeypatch.delenv("LEAKGATE_KEY")

    made = leakgate("baseline", "create", "out", "--key-in-file")

    assert "whoever reads it can try" in made.err
    assert [("baselined", True)] == decisions(scanned(leakgate, "--baseline", BASELINE))


def test_an_incomplete_scan_makes_no_baseline(leakgate: Command, project: Path) -> None:
    """Nothing was looked at, so nothing is known."""
    (project / "empty").mkdir()

    assert 2 == leakgate("baseline", "create", "empty").code
    assert not (project / BASELINE).exists()


def test_the_file_holds_no_value_and_no_place(leakgate: Command, project: Path) -> None:
    """Nor lines nor dates."""
    leakgate("baseline", "create", "out")
    lines = (project / BASELINE).read_text().splitlines()

    assert [True] == [bool(re.fullmatch("lg1:[0-9a-f]{32} github-pat", line)) for line in lines[4:]]


def test_what_a_waiver_speaks_of_never_slips_into_a_baseline(leakgate: Command, project: Path) -> None:
    """Also a waiver that nobody approved, or that expired: its finding is to block again."""
    waive(leakgate, "--approver", "olga")

    leakgate("baseline", "create", "out")

    assert "0 findings, key LEAKGATE_KEY" in leakgate("baseline", "show").out


def test_waiving_with_approval(leakgate: Command, project: Path) -> None:
    """The run passes, and the report names the waiver."""
    assert 0 == waive(leakgate, "--ticket", "SEC-1", "--id", "sandbox-token").code

    document = scanned(leakgate, "--waivers", WAIVERS)

    assert "pass" == document["verdict"]["outcome"]
    assert "sandbox-token" == document["findings"][0]["decision"]["waiver"]


def test_waiving_without_approval(leakgate: Command, project: Path) -> None:
    """The entry is there to be reviewed; the finding still blocks, and the report says why."""
    run = leakgate("waive", fingerprint(leakgate), "--reason", "x", "--expires", "30d", "--owner", "olga")
    assert "waives nothing: nobody approved of it" in run.out

    report = leakgate("scan", "out", "--waivers", WAIVERS)

    assert 1 == report.code
    assert "nobody approved of it" in report.out


def test_the_policy_of_the_project_is_asked_at_once(leakgate: Command, project: Path) -> None:
    """Who approves and for how long: not first in the next run."""
    policy = project / ".leakgate" / "policy.yaml"
    policy.parent.mkdir()
    policy.write_text("version: 1\nextends: default\nacceptance: {approvers: [bob], max_waiver_days: 30}\n")

    assert "its approver is not among those whom the policy names" in waive(leakgate).out
    assert "over 30 days" in waive(leakgate, "--expires", "31d").err
    assert "holds until" in waive(leakgate, "--approver", "Bob").out


def test_a_waiver_lapses(leakgate: Command, project: Path) -> None:
    """From the day after its last one the finding blocks again, and the report says since when."""
    waive(leakgate)
    file = project / WAIVERS
    aged = file.read_text().replace(day(0), day(-40)).replace(day(30), day(-1))
    file.write_text(aged)

    report = leakgate("scan", "out", "--waivers", WAIVERS)

    assert 1 == report.code
    assert f"expired on {day(-1)}" in report.out


def test_without_a_key_no_fingerprint_can_be_waived(
    leakgate: Command, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The finding blocks, and the report says what is missing."""
    waive(leakgate)
    monkeypatch.delenv("LEAKGATE_KEY")

    report = leakgate("scan", "out", "--waivers", WAIVERS)

    assert 1 == report.code
    assert "waive nothing, as no key was set (LEAKGATE_KEY)" in " ".join(report.out.split())


def test_a_waiver_can_be_renewed(leakgate: Command, project: Path) -> None:
    """A second entry for the same finding gets a name of its own; comments stay."""
    waive(leakgate)
    with (project / WAIVERS).open("a") as file:
        file.write("# reviewed every Monday\n")

    assert 0 == waive(leakgate).code
    assert "# reviewed every Monday\n" in (project / WAIVERS).read_text()
    assert 0 == leakgate("scan", "out", "--waivers", WAIVERS).code


@pytest.mark.parametrize(
    ("option", "value", "says"),
    [
        ("--expires", "181d", "180 days"),
        ("--expires", "2020-01-01", "in the past"),
        ("--expires", "soon", "no day"),
        ("--expires", "99999d", "no day"),
        ("--id", "no good id!", "clause id"),
        ("--approver", "", "approver"),
    ],
)
def test_what_cannot_be_waived_is_not_written(
    leakgate: Command, project: Path, option: str, value: str, says: str
) -> None:
    """Too long, past, nonsense: exit code 2 and no file."""
    run = waive(leakgate, option, value)

    assert (2, False) == (run.code, (project / WAIVERS).exists())
    assert says in run.err


def test_a_fingerprint_must_be_one(leakgate: Command, project: Path) -> None:
    """A rule or a value in its place is refused, and not repeated at length."""
    run = leakgate("waive", "github-pat", "--reason", "x", "--expires", "3d")

    assert 2 == run.code
    assert "is not a fingerprint" in run.err


def test_a_waiver_for_a_finding_of_a_report(leakgate: Command, project: Path) -> None:
    """With `--result` a mistyped fingerprint is seen at once."""
    leakgate("scan", "out", "--report", "json=result.json", "-q")
    other = "lg1:" + "0" * 32

    assert 0 == waive(leakgate, "--result", "result.json").code
    wrong = leakgate("waive", other, "--reason", "x", "--expires", "3d", "--result", "result.json")
    assert 2 == wrong.code


def test_a_waiver_file_that_is_missing_or_broken_stops_the_scan(leakgate: Command, project: Path) -> None:
    """Exit code 2: neither a pass nor a block by accident."""
    assert 2 == leakgate("scan", "out", "--waivers", "none.yaml").code
    (project / "w.yaml").write_text("version: 1\nwaivers:\n  - reason: because\n")
    assert 2 == leakgate("scan", "out", "--waivers", "w.yaml").code


def test_a_scope_with_a_misspelt_rule_is_an_error(leakgate: Command, project: Path) -> None:
    """It would never hold, silently."""
    (project / "w.yaml").write_text(
        "version: 1\nwaivers:\n  - {scope: {rule: github-pta, path: out/app.log}, reason: r, owner: o,"
        f" approver: a, created: {day(0)}, expires: {day(9)}}}\n"
    )

    run = leakgate("scan", "out", "--waivers", "w.yaml")

    assert 2 == run.code
    assert "github-pat" in run.err
