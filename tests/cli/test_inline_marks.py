"""Marks of other scanners count in the committed source that wrote a value, and nowhere else."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from leakgate.detect.rules.examples import expand
from leakgate.findings.inline_marks import InlineMarks
from leakgate.model.finding import Location, Sighting
from leakgate.model.segment import Emitter
from leakgate.policy.committed_files import FilesOfCommit
from leakgate.policy.git_tree import Repository, open_tree
from tests.conftest import Command
from tests.kit.git import repository

POLICY = "version: 1\nextends: default\nacceptance: {inline_marks: true}\n"


@pytest.fixture
def token() -> str:
    return expand("gh" + "p_{alnum:30}{crc32:6}", 8)


def scanned(leakgate: Command, folder: Path, source: str, log: str) -> dict[str, Any]:
    """The one finding of a log, beside a checkout with one file."""
    (folder / "src" / "app").mkdir(parents=True)
    (folder / "src" / "app" / "pay.py").write_text(source)
    (folder / "out").mkdir()
    (folder / "out" / "run.log").write_text(log)
    (folder / "policy.yaml").write_text(POLICY)
    repository(folder / "src").commit()
    options = ("--policy", folder / "policy.yaml", "--format", "json")
    run = leakgate("scan", folder / "out", "--source-root", folder / "src", *options)
    (finding,) = json.loads(run.out)["findings"]
    found: dict[str, Any] = finding
    return found


@pytest.mark.parametrize(
    "source",
    [
        'import logging\nTOKEN = "{}"  # gitleaks:allow\nlogging.info(TOKEN)\n',
        'import logging\nTOKEN = "{}"  # pragma: allowlist secret\nlogging.info(TOKEN)\n',
        '# pragma: allowlist nextline secret\nTOKEN = "{}"\nlogging.info(TOKEN)\n',
    ],
)
def test_a_marked_literal_of_the_source_that_wrote_it(
    leakgate: Command, tmp_path: Path, token: str, source: str
) -> None:
    """The log line names pay.py, and there the value is marked."""
    finding = scanned(
        leakgate, tmp_path, source.format(token), f"2026-01-02 10:00:00 INFO [app/pay.py:3] token {token}\n"
    )

    assert finding["synthetic"].startswith("marked as no secret in app/pay.py at ")


@pytest.mark.parametrize(
    ("source", "log"),
    [
        ("x = 1\n\n\n", "INFO [app/pay.py:3] token {}  # gitleaks:allow\n"),
        ('A = "other"  # gitleaks:allow\n\nlog()\n', "INFO [app/pay.py:3] token {}\n"),
        ('A = "{}"  # gitleaks:allow\n\nlog()\n', "INFO token {}\n"),
        ('A = "{}"  # gitleaks:allow\n\nlog()\n', "INFO [app/pay.py:3] token {0}\n\n\nINFO token {0}\n"),
    ],
    ids=["in the log", "another value", "not attributed", "one place is not attributed"],
)
def test_a_mark_elsewhere_counts_for_nothing(
    leakgate: Command, tmp_path: Path, token: str, source: str, log: str
) -> None:
    finding = scanned(leakgate, tmp_path, source.format(token), log.format(token))

    assert finding["synthetic"] is None


def test_the_words_of_a_mark_are_no_marked_value(tmp_path: Path) -> None:
    """A password that is part of the mark itself stands on every marked line."""
    made = repository(tmp_path)
    made.write("pay.py", 'A = "other"  # pragma: allowlist secret\n')
    made.commit()
    files = FilesOfCommit(open_tree(Repository(tmp_path, {"PATH": os.environ["PATH"]}), "HEAD"))
    at = Location("run.log", (), 0, 9, line=1)
    sighting = Sighting(at, emitter=Emitter(file="pay.py", line=1))

    assert InlineMarks(files).reason("allowlist", [sighting]) is None
