"""The whole story: adopt, block, waive, let it lapse, cheat, verify the log, break it and catch that."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.conftest import Command
from tests.kit import tokens
from tests.kit.git import repository

TODAY = datetime.now(UTC).date()
LAX = "version: 1\nclauses: [{id: all, when: {}, then: allow}]\n"


def _age(file: Path, days: int) -> None:
    """As if that many days had passed since a waiver of thirty days."""
    text = file.read_text()
    for offset in (0, 30):
        day = TODAY + timedelta(days=offset)
        text = text.replace(day.isoformat(), (day - timedelta(days=days)).isoformat())
    file.write_text(text)


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_the_story_of_a_leak(leakgate: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each step ends with the exit code that a pipeline would see."""
    project = repository(tmp_path / "shop")
    monkeypatch.chdir(project.folder)
    monkeypatch.setenv("LEAKGATE_KEY", "a key of tests, long enough")

    def leak(*seeds: int) -> None:
        for seed in seeds:
            project.write(f"out/{seed}.log", f"DEBUG token={tokens.github(seed)} ok\n")

    def scan() -> int:
        return leakgate("scan", "out", "--base-ref", "main", "--audit-log", "audit.jsonl", "-q").code

    policy = "version: 1\nextends: default\nacceptance: {approvers: [ada]}\n"
    project.write(".leakgate/policy.yaml", policy)
    project.write(".gitignore", "out/\naudit.jsonl*\n")
    leak(0, 1)
    project.commit()
    assert 1 == scan()

    leakgate("baseline", "create", "out")
    project.commit()
    assert 0 == scan()

    project.git("checkout", "--quiet", "-b", "feature")
    leak(2)
    assert 1 == scan()

    shown = leakgate("scan", "out", "--base-ref", "main").out
    new = shown.partition("id    ")[2].split()[0]
    leakgate("waive", new, "--reason", "sandbox", "--expires", "30d", "--owner", "olga", "--approver", "ada")
    project.commit()
    assert 1 == scan()  # a pull request cannot waive for itself
    project.git("checkout", "--quiet", "main")
    project.git("merge", "--quiet", "feature")
    assert 0 == scan()

    _age(project.folder / ".leakgate/waivers.yaml", 31)
    project.commit()
    assert 1 == scan()

    project.git("checkout", "--quiet", "-b", "cheat")
    project.write(".leakgate/policy.yaml", LAX)
    project.commit()
    assert 0 == leakgate("scan", "out", "--policy", ".leakgate/policy.yaml", "-q").code
    assert 1 == scan()
    assert "GATE_CHANGE" in leakgate("scan", "out", "--base-ref", "main", "--format", "json").out

    assert 0 == leakgate("audit", "verify", "audit.jsonl").code
    log = project.folder / "audit.jsonl"
    lines = log.read_text().splitlines(keepends=True)
    assert 7 == len(lines)
    log.write_text("".join(lines[:3] + lines[4:]))
    assert 1 == leakgate("audit", "verify", "audit.jsonl").code
    assert 2 == scan()
    log.write_text("".join(lines[:-1]))
    assert 1 == leakgate("audit", "verify", "audit.jsonl").code


def test_the_files_of_acceptance_are_clean(
    leakgate: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Baseline, waivers, audit log and metrics hold nothing that a scan of them finds."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LEAKGATE_KEY", "a key of tests, long enough")
    (tmp_path / "app.log").write_text(f"DEBUG token={tokens.github()} ok\n")
    leakgate("waive", "lg1:" + "0" * 32, "--reason", "sandbox", "--expires", "30d", "--approver", "ada")
    leakgate("baseline", "create", "app.log")
    leakgate("baseline", "create", "app.log", "--key-in-file", "--baseline", "gate/public")
    leakgate(
        "scan", "app.log", "--audit-log", "gate/audit.jsonl", "--report", "openmetrics=gate/m.prom", "-q"
    )

    judged = leakgate("scan", ".leakgate", "gate", "--policy", "strict")

    assert 0 == judged.code, judged.out
    assert tokens.github()[4:] not in "".join(p.read_text() for p in (tmp_path / "gate").iterdir())
