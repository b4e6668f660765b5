"""A pass covers what it says: files that may not be read, that change, and that have other names."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from leakgate.model.artifact import Reader
from leakgate.sources.content import FileContent
from tests.conftest import Command, Run
from tests.kit import tokens

_NOBODY = 65534


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A clean run in `out`, where anybody may look; the working directory is around it."""
    above = Path(tempfile.mkdtemp(prefix="leakgate-test-"))
    above.chmod(0o755)
    place = above / "shop"
    (place / "out").mkdir(parents=True)
    (place / "out/a.log").write_text("all tests passed\n")
    monkeypatch.chdir(place)
    yield place
    shutil.rmtree(above)


@pytest.fixture
def as_nobody(leakgate: Command, folder: Path) -> Iterator[Callable[[], Run]]:
    """Scans `out` as somebody without the privilege of root, who may read anything."""

    def scan() -> Run:
        leakgate("scan", "out", "--format", "json")  # what is imported may be where only root can read
        if os.geteuid() != 0:
            return leakgate("scan", "out", "--format", "json")
        os.seteuid(_NOBODY)
        try:
            return leakgate("scan", "out", "--format", "json")
        finally:
            os.seteuid(0)

    yield scan
    for path in folder.rglob("*"):
        path.chmod(0o700)


def gaps(run: Run) -> list[tuple[str, str, str]]:
    document: dict[str, Any] = json.loads(run.out)
    return [(gap["path"], gap["reason"], gap["decision"]["action"]) for gap in document["gaps"]]


def test_files_that_may_not_be_read_are_no_pass(as_nobody: Callable[[], Run], folder: Path) -> None:
    """Neither are they counted as scanned."""
    for name in ("b.log", "c.log"):
        (folder / "out" / name).write_text("secret")
        (folder / "out" / name).chmod(0)

    run = as_nobody()

    denied = [(f"out/{name}", "denied", "incomplete") for name in ("b.log", "c.log")]
    assert (3, denied) == (run.code, gaps(run))
    assert 1 == json.loads(run.out)["coverage"]["artifacts"]


def test_a_folder_that_may_not_be_listed_is_no_pass(as_nobody: Callable[[], Run], folder: Path) -> None:
    """What is in it nobody knows."""
    (folder / "out/closed").mkdir(mode=0)

    run = as_nobody()

    assert (3, [("out/closed", "denied", "incomplete")]) == (run.code, gaps(run))


def _when_opened(monkeypatch: pytest.MonkeyPatch, change: Callable[[], object]) -> None:
    """Lets `change` happen while `a.log` is open for the first time."""
    whole = FileContent.open
    done: list[bool] = []

    def opened(self: FileContent) -> AbstractContextManager[Reader]:
        if self.path.endswith("a.log") and not done:
            done.append(True)
            change()
        return whole(self)

    monkeypatch.setattr(FileContent, "open", opened)


@pytest.mark.parametrize("jobs", ["1", "3"])
@pytest.mark.parametrize("what", ["grows", "is new", "is gone"])
def test_what_changes_during_the_scan_is_no_pass(
    leakgate: Command, folder: Path, monkeypatch: pytest.MonkeyPatch, what: str, jobs: str
) -> None:
    """The same for any number of processes."""
    monkeypatch.setattr("leakgate.pipeline.run.WORTH_A_PROCESS", 0)
    other = folder / "out/0.log"
    if what != "is new":
        other.write_text("before\n")
    change = other.unlink if what == "is gone" else lambda: other.write_text("before and behind\n")
    # The first is scanned by then, or was listed without it.
    _when_opened(monkeypatch, change)

    run = leakgate("scan", "out", "--format", "json", "--jobs", jobs)

    assert 3 == run.code
    assert [("out/0.log", "changed", "incomplete")] == gaps(run)


def test_a_leak_behind_the_old_time_is_found(
    leakgate: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Same size, same time of change, other bytes."""
    leak = f"token={tokens.github()}\n"
    other = folder / "out/0.log"
    other.write_text("x" * len(leak))
    status = other.stat()

    def swap() -> None:
        other.write_text(leak)
        os.utime(other, ns=(status.st_atime_ns, status.st_mtime_ns))

    _when_opened(monkeypatch, swap)

    run = leakgate("scan", "out", "--format", "json")

    assert (1, [("out/0.log", "changed", "incomplete")]) == (run.code, gaps(run))


def test_a_policy_of_before_means_all_that_could_not_be_read(
    leakgate: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`unreadable` stands for denied, vanished and changed, unless the file speaks of them."""
    (folder / "p.yaml").write_text(
        "version: 1\nextends: default\ncoverage: {unreadable: warn, changed: block}\n"
    )
    (folder / "q.yaml").write_text("version: 1\nextends: p.yaml\ncoverage: {unreadable: warn}\n")
    codes = []
    for policy in ("p.yaml", "q.yaml"):
        (folder / "out/0.log").write_text("before\n")
        with monkeypatch.context() as changing:
            _when_opened(changing, lambda: (folder / "out/0.log").write_text("before and behind\n"))
            codes.append(leakgate("scan", "out", "-q", "--policy", policy).code)

    assert [1, 0] == codes


_BY_PATH = """
version: 1
name: published
extends: advisory
clauses:
  - {id: published, when: {category: secret, path: "out/**"}, then: block}
  - {id: mistyped, when: {category: secret, path: "ouput/**"}, then: block}
"""


@pytest.mark.parametrize(
    ("below", "argument"),
    [
        (".", "out"),
        (".", "./out/"),
        (".", "{here}/out"),
        (".", "out//a.log"),
        (".", "sub/../out"),
        (".", "out/*.log"),
        (".", ".."),
        ("sub", "../out"),
        ("out", "."),
        ("linked", "out"),
        ("linked", "{here}/linked/out"),
    ],
)
@pytest.mark.parametrize("repository", [True, False])
def test_a_clause_by_path_blocks_in_every_spelling(
    leakgate: Command,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    below: str,
    argument: str,
    repository: bool,
) -> None:
    """Whoever calls the gate does not choose what a policy speaks of; a clause about nothing is named."""
    (folder / "out/a.log").write_text(f"token={tokens.github()}\n")
    (folder / "policy.yaml").write_text(_BY_PATH)
    (folder / "sub").mkdir()
    (folder / "linked").symlink_to(".")
    if repository:
        (folder / ".git").mkdir()
    monkeypatch.chdir(folder / below)

    given = argument.format(here=folder)
    run = leakgate("scan", given, "--policy", folder / "policy.yaml", "--exclude", "policy.yaml")

    assert 1 == run.code
    assert "Clause mistyped speaks of `ouput/**`" in " ".join(run.out.split())
