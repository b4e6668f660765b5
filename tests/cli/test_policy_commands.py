"""`leakgate policy test` and `explain`, `--stage`, and `leakgate diff`, as people call them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Command

_POLICY = """\
version: 1
name: shop
stages:
  draft: {clauses: [{id: draft, when: {category: pii}, then: warn}]}
  final: {coverage: {malformed: block}}
clauses: [{id: rest, when: {}, then: block}]
"""
_CASES = """\
version: 1
policy: shop.yaml
cases:
  - {name: drafts warn, stage: draft, findings: [{entity: IBAN_CODE}], expect: {clauses: draft}}
  - {name: the end blocks, stage: final, findings: [{entity: IBAN_CODE}], expect: {verdict: block}}
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a policy, its cases and something to scan."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LEAKGATE_KEY", "0123456789abcdef" * 4)
    (tmp_path / "shop.yaml").write_text(_POLICY)
    (tmp_path / "cases.yaml").write_text(_CASES)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "ci.log").write_text("all tests passed\n")
    address = "kolbert.marie" + "@" + "mailforge-77.org"
    (tmp_path / "out" / "mail.log").write_text(f"sent to {address}\n")
    return tmp_path


@pytest.mark.parametrize(("stage", "code"), [("draft", 0), ("final", 1), ("none", 1)])
def test_stage(leakgate: Command, project: Path, stage: str, code: int) -> None:
    """The stage decides what blocks."""
    assert code == leakgate("scan", "out", "-q", "--policy", "shop.yaml", "--stage", stage).code


def test_no_stage(leakgate: Command, project: Path) -> None:
    """A policy with stages judges nothing until one is named."""
    done = leakgate("scan", "out", "-q", "--policy", "shop.yaml")

    assert (2, True) == (done.code, "--stage" in done.err)


def test_cases_pass(leakgate: Command, project: Path) -> None:
    """All as expected is 0."""
    done = leakgate("policy", "test", "cases.yaml")

    assert (0, "2 cases, 0 failed\n") == (done.code, done.out)


def test_cases_fail(leakgate: Command, project: Path) -> None:
    """What differs is shown, and the exit code is 1."""
    (project / "cases.yaml").write_text(_CASES.replace("verdict: block", "verdict: pass"))

    done = leakgate("policy", "test", "cases.yaml")

    assert 1 == done.code
    assert "FAILED cases.yaml:5: the end blocks\n  verdict: expected pass, was block" in done.out


def test_explain(leakgate: Command, project: Path) -> None:
    """The clause that decided is named, by the policy and stage of the result."""
    leakgate("scan", "out", "-q", "--policy", "shop.yaml", "--stage", "draft", "--report", "json=r.json")
    found = json.loads((project / "r.json").read_text())["findings"][0]

    done = leakgate("policy", "explain", "r.json", found["fingerprint"])

    assert 0 == done.code
    assert "warn: draft" in done.out
    assert "behind it: rest (block) holds too" in done.out


def test_explain_reads_no_foreign_file(leakgate: Command, project: Path) -> None:
    """A result that names a file elsewhere as its policy does not make us read it."""
    leakgate("scan", "out", "-q", "--policy", "shop.yaml", "--stage", "draft", "--report", "json=r.json")
    result = json.loads((project / "r.json").read_text())
    result["policy"]["source"] = "/etc/passwd"
    (project / "r.json").write_text(json.dumps(result))

    done = leakgate("policy", "explain", "r.json", result["findings"][0]["fingerprint"])

    assert (2, True) == (done.code, "--policy" in done.err)


def test_hostile_result(leakgate: Command, project: Path) -> None:
    """What a forged result holds cannot colour a terminal or command a runner, in any of the commands."""
    leakgate("scan", "out", "-q", "--policy", "shop.yaml", "--stage", "draft", "--report", "json=r.json")
    result = json.loads((project / "r.json").read_text())
    [found] = result["findings"]
    evil = "lg1:00c0ffee\n::error::x\x1b[31m"
    found["fingerprint"] = found["masked"] = found["because"] = evil
    for place in (found["location"], found["locations"][0]):
        place["path"] = "\n::error::\x1b[31m"
    found["decision"]["clause"] = result["rules"][0]["name"] = "\n::add-mask::\x1b[31m"
    (project / "r.json").write_text(json.dumps(result))

    shown = [
        leakgate("policy", "explain", "r.json", "00c0ffee"),
        leakgate("explain", "lg1:00c0ffee", "--result", "r.json"),
        leakgate("diff", "r.json", "r.json"),
    ]

    assert [0, 0, 0] == [done.code for done in shown]
    assert not any("\x1b" in done.out for done in shown)
    assert not any(line.lstrip().startswith("::") for done in shown for line in done.out.splitlines())


def test_diff(leakgate: Command, project: Path) -> None:
    """What is new between two scans is told, and counts with --exit-code."""
    leakgate("scan", "out", "-q", "--report", "json=new.json")
    (project / "out" / "mail.log").unlink()
    leakgate("scan", "out", "-q", "--report", "json=old.json")

    done = leakgate("diff", "old.json", "new.json", "--exit-code")

    assert 1 == done.code
    assert done.out.startswith("1 new, 0 gone, 0 elsewhere, 0 decided otherwise, 0 unchanged")
    assert 0 == leakgate("diff", "new.json", "old.json", "--exit-code").code


def test_diff_without_a_key(leakgate: Command, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Results of runs without a key are not compared, and the message says what to do."""
    monkeypatch.delenv("LEAKGATE_KEY")
    leakgate("scan", "out", "-q", "--report", "json=old.json")

    done = leakgate("diff", "old.json", "old.json")

    assert (2, True) == (done.code, "LEAKGATE_KEY" in done.err)
