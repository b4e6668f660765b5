"""`leakgate init`, as people call it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Command


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Tests with pytest, on GitHub."""
    (tmp_path / ".github" / "workflows").mkdir(parents=True)
    (tmp_path / ".github" / "workflows" / "ci.yml").write_text("on: push\n")
    (tmp_path / "conftest.py").write_text("")
    return tmp_path


def test_files_are_written(leakgate: Command, repository: Path) -> None:
    """A policy that is sound, and a workflow; and what comes next is said."""
    done = leakgate("init", str(repository), "--yes")

    assert 0 == done.code
    assert (repository / ".github" / "workflows" / "leakgate.yml").is_file()
    assert 0 == leakgate("policy", "check", str(repository / ".leakgate" / "policy.yaml")).code
    assert "Next:" in done.out


def test_dry_run(leakgate: Command, repository: Path) -> None:
    """Nothing is written."""
    done = leakgate("init", str(repository), "--dry-run")

    assert (0, False) == (done.code, (repository / ".leakgate").exists())
    assert "would write .leakgate/policy.yaml" in done.out


def test_nothing_is_overwritten(leakgate: Command, repository: Path) -> None:
    """What is there is kept, also where it is a link that leads nowhere."""
    (repository / ".leakgate").mkdir()
    (repository / ".leakgate" / "policy.yaml").write_text("mine")
    (repository / ".github" / "workflows" / "leakgate.yml").symlink_to("nowhere")

    done = leakgate("init", str(repository), "--yes")

    assert (0, "mine") == (done.code, (repository / ".leakgate" / "policy.yaml").read_text())
    assert (repository / ".github" / "workflows" / "leakgate.yml").is_symlink()


def test_links_out_of_the_repository(leakgate: Command, repository: Path, tmp_path_factory) -> None:  # type: ignore[no-untyped-def]
    """A folder that leads elsewhere is not written into."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (repository / ".leakgate").symlink_to(elsewhere)

    done = leakgate("init", str(repository), "--yes")

    assert (2, []) == (done.code, list(elsewhere.iterdir()))


def test_links_within_the_repository(leakgate: Command, repository: Path) -> None:
    """Nor one that leads to another folder of it, which may be one that is published."""
    (repository / "public").mkdir()
    (repository / ".leakgate").symlink_to("public")

    done = leakgate("init", str(repository), "--yes")

    assert (2, []) == (done.code, list((repository / "public").iterdir()))
    assert "symbolic link" in done.err


def test_no_folder(leakgate: Command, tmp_path: Path) -> None:
    """What is no folder is a usage error."""
    assert 2 == leakgate("init", str(tmp_path / "nowhere")).code
