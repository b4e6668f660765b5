"""What an installation brings along compiled."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from leakgate.detect.detector import pattern_groups
from leakgate.detect.engine.cache import DatabaseCache, Installation
from leakgate.detect.engine.hyperscan_engine import HyperscanEngine
from leakgate.model.detection import Category
from leakgate.policy.load import load_policy
from leakgate.unpack.decoders.registry import decoders
from leakgate.wiring import build_recognizers

_HOOK = Path(__file__).parents[2] / "hatch_build.py"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installation") / "databases"
    with pytest.MonkeyPatch.context() as patch:
        # This checkout may have been installed itself: what it brings along is not compiled again.
        patch.setattr(DatabaseCache.__init__, "__defaults__", (folder.with_name("nothing"),))
        runpy.run_path(str(_HOOK))["compile_into"](folder, ("default",))
    return folder


def test_an_installation_compiles_nothing_for_a_shipped_policy(installed: Path, tmp_path: Path) -> None:
    """The first scan of a fresh machine starts like any other."""
    cache = tmp_path / "cache"
    selection = load_policy("default").detect

    for wanted in (selection, selection.narrowed((Category.SECRET,))):
        HyperscanEngine(
            pattern_groups(build_recognizers(wanted), decoders()),
            DatabaseCache(cache, installed, key=b"k" * 32),
        )

    assert not cache.exists()


def test_installed_databases_are_for_everybody(installed: Path) -> None:
    """A cache is private; what root installed is read by the account that runs the tests."""
    assert {path.stat().st_mode & 0o777 for path in installed.iterdir()} == {0o644}


def test_a_damaged_installed_database_is_compiled_again(tmp_path: Path) -> None:
    """A file that was cut while it was copied is a miss, not a crash."""
    kept = Installation(tmp_path)
    kept.store("key", b"database")
    path = tmp_path / "key.hs"
    path.write_bytes(path.read_bytes()[:-1])

    assert DatabaseCache(None, tmp_path).load("key") is None
