"""Private places: what is in doubt is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from leakgate.remembered.circumstances import code_digest, installed
from leakgate.remembered.place import Unsafe, lasting_key


def test_a_key_lasts(tmp_path: Path) -> None:
    """The second time it is the same; another place has another."""
    assert lasting_key(tmp_path / "a") == lasting_key(tmp_path / "a")
    assert lasting_key(tmp_path / "a") != lasting_key(tmp_path / "b")


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o666])
def test_a_key_that_others_may_read_is_none(tmp_path: Path, mode: int) -> None:
    """Whoever can read it can sign."""
    lasting_key(tmp_path / "a")
    (tmp_path / "a" / "result-cache.key").chmod(mode)

    with pytest.raises(Unsafe):
        lasting_key(tmp_path / "a")


def test_a_key_that_was_cut_is_none(tmp_path: Path) -> None:
    """A short key can be guessed."""
    lasting_key(tmp_path / "a")
    (tmp_path / "a" / "result-cache.key").write_bytes(b"short")

    with pytest.raises(Unsafe):
        lasting_key(tmp_path / "a")


def test_changed_code_is_other_code(tmp_path: Path) -> None:
    """By name and content; when it was written does not count."""
    (tmp_path / "a.py").write_text("1")
    before = code_digest(tmp_path)
    (tmp_path / "a.py").write_text("1")
    assert before == code_digest(tmp_path)
    (tmp_path / "a.py").write_text("2")
    assert before != code_digest(tmp_path)


def test_what_is_installed_is_told_with_versions() -> None:
    """Such as the test runner that runs this."""
    assert f"pytest-{pytest.__version__}.dist-info" in installed().decode().split("\n")
