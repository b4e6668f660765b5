"""
The files of a checkout that hold made-up data on purpose: tests, fixtures, factories, seeds.

Where git tracks files, only those it tracks count. Never follows a link, never leaves the root, never
raises for what lies there.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from leakgate.model.expressions import expression

_FOLDERS = frozenset(
    """
        test tests spec specs __tests__ fixture fixtures __fixtures__ testdata test-data test_data
        testfixtures factory factories seed seeds mock mocks __mocks__ e2e cypress features samples
    """.split()  # noqa: SIM905 - a name for each line is a page of them
)
_NAMES = expression(
    r"(?:test_.+|.+_test|.+_spec|.+[._-](?:test|spec|fixture|fixtures|factory|seed|seeds|mock)|.+Tests?|.+IT|conftest"
    r"|seeds?|fixtures?|factories)\.\w{1,8}"
)
_SKIPPED = frozenset(
    """
        .git .hg .svn .tox .nox .venv venv virtualenv node_modules bower_components __pycache__ .mypy_cache
        .pytest_cache .ruff_cache .gradle .idea .cache .next .nuxt .terraform site-packages build dist target
        coverage htmlcov vendor Pods DerivedData playwright-report test-results allure-results
    """.split()  # noqa: SIM905
)
_MOST_ENTRIES = 200_000
_MOST_FILES = 2_000
_LARGEST = 256 * 1024  # bytes of a file that somebody wrote
_MOST_BYTES = 4 * 1024 * 1024  # of all together
_GIT_SECONDS = 10
_GIT = ("git", "--no-pager", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null")


def fixture_texts(root: Path, scanned: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """Path (relative, with `/`) and text of each; bounded. Nothing below a path that is `scanned`."""
    excluded = tuple(path.resolve() for path in scanned)
    left = _MOST_BYTES
    for count, name in enumerate(_fixtures(root)):
        if count >= _MOST_FILES or left <= 0:
            return
        path = root / name
        if any(path.resolve().is_relative_to(each) for each in excluded):
            continue
        raw = _read(path)
        left -= len(raw)
        if raw and b"\0" not in raw:
            yield name, raw.decode("utf-8", "replace")


def _fixtures(root: Path) -> Iterator[str]:
    names = _tracked(root)
    return (name for name in (_walked(root) if names is None else names) if _is_fixture(name))


def _is_fixture(name: str) -> bool:
    *folders, file = name.split("/")
    if any(folder in _SKIPPED for folder in folders):
        return False
    return any(folder.lower() in _FOLDERS for folder in folders) or _NAMES.fullmatch(file) is not None


def _tracked(root: Path) -> list[str] | None:
    """What git tracks below `root`, or None where it cannot be asked or `root` is no checkout."""
    try:
        done = subprocess.run(  # noqa: S603 - no shell, fixed arguments
            [*_GIT, "-C", str(root), "ls-files", "-z"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_GIT_SECONDS,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    if done.returncode:
        return None
    names = done.stdout.split(b"\0")[:_MOST_ENTRIES]
    return [os.fsdecode(name) for name in names if name]


def _walked(root: Path) -> Iterator[str]:
    left = _MOST_ENTRIES
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(each for each in folders if each not in _SKIPPED)
        left -= len(folders) + len(files)
        if left < 0:
            return
        below = Path(folder).relative_to(root)
        yield from ((below / each).as_posix() for each in sorted(files))


def _read(path: Path) -> bytes:
    """The bytes of a regular file of ordinary size; else nothing."""
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > _LARGEST:
            return b""
        return path.read_bytes()
    except OSError:
        return b""
