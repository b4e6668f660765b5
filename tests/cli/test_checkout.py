"""Nothing is written through a link in a repository."""

from __future__ import annotations

from pathlib import Path

import pytest

from leakgate.cli.checkout import refuse_links, root_of
from leakgate.model.errors import UsageError
from tests.conftest import Command


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with the links `file` and `folder`, which lead out of it; the working directory."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "file").write_text("theirs")
    root = tmp_path / "repository"
    (root / ".git").mkdir(parents=True)
    (root / "run.log").write_text("all is well\n")
    (root / "file").symlink_to(tmp_path / "elsewhere" / "file")
    (root / "folder").symlink_to(tmp_path / "elsewhere")
    monkeypatch.chdir(root)
    return root


def _theirs(checkout: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in (checkout.parent / "elsewhere").iterdir()}


@pytest.mark.parametrize("place", ["file", "folder/new", "./folder/../folder/new", "{}/folder/deep/new"])
@pytest.mark.parametrize("git", [True, False], ids=["git", "no git"])
def test_a_report_is_not_written_through_a_link(
    leakgate: Command, checkout: Path, place: str, git: bool
) -> None:
    """Also where the checkout is none of git, for a relative path."""
    if not git:
        (checkout / ".git").rmdir()
        place = place.replace("{}/", "")

    done = leakgate("scan", "run.log", "-q", "--report", f"json={place.format(checkout)}")

    assert (2, {"file": "theirs"}) == (done.code, _theirs(checkout))
    assert "symbolic link in the repository" in done.err


@pytest.mark.parametrize("option", ["--result-cache", "--audit-log"])
def test_what_is_kept_is_not_kept_behind_a_link(leakgate: Command, checkout: Path, option: str) -> None:
    done = leakgate("scan", "run.log", "-q", option, "folder/kept")

    assert (2, {"file": "theirs"}) == (done.code, _theirs(checkout))


def test_a_repository_behind_a_link_is_not_its_own_root(checkout: Path) -> None:
    """A link to another repository would take the check away otherwise."""
    (checkout.parent / "elsewhere" / ".git").mkdir()

    assert checkout == root_of(Path("folder/new"))
    with pytest.raises(UsageError, match="symbolic link"):
        refuse_links(checkout / "folder" / "new")


def test_links_outside_of_a_repository_count(leakgate: Command, checkout: Path, tmp_path: Path) -> None:
    """Who made them wants the report behind them."""
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere" / "file")

    assert 0 == leakgate("scan", "run.log", "-q", "--report", f"json={tmp_path / 'link'}").code
    assert (tmp_path / "link").is_symlink()
    assert "theirs" != _theirs(checkout)["file"]


def test_the_way_to_a_repository_may_be_a_link(leakgate: Command, checkout: Path, tmp_path: Path) -> None:
    (tmp_path / "way").symlink_to(checkout)

    assert 0 == leakgate("scan", "run.log", "-q", "--report", f"json={tmp_path / 'way' / 'r.json'}").code
    assert (checkout / "r.json").is_file()
