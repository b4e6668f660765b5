"""
The files of a commit that hold made-up data on purpose: tests, fixtures, factories, seeds.

Recordings are none of them: what a cassette, a snapshot or a HAR holds came out of a system that ran, and may
be somebody's. Never reads the working tree, which the run has written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from leakgate.findings.recordings import is_recording, is_recording_name
from leakgate.model.committed import CommittedFiles
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
_MOST_FILES = 2_000
_LARGEST = 256 * 1024  # bytes of a file that somebody wrote
_MOST_BYTES = 4 * 1024 * 1024  # of all together


def fixture_texts(
    files: CommittedFiles, root: Path, scanned: Iterable[Path] = ()
) -> Iterator[tuple[str, str]]:
    """Path (from `root`, with `/`) and text of each; bounded. Nothing below a path that is `scanned`."""
    top = root.resolve()
    excluded = tuple(path.resolve() for path in scanned)
    names = [
        name
        for name in files.paths(_SKIPPED.__contains__)
        if _is_fixture(name) and not any((top / name).is_relative_to(each) for each in excluded)
    ]
    for name, raw in files.texts(names[:_MOST_FILES], _LARGEST, _MOST_BYTES).items():
        if raw and b"\0" not in raw:
            text = raw.decode("utf-8", "replace")
            if not is_recording(name, text):
                yield name, text


def _is_fixture(name: str) -> bool:
    *folders, file = name.split("/")
    if any(folder in _SKIPPED for folder in folders) or is_recording_name(name):
        return False
    return any(folder.lower() in _FOLDERS for folder in folders) or _NAMES.fullmatch(file) is not None
